package browser_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestPageConnectsToItsOwnHost(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	if got, want := p.value("address"), s.WebSocketURL("/ws"); got != want {
		t.Errorf("address %s, want %s", got, want)
	}
	if got := p.text("[part=state]"); got != "Open" {
		t.Errorf("state %q, want Open", got)
	}
	if got := p.text("#version"); !strings.HasPrefix(got, "v") {
		t.Errorf("version %q is not that of the settings", got)
	}
	if got := p.text("[part=limit]"); got != "64 KiB" {
		t.Errorf("largest message %q, want 64 KiB", got)
	}
	p.awaitEvent("Connected to " + s.WebSocketURL("/ws"))
}

func TestMessagesComeBackAsTheyWereSent(t *testing.T) {
	tests := []struct {
		name, kind, text, body, meta string
	}{
		{"text", "text", "hello word", "hello word", "text · 10 B"},
		{"chinese", "text", "你好，世界", "你好，世界", "text · 15 B"},
		{"emoji", "text", "👩‍🚀", "👩‍🚀", "text · 11 B"},
		{"space alone", "text", " ", " ", "text · 1 B"},
		{"json", "json", `{"a": 1}`, `{"a": 1}`, "JSON · 8 B"},
		{"hex", "hex", "68656c6c6f", "68 65 6c 6c 6f", "binary · 5 B"},
		{"base64", "base64", "AP8=", "00 ff", "binary · 2 B"},
		{"long binary", "hex", strings.Repeat("30", 49), strings.Repeat("30 ", 48) + "…", "binary · 49 B"},
	}
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := p.in(t)
			p.choose(test.kind)
			p.fill(test.text)
			p.press(kb.Enter, control)
			echo := p.awaitEchoes(i + 1)[i]
			sent := p.rowsOf("sent")[i]
			if sent.Body != test.body || sent.Meta != test.meta {
				t.Errorf("sent %+v, want %q and %q", sent, test.body, test.meta)
			}
			if echo.Body != test.body {
				t.Errorf("echo %q, want %q", echo.Body, test.body)
			}
			if !regexp.MustCompile(`^` + regexp.QuoteMeta(test.meta) + ` · [\d.]+ m?s$`).MatchString(echo.Meta) {
				t.Errorf("echo's facts %q are not %q and a round trip", echo.Meta, test.meta)
			}
			if !regexp.MustCompile(`^\d\d:\d\d:\d\d\.\d{3}$`).MatchString(echo.Time) {
				t.Errorf("echo's time %q", echo.Time)
			}
		})
	}
}

func TestEnterSendsAndShiftEnterStartsALine(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.write("first")
	p.press(kb.Enter, shift)
	p.press("second")
	if got := evaluate[string](p, `document.querySelector('[part=field]').value`); got != "first\nsecond" {
		t.Fatalf("field %q, want two lines", got)
	}
	p.press(kb.Enter)
	if got := p.awaitEchoes(1)[0].Body; got != "first\nsecond" {
		t.Errorf("echo %q, want two lines", got)
	}
	if got := evaluate[string](p, `document.querySelector('[part=field]').value`); got != "" {
		t.Errorf("field %q after sending, want it empty", got)
	}
}

func TestSendButtonSends(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.write("by button")
	p.click("[part=send]")
	if got := p.awaitEchoes(1)[0].Body; got != "by button" {
		t.Errorf("echo %q", got)
	}
	if !evaluate[bool](p, `document.activeElement.getAttribute('part') === 'field'`) {
		t.Error("the focus did not return to the message field")
	}
}

func TestEnterOfAnInputMethodDoesNotSend(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.write("ni hao")
	const composingEnter = `document.querySelector('[part=field]').dispatchEvent(new KeyboardEvent('keydown',
		{ key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`
	if !evaluate[bool](p, composingEnter) {
		t.Error("the page took the Enter of an input method")
	}
	p.press(kb.Enter)
	p.awaitEchoes(1)
	if sent := p.rowsOf("sent"); len(sent) != 1 {
		t.Errorf("sent %+v, want one message", sent)
	}
}

func TestExampleFillsTheField(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click("[data-example]")
	p.press(kb.Enter)
	if got := p.awaitEchoes(1)[0].Body; got != "hello word" {
		t.Errorf("echo %q, want the first example", got)
	}
	if evaluate[bool](p, `document.querySelector('[part=lesson]').checkVisibility()`) {
		t.Error("the examples still show beside messages")
	}
}

func TestClearEmptiesTheLog(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("to be cleared")
	p.awaitEchoes(1)
	p.click("[part=clear]")
	p.await("empty log", func() bool { return len(p.rows()) == 0 })
	if !evaluate[bool](p, `document.querySelector('[part=lesson]').checkVisibility()`) {
		t.Error("an empty log does not show what to do")
	}
	p.send("afterwards")
	p.awaitEchoes(1)
}
