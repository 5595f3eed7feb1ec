package browser_test

import (
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// exports saves what the log shows in each of its formats, and returns the files
// by their ending.
func (p *tab) exports() map[string]string {
	p.Helper()
	folder := p.TempDir()
	call(p, func() error {
		_, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		})
		return err
	})
	files := map[string]string{}
	for _, ending := range []string{"jsonl", "har"} {
		p.click(".menu:has([part=" + ending + "]) summary")
		p.click("[part=" + ending + "]")
		p.await("file ."+ending, func() bool {
			found, _ := filepath.Glob(filepath.Join(folder, "websocket-*."+ending))
			if len(found) != 1 {
				return false
			}
			read, err := os.ReadFile(found[0])
			files[ending] = string(read)
			return err == nil && len(read) > 0
		})
	}
	return files
}
