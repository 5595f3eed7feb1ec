package browser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// focusExpression names what has the focus, and says whether it shows.
const focusExpression = `(() => {
	const element = document.activeElement;
	const { language, view, mode, example, text, label } = element.dataset;
	const part = element.getAttribute('part');
	const summaries = { 'connect.options': 'options', 'log.export': 'export', 'composer.saved': 'saved', 'repeat.heading': 'repeat' };
	return {
		Name: part || language || view || mode || (example === undefined ? '' : 'example') || summaries[text ?? label]
			|| element.id || (element.className === 'tab-close' ? 'close' : '') || element.textContent.replace(/\s/g, '') || element.tagName,
		IsShown: getComputedStyle(element).outlineStyle !== 'none' && element.checkVisibility(),
	};
})()`

type focus struct {
	Name    string
	IsShown bool
}

func TestTabReachesEverythingInOrder(t *testing.T) {
	want := []string{
		"skip", "/wsOpen", "close", "tab-new", "en", "zh-CN", "theme", "open-kept", "open-help",
		"address", "toggle", "options", "messages", "live", "rooms",
		"query", "pattern", "direction", "type", "method", "pinned", "pause", "export", "clear", "scroller",
		"example", "example", "example", "example",
		"text", "json", "hex", "base64", "file", "template", "saved", "repeat", "field", "send",
	}
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	var got []string
	for range want {
		p.press(kb.Tab)
		at := evaluate[focus](p, focusExpression)
		got = append(got, at.Name)
		if !at.IsShown {
			t.Errorf("the focus on %s does not show", at.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("Tab goes to %q, want %q", got, want)
	}
}

func TestKeyboardAlone(t *testing.T) {
	s := server.Start(t)
	p := newTabWith(t, waiting, s.URL)
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.await("focus on the field", func() bool { return evaluate[focus](p, focusExpression).Name == "field" })
	p.press("by keyboard")
	p.press(kb.Enter)
	p.awaitEchoes(1)

	p.press(kb.Tab, shift)
	p.tabBackTo("hex")
	p.press(" ")
	p.tabTo("field")
	p.press("62 79 74 65 73")
	p.press(kb.Enter, control)
	if got := p.awaitEchoes(2)[1].Body; got != "62 79 74 65 73" {
		t.Errorf("echo %q, want the bytes", got)
	}

	s.Kill()
	p.awaitState("waiting")
	p.tabTo("reconnect")
	s.Restart()
	p.press(kb.Enter)
	p.awaitState("open")
	p.await("focus on the field", func() bool { return evaluate[focus](p, focusExpression).Name == "field" })

	p.tabTo("toggle")
	p.press(" ")
	p.awaitState("closed")
	if at := evaluate[focus](p, focusExpression); at.Name != "toggle" {
		t.Errorf("the focus went from the button to %s", at.Name)
	}
	p.press(" ")
	p.awaitState("open")
	p.tabTo("clear")
	p.press(kb.Enter)
	p.await("empty log", func() bool { return len(p.rows()) == 0 })
}

// tabTo presses Tab until an element has the focus.
func (p *tab) tabTo(name string) {
	p.Helper()
	p.tabUntil(name)
}

// tabBackTo does the same the other way.
func (p *tab) tabBackTo(name string) {
	p.Helper()
	p.tabUntil(name, shift)
}

func (p *tab) tabUntil(name string, options ...chromedp.KeyOption) {
	p.Helper()
	for range 50 {
		if evaluate[focus](p, focusExpression).Name == name {
			return
		}
		p.press(kb.Tab, options...)
	}
	p.Fatalf("Tab does not reach %s", name)
}

func TestWhatAScreenReaderIsTold(t *testing.T) {
	tests := []struct {
		selector, attribute, want string
	}{
		{"[part=scroller]", "role", "listbox"},
		{"[part=scroller]", "aria-label", "Messages"},
		{"[part=spoken]", "role", "log"},
		{"[part=spoken]", "aria-live", "polite"},
		{"[part=address]", "aria-describedby", "wrong-1"},
		{"[part=state]", "role", "status"},
		{"[part=warning]", "role", "alert"},
		{"[part=field]", "aria-describedby", "warning-1 hint-1"},
		{"[part=field]", "aria-label", "Message"},
		{"[part=field]", "aria-invalid", "false"},
		{"[data-language=en]", "aria-pressed", "true"},
		{"html", "lang", "en"},
	}
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	for _, test := range tests {
		got, err := chromedp.Run(p.ctx, chromedp.AttributeValue(chromedp.CSS(test.selector), test.attribute))
		if err != nil {
			t.Fatalf("read %s of %s: %v", test.attribute, test.selector, err)
		}
		if got.Value != test.want {
			t.Errorf("%s of %s is %q, want %q", test.attribute, test.selector, got.Value, test.want)
		}
	}
	// The countdown ticks; read aloud every second it would drown all else.
	if evaluate[bool](p, `document.querySelector('[part=phase]').closest('[aria-live], [role=status], [role=alert], [role=log]') !== null`) {
		t.Error("the countdown is part of a live region")
	}
	if evaluate[bool](p, `document.querySelector('.row').closest('[aria-live], [role=log]') !== null`) {
		t.Error("every row is read aloud, which under a flood drowns all else")
	}
	p.send("read me")
	p.await("the echo read aloud", func() bool { return strings.HasSuffix(p.text("[part=spoken]"), "Echo: read me") })
}
