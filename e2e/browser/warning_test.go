package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

const limit = 64 * 1024

func TestEmptyInputWarns(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.send("")
	if got := p.warning(); !strings.Contains(got, "Write a message") {
		t.Fatalf("warning %q", got)
	}
	if !p.isMarkedInvalid() {
		t.Error("the field is not marked invalid")
	}
	p.press("a")
	if got := p.warning(); got != "" || p.isMarkedInvalid() {
		t.Errorf("the warning %q stays after typing", got)
	}
	p.press(kb.Enter)
	p.awaitEchoes(1)
	if sent := p.rowsOf("sent"); len(sent) != 1 {
		t.Errorf("sent %+v, want one message", sent)
	}
}

func TestMessageAtTheLimitIsEchoed(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill(strings.Repeat("x", limit))
	p.press(kb.Enter)
	p.awaitEchoes(1)
	if got := p.warning(); got != "" {
		t.Errorf("warning %q for a message the server takes", got)
	}
	p.click(".row[data-kind=echo]")
	p.click("[data-shown=raw]")
	if got := p.text("[part=content] pre"); got != strings.Repeat("x", limit) {
		t.Errorf("the inspector shows %d characters, want all %d", len(got), limit)
	}
}

func TestMessageOverTheLimitWarnsBeforeItCloses(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	// Counted in bytes, not in characters.
	p.fill(strings.Repeat("é", limit/2) + "x")
	p.press(kb.Enter)
	if got := plain(p.warning()); !strings.Contains(got, "64 KiB") {
		t.Fatalf("warning %q", got)
	}
	if sent := p.rowsOf("sent"); len(sent) != 0 || p.state() != "open" {
		t.Fatalf("sent %d messages, state %s, before the user insisted", len(sent), p.state())
	}
	p.press(kb.Enter)
	p.awaitEvent("Closed: 1009, message too big")
}

func TestNothingIsLostWhileNotOpen(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(here + "[part=toggle]")
	p.awaitState("closed")
	p.send("keep me")
	if got := p.warning(); !strings.Contains(got, "not open") {
		t.Errorf("warning %q", got)
	}
	p.click(here + "[part=toggle]")
	p.awaitState("open")
	if got := evaluate[string](p, `document.querySelector('[part=field]').value`); got != "keep me" {
		t.Fatalf("field %q, want the message that was not sent", got)
	}
	p.send("")
	if got := p.awaitEchoes(1)[0].Body; got != "keep me" {
		t.Errorf("echo %q", got)
	}
}
