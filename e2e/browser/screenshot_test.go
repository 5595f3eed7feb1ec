package browser_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// screenshotsVariable names the environment variable with the folder that the
// pictures of the documentation go to; without it they are made and thrown
// away, so that they cannot rot.
const screenshotsVariable = "GFWS_SCREENSHOTS"

const largestPicture = 80 * 1024

func TestScreenshots(t *testing.T) {
	folder := os.Getenv(screenshotsVariable)
	if folder == "" {
		folder = t.TempDir()
	}
	tests := []struct {
		file, scheme, language string
		width, height          int64
	}{
		{"page.png", "light", "en", 1280, 800},
		{"page-dark.png", "dark", "en", 1280, 800},
		{"page.zh-CN.png", "light", "zh-CN", 1280, 800},
		{"page-phone.png", "light", "en", 360, 740},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			s := server.Start(t)
			p := newTab(t)
			p.prefer("prefers-color-scheme", test.scheme)
			p.resize(test.width, test.height)
			p.navigate(s.URL)
			p.awaitState("open")
			p.click("[data-language=" + test.language + "]")
			p.talk()
			p.write("And one more")
			decoded, err := png.Decode(bytes.NewReader(p.screenshot()))
			if err != nil {
				t.Fatalf("the picture is no PNG: %v", err)
			}
			if size := decoded.Bounds().Size(); int64(size.X) != test.width || int64(size.Y) != test.height {
				t.Errorf("the picture is %v, want %d by %d", size, test.width, test.height)
			}
			picture := compress(t, decoded)
			if len(picture) > largestPicture {
				t.Errorf("the picture has %d bytes, more than %d", len(picture), largestPicture)
			}
			if err := os.WriteFile(filepath.Join(folder, test.file), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// talk has a short conversation.
func (p *tab) talk() {
	p.Helper()
	p.send("hello word")
	p.awaitEchoes(1)
	p.send("你好，世界")
	p.awaitEchoes(2)
	p.send(`<b>markup stays text</b>`)
	p.awaitEchoes(3)
	p.choose("binary")
	p.send("binary too")
	p.awaitEchoes(4)
	p.choose("text")
}
