package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// TestWhatIsKeptIsToldAndForgotten on the user's word.
func TestWhatIsKeptIsToldAndForgotten(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click("#theme")
	p.click("#open-kept")
	list := p.text("#kept-list")
	for _, want := range []string{"Addresses", "Colours", "Open connections"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q does not tell of %s", list, want)
		}
	}
	p.click("#forget")
	if got := p.text("#kept-list"); got != "Nothing." {
		t.Errorf("still kept: %q", got)
	}
	if got := evaluate[int](p, `localStorage.length`); got != 0 {
		t.Errorf("%d values are kept", got)
	}
}

// TestForgottenSecretsStayForgotten until one says so again, in every window.
func TestForgottenSecretsStayForgotten(t *testing.T) {
	const secret, key = "c2VjcmV0", "a key of the page"
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(here + "[part=options] summary")
	p.put("token", secret)
	p.set("signingKey", key)
	p.set("keep", "on")
	other := p.window(s.URL)
	if got := other.value("token"); got != secret {
		t.Fatalf("the other window has the token %q", got)
	}
	other.click("#theme")
	p.click("#open-kept")
	for _, want := range []string{"Tokens", "Signing keys"} {
		if list := p.text("#kept-list"); !strings.Contains(list, want) {
			t.Errorf("%q does not tell of %s", list, want)
		}
	}
	p.click("#forget")
	if got := p.text("#kept-list"); got != "Nothing." {
		t.Errorf("still kept: %q", got)
	}
	p.press(kb.Escape)
	for _, window := range []*tab{p, other} {
		window.await("no secret", func() bool { return window.value("token")+window.value("signingKey") == "" })
		if evaluate[bool](window, `document.querySelector('[part=keep]').checked`) {
			t.Error("the next secret would be kept without a word")
		}
		if kept := window.kept(); kept != "" {
			t.Errorf("still kept: %s", kept)
		}
	}
	for _, window := range []*tab{p, other} {
		window.connectTo("/ws")
		window.awaitState("open")
		if kept := window.kept(); strings.Contains(kept, secret) || strings.Contains(kept, key) {
			t.Errorf("kept again: %s", kept)
		}
	}
}

// kept returns all that the window has of both storages.
func (p *tab) kept() string {
	p.Helper()
	return evaluate[string](p, `[localStorage, sessionStorage].flatMap((storage) => Object.entries(storage)).flat().join(' ')`)
}

// window opens url in another window of the browser.
func (p *tab) window(url string) *tab {
	p.Helper()
	ctx, leave := chromedp.NewContext(p.ctx)
	p.Cleanup(leave)
	// It lives as long as the context of its first action.
	if err := chromedp.Do(ctx); err != nil {
		p.Fatalf("open a window: %v", err)
	}
	other := &tab{T: p.T, ctx: ctx, watch: &watch{}}
	other.navigate(url)
	other.awaitState("open")
	return other
}

// TestWindowsHaveTheirOwnTabs and a new one begins as the last one is.
func TestWindowsHaveTheirOwnTabs(t *testing.T) {
	s := server.Start(t)
	one := newOpenTab(t, s.URL)
	two := one.window(s.URL)
	one.click("#tab-new")
	one.connectTo("/wss")
	one.awaitState("open")
	two.click("#tab-new")
	two.connectTo("/rpc")
	two.awaitState("open")
	for window, want := range map[*tab]string{one: "/ws /wss", two: "/ws /rpc"} {
		window.navigate(s.URL)
		window.awaitState("open")
		if got := window.tabNames(); got != want {
			t.Errorf("tabs %q on the next visit, want %q", got, want)
		}
	}
}

// TestAStorageThatKeepsNothingIsTold where something was to be kept.
func TestAStorageThatKeepsNothingIsTold(t *testing.T) {
	const said = "Not kept: the storage of this browser is full or blocked."
	s := server.Start(t)
	for name, script := range map[string]string{
		"full":    `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
		"blocked": `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newTabWith(t, script, s.URL)
			p.click(here + "[part=options] summary")
			p.put("token", "c2VjcmV0")
			if got := p.text(here + "[part=wrong]"); got != "" {
				t.Errorf("said is %q before anything was to be kept", got)
			}
			p.set("keep", "on")
			p.awaitText("wrong", said)
			p.click("#open-kept")
			if got := p.text("#kept-list"); got != said {
				t.Errorf("the sheet says %q", got)
			}
			p.press(kb.Escape)
			p.connectTo("/ws")
			p.awaitState("open")
		})
	}
}

// TestWhatWasKeptMayBeAnything: others may write into the storage of an origin.
func TestWhatWasKeptMayBeAnything(t *testing.T) {
	s := server.Start(t)
	for name, script := range map[string]string{
		"tabs":     `localStorage.setItem('gfws.tabs', '[null, 1, {"address": {"toString": 1}}, {"address": "ws://a/", "way": {"toString": 1}}]')`,
		"language": `localStorage.setItem('gfws.language', '{"toString": 1}')`,
		"way":      `localStorage.setItem('gfws.tabs', JSON.stringify([{ address: location.href.replace('http', 'ws') + 'ws', way: 'none' }]))`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newTabWith(t, script, s.URL)
			if got := p.text(".tab-name") + " " + p.value("way"); got != "/ws first-message" {
				t.Errorf("the tab and its way are %q", got)
			}
		})
	}
}
