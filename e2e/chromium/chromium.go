// Package chromium starts a real browser for tests.
package chromium

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// variable names the environment variable with Chromium's path.
const variable = "GFWS_CHROMIUM"

// closeTimeout bounds the wait for a browser that was told to close.
const closeTimeout = 10 * time.Second

// names are the names that Chromium and Chrome go by in PATH.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// find returns Chromium's path and fails the test if there is none.
func find(t testing.TB) string {
	t.Helper()
	if path := os.Getenv(variable); path != "" {
		return path
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("no Chromium: install it (Debian: apt-get install chromium; macOS: brew install --cask google-chrome) "+
		"or set %s to its path", variable)
	return ""
}

// Start starts a browser with a profile of its own and returns the context of
// its one tab. It is closed when the test ends, which fails if there is none.
func Start(t testing.TB, extra ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(find(t)),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Headless,
		chromedp.DisableGPU,
		// Containers of CI have no user namespaces; the page is our own.
		chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("lang", "en-US"),
	}
	allocated, stop := chromedp.NewExecAllocator(context.Background(), append(options, extra...)...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(allocated)
	t.Cleanup(leave)
	t.Cleanup(func() {
		limited, done := context.WithTimeout(ctx, closeTimeout)
		defer done()
		if err := chromedp.Cancel(limited); err != nil {
			t.Errorf("close Chromium: %v", err)
		}
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}
