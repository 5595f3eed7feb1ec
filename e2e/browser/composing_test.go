package browser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) field() string {
	p.Helper()
	return p.value("field")
}

func TestJSONIsCheckedColouredAndLaidOut(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.choose("json")
	p.fill("{\"a\": [1, true],\n \"b\": oops}")
	if got := p.text("[part=hint]"); got != "Line 2, column 7: this is no JSON" {
		t.Errorf("hint %q", got)
	}
	p.await("coloured parts", func() bool {
		return evaluate[int](p, `document.querySelectorAll('[part=coloured] :is(.json-key, .json-number, .json-word, .json-wrong)').length`) == 5
	})
	p.press(kb.Enter, control)
	if got := p.warning(); !strings.Contains(got, "Line 2") || len(p.rowsOf("sent")) != 0 {
		t.Errorf("warning %q, sent %d", got, len(p.rowsOf("sent")))
	}
	p.fill(`{"id":12345678901234567890,"b":[]}`)
	p.click("[part=format]")
	if got := p.field(); got != "{\n  \"id\": 12345678901234567890,\n  \"b\": []\n}" {
		t.Errorf("laid out as %q", got)
	}
	p.press(kb.Enter, control)
	if got := p.awaitEchoes(1)[0].Meta; !strings.HasPrefix(got, "JSON · ") {
		t.Errorf("echo's facts %q", got)
	}
}

func TestBytesAreCheckedAndConverted(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill("hi")
	for _, step := range []struct{ mode, want string }{{"hex", "68 69"}, {"base64", "aGk="}, {"text", "hi"}} {
		p.choose(step.mode)
		if got := p.field(); got != step.want {
			t.Errorf("as %s it is %q, want %q", step.mode, got, step.want)
		}
	}
	p.choose("hex")
	p.fill("00 zz")
	p.press(kb.Enter, control)
	if got := p.warning(); got != "Line 1, column 4: no pair of hexadecimal digits" {
		t.Errorf("warning %q", got)
	}
	p.press(kb.Enter, control)
	if sent := p.rowsOf("sent"); len(sent) != 0 {
		t.Errorf("sent %+v, which are no bytes", sent)
	}
}

func TestFileIsSentAsBytes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bytes.bin")
	if err := os.WriteFile(file, []byte{0, 1, 255}, 0o600); err != nil {
		t.Fatal(err)
	}
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.choose("file")
	p.click("[part=send]")
	if got := p.warning(); got != "Choose a file first." {
		t.Errorf("warning %q", got)
	}
	p.pick(file)
	p.await("file", func() bool { return p.text("[part=picked]") == "bytes.bin" })
	p.click("[part=send]")
	if got := p.awaitEchoes(1)[0].Body; got != "00 01 ff" {
		t.Errorf("echo %q", got)
	}
}

// pick chooses a file as the browser's own dialog would.
func (p *tab) pick(file string) {
	p.Helper()
	p.do("choose a file", chromedp.SetUploadFiles(chromedp.CSS(here+"[part=file]"), []string{file}))
}

func TestHistoryComesBackWithTheArrowKeys(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	for i, text := range []string{"first", "second"} {
		p.send(text)
		p.awaitEchoes(i + 1)
	}
	p.write("third")
	for _, step := range []struct{ key, want string }{
		{kb.ArrowUp, "second"}, {kb.ArrowUp, "first"}, {kb.ArrowUp, "first"}, {kb.ArrowDown, "second"}, {kb.ArrowDown, "third"}, {kb.ArrowDown, "third"},
	} {
		p.press(step.key)
		if got := p.field(); got != step.want {
			t.Errorf("field %q, want %q", got, step.want)
		}
	}
}

func TestMessagesAreSaved(t *testing.T) {
	const menu, items = "details:has([part=saved])", "[part=saved] .menu-item.code"
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	count := func() int { return evaluate[int](p, `document.querySelectorAll('`+items+`').length`) }
	p.choose("json")
	p.fill(`{"keep":"me"}`)
	p.click(menu + " summary")
	p.await("menu", func() bool {
		return evaluate[bool](p, `document.querySelector('[part=saved] .menu-item') !== null`)
	})
	p.click("[part=saved] .menu-item")
	p.await("saved message", func() bool { return count() == 1 })
	p.navigate(s.URL)
	p.awaitState("open")
	p.click(menu + " summary")
	p.await("saved message", func() bool { return count() == 1 })
	p.click(items)
	if got := p.field(); got != `{"keep":"me"}` {
		t.Fatalf("field %q, want what was saved", got)
	}
	// The menu lists anew what is saved each time that it opens.
	evaluate[any](p, `document.querySelector('[part=saved]').replaceChildren(), null`)
	p.click(menu + " summary")
	p.await("saved message", func() bool { return count() == 1 })
	p.click("[part=saved] .menu-line [data-icon]")
	p.await("no saved message", func() bool { return count() == 0 })
}

func TestRepeating(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill("again")
	p.click(".repeat summary")
	p.set("times", "5")
	p.set("interval", "1")
	p.click("[part=repeat]")
	p.awaitEchoes(5)
	p.set("times", "1000")
	p.set("interval", "3600000")
	p.click("[part=repeat]")
	if got := p.text("[part=repeat]"); got != "Stop, 1 of 1000" {
		t.Errorf("button %q", got)
	}
	p.click("[part=repeat]")
	if got := p.text("[part=repeat]"); got != "Start" {
		t.Errorf("button %q", got)
	}
}

// TestTemplates fills in a call from the server's document, as a form and as
// JSON, and matches its reply.
func TestTemplates(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, "http://"+startNode(t, "host.mjs", s.Address))
	p.await("methods", func() bool {
		return evaluate[int](p, `document.querySelectorAll('[part=template] option').length`) == 3
	})
	p.set("template", "room.join")
	if got := p.text("[part=schema]"); !strings.Contains(got, "Name of the room · required · at most 64 characters") || !strings.Contains(got, "at least 1") {
		t.Errorf("the form says %q", got)
	}
	evaluate[any](p, `(() => {
		const input = document.querySelector('[part=schema] input');
		input.value = 'lobby';
		input.dispatchEvent(new Event('input'));
	})(), null`)
	if got := p.field(); !strings.Contains(got, `"method": "room.join"`) || !strings.Contains(got, `"room": "lobby"`) || !strings.Contains(got, `"size": 1`) {
		t.Errorf("the message is %s", got)
	}
	before := p.field()
	p.click("[part=send]")
	p.await("reply", func() bool { return len(p.rowsOf("reply")) == 1 })
	reply := p.rowsOf("reply")[0]
	if !strings.HasPrefix(reply.Body, "room.join") || !strings.Contains(reply.Meta, "ms") {
		t.Errorf("reply %+v has not the method and the round trip of its call", reply)
	}
	if p.field() == before {
		t.Error("the next call has the same id")
	}
}
