package browser_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// focusExpression names what has the focus, and says whether it shows.
const focusExpression = `(() => {
	const element = document.activeElement;
	const shown = element.type === 'radio' ? element.nextElementSibling : element;
	return {
		Name: element.id || element.dataset.part || element.dataset.language || element.value
			|| (element.hasAttribute('data-example') ? 'example' : '') || element.type || element.className || element.tagName,
		IsShown: getComputedStyle(shown).outlineStyle !== 'none' && shown.checkVisibility(),
	};
})()`

type focus struct {
	Name    string
	IsShown bool
}

func TestTabReachesEverythingInOrder(t *testing.T) {
	want := []string{
		"skip", "en", "zh-CN", "toggle", "clear", "scroller",
		"example", "example", "example", "example", "text", "field", "submit",
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
	p.press(kb.ArrowRight)
	p.press(kb.Tab)
	p.press("bytes")
	p.press(kb.Tab)
	p.press(kb.Enter)
	if got := p.awaitEchoes(2)[1].Body; got != "62 79 74 65 73" {
		t.Errorf("echo %q, want the bytes of the text", got)
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
	for range 20 {
		if evaluate[focus](p, focusExpression).Name == name {
			return
		}
		p.press(kb.Tab)
	}
	p.Fatalf("Tab does not reach %s", name)
}

func TestWhatAScreenReaderIsTold(t *testing.T) {
	tests := []struct {
		selector, attribute, want string
	}{
		{"[data-part=scroller]", "role", "log"},
		{"[data-part=scroller]", "aria-live", "polite"},
		{"[data-part=scroller]", "aria-labelledby", "log-heading"},
		{"[data-part=state]", "role", "status"},
		{"#warning", "role", "alert"},
		{"#field", "aria-describedby", "warning hint"},
		{"#field", "aria-invalid", "false"},
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
	if evaluate[bool](p, `document.querySelector('[data-part=phase]').closest('[aria-live], [role=status], [role=alert], [role=log]') !== null`) {
		t.Error("the countdown is part of a live region")
	}
	if !evaluate[bool](p, `document.querySelector('[data-part=list]').closest('[role=log]') !== null`) {
		t.Error("the rows are not part of the log's live region")
	}
}
