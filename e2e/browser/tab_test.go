package browser_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/chromium"
)

// patience is how long a tab waits for what should come soon. Where a test is
// about time it says its own.
const patience = 10 * time.Second

// here selects what is in the tab of the page that is in view.
const here = ".workspace:not([hidden]) "

// artifacts is where a failing test leaves a picture of its tab.
const artifacts = "../artifacts"

// tab is a browser's tab with the page in it.
type tab struct {
	*testing.T
	ctx   context.Context
	watch *watch
}

// newTab starts a browser and returns its tab, with nothing in it yet, 1280
// pixels wide and 1400 high, so that all rows of a short log are in view.
func newTab(t *testing.T, options ...chromedp.ExecAllocatorOption) *tab {
	t.Helper()
	p := &tab{T: t, ctx: chromium.Start(t, options...), watch: &watch{}}
	if err := chromedp.Listen(p.ctx, p.watch.see); err != nil {
		t.Fatalf("listen to the tab: %v", err)
	}
	call(p, func() error { _, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{}); return err })
	call(p, func() error { _, err := chromedp.Call(p.ctx, log.Enable, struct{}{}); return err })
	p.resize(1280, 1400)
	t.Cleanup(p.leaveArtifact)
	return p
}

// newOpenTab returns a tab with the page of url in it, connected.
func newOpenTab(t *testing.T, url string, options ...chromedp.ExecAllocatorOption) *tab {
	t.Helper()
	p := newTab(t, options...)
	p.navigate(url)
	p.awaitState("open")
	return p
}

func (p *tab) navigate(url string) {
	p.Helper()
	p.do("open "+url, chromedp.Navigate(url))
}

func (p *tab) resize(width, height int64) {
	p.Helper()
	p.do("resize the tab", chromedp.EmulateViewport(width, height))
}

// prefer sets a media feature, such as prefers-color-scheme, to value.
func (p *tab) prefer(feature, value string) {
	p.Helper()
	call(p, func() error {
		_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
		})
		return err
	})
}

// press sends keys to whatever has the focus.
func (p *tab) press(keys string, options ...chromedp.KeyOption) {
	p.Helper()
	p.do("press keys", chromedp.KeyEvent(keys, append(options, asKeyboard)...))
}

// write types text into the message field, after what is there.
func (p *tab) write(text string) {
	p.Helper()
	p.do("focus the message field", chromedp.Focus(chromedp.CSS(here+"[part=field]")))
	p.press(text)
}

// send writes text into the message field and presses Enter.
func (p *tab) send(text string) {
	p.Helper()
	p.write(text)
	p.press(kb.Enter)
}

// fill puts text into the message field in one step, for text too long to type.
func (p *tab) fill(text string) {
	p.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.Fatalf("quote the text: %v", err)
	}
	evaluate[any](p, `(() => {
		const field = document.querySelector('`+here+`[part=field]');
		field.focus();
		field.value = `+string(quoted)+`;
		field.dispatchEvent(new Event('input', { bubbles: true }));
	})(), null`)
}

func (p *tab) click(selector string) {
	p.Helper()
	p.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// value returns what is written in the field that plays a part.
func (p *tab) value(part string) string {
	p.Helper()
	return evaluate[string](p, `document.querySelector('`+here+`[part=`+part+`]').value`)
}

// text returns the text of an element with its no-break spaces made plain.
func (p *tab) text(selector string) string {
	p.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	if err != nil {
		p.Fatalf("read %s: %v", selector, err)
	}
	return plain(text)
}

// state returns what the page shows the connection to be doing.
func (p *tab) state() string {
	p.Helper()
	return evaluate[string](p, `document.querySelector('`+here+`[part=connection]')?.dataset.state ?? ''`)
}

func (p *tab) awaitState(state string) {
	p.Helper()
	p.awaitStateWithin(patience, state)
}

func (p *tab) awaitStateWithin(limit time.Duration, state string) {
	p.Helper()
	p.awaitWithin(limit, "state "+state, func() bool { return p.state() == state })
}

// await waits until a condition holds and fails the test if it does not soon.
func (p *tab) await(what string, holds func() bool) {
	p.Helper()
	p.awaitWithin(patience, what, holds)
}

func (p *tab) awaitWithin(limit time.Duration, what string, holds func() bool) {
	p.Helper()
	deadline := time.Now().Add(limit)
	for !holds() {
		if time.Now().After(deadline) {
			rows := p.rows()
			p.Fatalf("no %s within %v; state %q, %d rows that end with %+v",
				what, limit, p.state(), len(rows), rows[max(0, len(rows)-4):])
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (p *tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.Fatalf("%s: %v", what, err)
	}
}

func (p *tab) screenshot() []byte {
	p.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatalf("take a screenshot: %v", err)
	}
	return picture
}

func (p *tab) leaveArtifact() {
	if !p.Failed() {
		return
	}
	for _, problem := range p.watch.problemsSoFar() {
		p.Logf("the browser reported %s", problem)
	}
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Logf("no picture of the tab: %v", err)
		return
	}
	file := filepath.Join(artifacts, strings.ReplaceAll(p.Name(), "/", "_")+".png")
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		p.Logf("no picture of the tab: %v", err)
		return
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		p.Logf("no picture of the tab: %v", err)
		return
	}
	p.Logf("a picture of the tab is in %s", file)
}

// evaluate runs an expression in the page and returns its value.
func evaluate[T any](p *tab, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

func call(p *tab, command func() error) {
	p.Helper()
	if err := command(); err != nil {
		p.Fatalf("command to the browser: %v", err)
	}
}

func plain(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
