package browser_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// screenshotsVariable names the environment variable with the folder that the
// pictures of the documentation go to; without it they are made and thrown
// away, so that they cannot rot.
const screenshotsVariable = "GFWS_SCREENSHOTS"

const largestPicture = 80 * 1024

// speakers have names, so that the pictures of rooms show them; who has no
// token is let in as well.
const speakers = `websocket:
  auth: {methods: ["first-message"], required: false, timeout: "60s", jwt: {algorithms: ["HS256"], secret: "` + secret + `"}}
`

// pushToken lets the page see the statistics.
const pushToken = "a-token-of-push-0123456789"

func TestScreenshots(t *testing.T) {
	folder := os.Getenv(screenshotsVariable)
	if folder == "" {
		folder = t.TempDir()
	}
	tests := []struct {
		file, scheme, language string
		width, height          int64
		pose                   func(p *tab)
	}{
		{"page.png", "light", "en", 1280, 800, (*tab).poseMessages},
		{"page.zh-CN.png", "light", "zh-CN", 1280, 800, (*tab).poseMessages},
		{"page-dark.png", "dark", "en", 1280, 800, (*tab).poseMessages},
		{"page-dark.zh-CN.png", "dark", "zh-CN", 1280, 800, (*tab).poseMessages},
		{"page-phone.png", "light", "en", 360, 800, (*tab).talk},
		{"page-phone.zh-CN.png", "dark", "zh-CN", 360, 800, (*tab).talk},
		{"message-phone.png", "light", "en", 360, 800, (*tab).poseMessages},
		{"message-phone.zh-CN.png", "dark", "zh-CN", 360, 800, (*tab).poseMessages},
		{"advice-phone.png", "light", "en", 360, 800, (*tab).poseAdvice},
		{"advice-phone.zh-CN.png", "dark", "zh-CN", 360, 800, (*tab).poseAdvice},
		{"compose.png", "light", "en", 1280, 800, (*tab).poseTemplate},
		{"compose.zh-CN.png", "light", "zh-CN", 1280, 800, (*tab).poseTemplate},
		{"live.png", "light", "en", 1280, 800, (*tab).poseLive},
		{"live.zh-CN.png", "dark", "zh-CN", 1280, 800, (*tab).poseLive},
		{"rooms.png", "light", "en", 1280, 800, (*tab).poseRooms},
		{"rooms.zh-CN.png", "light", "zh-CN", 1280, 800, (*tab).poseRooms},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			s := server.StartConfigured(t, speakers, "--push-token", pushToken)
			p := newTab(t)
			p.runBefore(hurrying)
			p.prefer("prefers-color-scheme", test.scheme)
			p.resize(test.width, test.height)
			p.navigate(s.URL)
			p.awaitState("open")
			p.click("[data-language=" + test.language + "]")
			test.pose(p)
			p.settle()
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

// settle waits until no colour is on its way to another.
func (p *tab) settle() {
	p.Helper()
	p.await("rest", func() bool { return evaluate[int](p, `document.getAnimations().length`) == 0 })
}

// talk has a short conversation.
func (p *tab) talk() {
	p.Helper()
	for i, text := range []string{"hello word", "你好，世界", `<b>markup stays text</b>`, `{"jsonrpc":"2.0","id":1,"method":"greet","params":{"name":"gfws","tags":[1,true,null]}}`} {
		p.send(text)
		p.await("echo", func() bool { return p.text("[part=received]") == strconv.Itoa(i+1) })
	}
}
