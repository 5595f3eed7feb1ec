package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) tabNames() string {
	p.Helper()
	return strings.Join(evaluate[[]string](p, `[...document.querySelectorAll('.tab-name')].map((name) => name.textContent)`), " ")
}

// TestTabsHaveTheirOwnConnections and logs, and are there on the next visit.
func TestTabsHaveTheirOwnConnections(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("in the first")
	p.awaitEchoes(1)
	p.click("#tab-new")
	p.connectTo("/wss")
	p.awaitState("open")
	if rows := p.rows(); len(rows) > 1 {
		t.Errorf("the second tab begins with %+v", rows)
	}
	p.send("in the second")
	p.awaitEchoes(1)
	if got := p.tabNames(); got != "/ws /wss" {
		t.Errorf("tabs %q", got)
	}
	p.press("1", alt)
	if got := p.awaitEchoes(1)[0].Body; got != "in the first" {
		t.Errorf("the first tab has %q", got)
	}
	p.click(here + "[part=toggle]")
	p.awaitState("closed")
	p.press("2", alt)
	if p.state() != "open" {
		t.Errorf("the second connection is %s", p.state())
	}

	p.navigate(s.URL)
	p.awaitState("open")
	if got := p.tabNames(); got != "/ws /wss" {
		t.Errorf("tabs %q on the next visit", got)
	}
	p.press("2", alt)
	if p.state() != "closed" {
		t.Errorf("the second connection is %s, nobody asked for it", p.state())
	}
	p.press("w", alt)
	p.press("w", alt)
	if got := p.tabNames(); got != "/ws" {
		t.Errorf("tabs %q after all were closed", got)
	}
}

func TestThemeIsChosenAndRemembered(t *testing.T) {
	const background = `getComputedStyle(document.documentElement).backgroundColor`
	s := server.Start(t)
	p := newTab(t)
	p.prefer("prefers-color-scheme", "dark")
	p.navigate(s.URL)
	p.awaitState("open")
	dark := evaluate[string](p, background)
	p.click("#theme")
	light := evaluate[string](p, background)
	if light == dark {
		t.Errorf("the colours stay %s", dark)
	}
	p.navigate(s.URL)
	p.awaitState("open")
	if got := evaluate[string](p, background); got != light {
		t.Errorf("the colours are %s on the next visit, want %s", got, light)
	}
	p.click("#theme")
	if got := evaluate[string](p, background); got != dark {
		t.Errorf("the colours are %s, want %s", got, dark)
	}
}

func TestShortcuts(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.press("/", alt)
	if got := evaluate[int](p, `document.querySelectorAll('#help[open] kbd').length`); got < 10 {
		t.Fatalf("the help sheet has %d shortcuts", got)
	}
	p.press(kb.Escape)
	p.send("a")
	p.awaitEchoes(1)
	p.press("s", alt)
	if at := evaluate[focus](p, focusExpression); at.Name != "query" {
		t.Errorf("the focus is on %s, want the search", at.Name)
	}
	p.press("l", alt)
	p.press(kb.ArrowUp)
	p.press("p")
	p.press(kb.Enter)
	if got := p.text("[part=pin]"); got != "Unpin" {
		t.Errorf("the row was not pinned: %q", got)
	}
	p.press(kb.Escape)
	p.press("v", alt)
	if !evaluate[bool](p, `document.querySelector('[part=live]').checkVisibility()`) {
		t.Error("the next view does not show")
	}
	p.press("m", alt)
	if at := evaluate[focus](p, focusExpression); at.Name != "field" {
		t.Errorf("the focus is on %s, want the message field", at.Name)
	}
	p.press("c", alt)
	p.awaitState("closed")
}

// TestShortcutsOfTheLogAndOfTabs presses those that the sheet lists beside.
func TestShortcutsOfTheLogAndOfTabs(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	pressed := func(part string) bool {
		return evaluate[string](p, `document.querySelector('`+here+`[part=`+part+`]').getAttribute('aria-pressed')`) == "true"
	}
	p.send("a")
	p.awaitEchoes(1)
	p.press("p", alt)
	if !pressed("pause") {
		t.Error("the log is not paused")
	}
	p.press("p", alt)
	p.press("l", alt)
	p.press(kb.End)
	p.press("c")
	p.await("the row copied", func() bool { return p.text(here+"[part=spoken]") == "Copied" })
	p.press("k", alt)
	p.await("empty log", func() bool { return len(p.rows()) == 0 })
	tabs := func() int { return evaluate[int](p, `document.querySelectorAll('.tab').length`) }
	p.press("t", alt)
	if got := tabs(); got != 2 {
		t.Errorf("%d tabs, want a new one", got)
	}
	if at := evaluate[focus](p, focusExpression); at.Name != "address" {
		t.Errorf("the focus is on %s, want the address", at.Name)
	}
	p.press("1", alt)
	if got := p.value("address"); got != s.WebSocketURL("/ws") {
		t.Errorf("the first tab has the address %q", got)
	}
	p.press("2", alt)
	p.press("w", alt)
	if got := tabs(); got != 1 {
		t.Errorf("%d tabs, want the new one closed", got)
	}
}

// TestRowsAreReachedByKeyboard and the row that has been reached is told.
func TestRowsAreReachedByKeyboard(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	for i, text := range []string{"first", "second"} {
		p.send(text)
		p.awaitEchoes(i + 1)
	}
	p.do("focus the log", chromedp.Focus(chromedp.CSS(here+"[part=scroller]")))
	const active = `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.querySelector('.row-text').textContent ?? ''`
	for _, step := range []struct{ key, want string }{
		{kb.End, "second"}, {kb.ArrowUp, "second"}, {kb.ArrowUp, "first"}, {kb.ArrowDown, "second"}, {kb.Home, "Connected to " + s.WebSocketURL("/ws")},
	} {
		p.press(step.key)
		p.await("row "+step.want, func() bool { return evaluate[string](p, active) == step.want })
	}
}
