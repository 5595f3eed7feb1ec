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
	if got := p.text("[part=hint]"); got != "Line 2, column 7: expected: value" {
		t.Errorf("hint %q", got)
	}
	p.await("coloured parts", func() bool {
		return evaluate[int](p, `document.querySelectorAll('[part=coloured] :is(.json-key, .json-number, .json-word, .json-wrong)').length`) == 5
	})
	p.press(kb.Enter, control)
	if got := p.warning(); !strings.Contains(got, "Line 2") || len(p.rowsOf("sent")) != 0 {
		t.Errorf("warning %q, sent %d", got, len(p.rowsOf("sent")))
	}
	p.fill(`{"id":12345678901234567890,"2":[],"1":1.0,"2":"\u00e9"}`)
	p.click("[part=format]")
	if got := p.field(); got != "{\n  \"id\": 12345678901234567890,\n  \"2\": [],\n  \"1\": 1.0,\n  \"2\": \"\\u00e9\"\n}" {
		t.Errorf("laid out as %q", got)
	}
	p.press(kb.Enter, control)
	if got := p.awaitEchoes(1)[0].Meta; !strings.HasPrefix(got, "JSON · ") {
		t.Errorf("echo's facts %q", got)
	}
}

// laggingExpression notes how long the page takes from each key to the frame
// that shows it, in seconds of its own clock.
const laggingExpression = `(() => {
	globalThis.lags = [];
	document.querySelector('[part=field]').addEventListener('keydown', () => {
		const began = performance.now();
		requestAnimationFrame(() => setTimeout(() => lags.push((performance.now() - began) / 1000)));
	}, { capture: true });
})(), null`

// TestTypingInLargeJSON has the page colour and check what nobody would write by
// hand. The limit is for machines that do much else; the log tells what it took.
func TestTypingInLargeJSON(t *testing.T) {
	const keys, longest = 12, 10.0
	objects := "[" + strings.Repeat(`{"id": 12345, "name": "some name", "tags": ["a", "b"], "on": true},`+"\n", 950) + "{}]"
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	evaluate[any](p, laggingExpression)
	p.choose("json")
	for name, text := range map[string]string{"19 kB of numbers": "[" + strings.Repeat("1,", 9500) + "1]", "60 kB of objects": objects} {
		p.fill(text)
		for range keys {
			p.press(" ")
		}
		p.await("frames", func() bool { return evaluate[int](p, `lags.length`) >= keys })
		lags := evaluate[[]float64](p, `lags.splice(0).sort((a, b) => a - b)`)
		t.Logf("%s, %d bytes: median %.0f ms, longest %.0f ms", name, len(text), 1000*lags[len(lags)/2], 1000*lags[len(lags)-1])
		if lags[len(lags)/2] > longest {
			t.Errorf("%s: a key takes %.1f s", name, lags[len(lags)/2])
		}
		if evaluate[int](p, `document.querySelectorAll('[part=coloured] span').length`) < 500 {
			t.Errorf("%s: nothing is coloured", name)
		}
		if got := p.text("[part=hint]"); got != "Ctrl+Enter sends" {
			t.Errorf("%s: the hint is %q", name, got)
		}
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
	for _, step := range []struct{ mode, want string }{{"hex", "68 69"}, {"file", "68 69"}, {"hex", "68 69"}, {"text", "hi"}} {
		p.choose(step.mode)
		if got := p.field(); got != step.want {
			t.Errorf("by way of a file, as %s it is %q, want %q", step.mode, got, step.want)
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
	if got := p.warning(); got != "Write a message, or choose a file, first." {
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
	evaluate[any](p, `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }, null`)
	p.click("[part=saved] .menu-item")
	p.await("words that it is not saved", func() bool { return evaluate[bool](p, `Boolean(document.querySelector('[part=saved] [role=alert]'))`) })
	if count() != 0 {
		t.Error("a message that is not kept is listed")
	}
}

func TestRepeating(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill("again")
	p.click(".repeat summary")
	p.set("times", "5")
	p.set("interval", "1")
	p.do("focus the number", chromedp.Focus(chromedp.CSS(here+"[part=times]")))
	p.press(kb.Enter)
	p.click("[part=repeat]")
	p.awaitEchoes(5)
	p.set("times", "1000")
	p.set("interval", "3600000")
	p.click("[part=repeat]")
	if got := p.text("[part=repeat]"); got != "Stop" {
		t.Errorf("button %q", got)
	}
	p.press(kb.Escape)
	if got := p.text(".repeat summary"); got != "1 / 1000" || evaluate[bool](p, `document.querySelector('.repeat').open`) {
		t.Errorf("the closed menu says %q, want how far it is", got)
	}
	p.click(".repeat summary")
	p.click("[part=repeat]")
	if got := p.text("[part=repeat]") + p.text(".repeat summary"); got != "StartRepeat" {
		t.Errorf("stopped, it says %q", got)
	}
	p.click("[part=field]")
	if evaluate[bool](p, `document.querySelector('.repeat').open`) {
		t.Error("the menu stays open when one clicks elsewhere")
	}
}

func TestRepeatingThatIsWrongIsSaid(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill("again")
	p.click(".repeat summary")
	for _, test := range []struct{ times, interval, wrong, want string }{
		{"0", "1", "times", "A whole number from 1 to 100000"},
		{"", "1", "times", "A whole number from 1 to 100000"},
		{"1.5", "1", "times", "A whole number from 1 to 100000"},
		{"1", "-1", "interval", "A whole number from 0 to 3600000"},
		{"1", "0", "", ""},
	} {
		p.set("times", test.times)
		p.set("interval", test.interval)
		p.click("[part=repeat]")
		said := evaluate[string](p, `(({ hidden, textContent }) => (hidden ? '' : textContent))(document.querySelector('[part=range]'))`)
		wrong := evaluate[string](p, `[...document.querySelectorAll('.repeat [aria-invalid=true]')].map((input) => input.part.value).join()`)
		if said != test.want || wrong != test.wrong {
			t.Errorf("%q times every %q ms: says %q, marks %q", test.times, test.interval, said, wrong)
		}
	}
	p.awaitEchoes(1)
}

func TestRepeatingEndsWithTheConnection(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.fill("again")
	p.click(".repeat summary")
	p.set("times", "7")
	p.set("interval", "3600000")
	p.click("[part=repeat]")
	p.awaitEchoes(1)
	p.click(here + "[part=toggle]")
	p.awaitEvent("Repeating ended with the connection: 1 / 7")
	if got := p.text("[part=repeat]"); got != "Start" {
		t.Errorf("the button says %q", got)
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
	if got := p.text("[part=schema]"); !strings.Contains(got, "Name of the room · required · at most 64") || !strings.Contains(got, "at least 1") {
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

// formOf returns what is in a field of the form, and whether it is marked as wrong.
func (p *tab) formOf(name string) string {
	p.Helper()
	return evaluate[string](p, `(() => {
		const label = [...document.querySelectorAll('[part=schema] label')].find(({ textContent }) => textContent === '`+name+`');
		return label.control.value + (label.control.ariaInvalid === 'true' ? ' is wrong' : '');
	})()`)
}

// TestFormAndJSONFollowEachOther keeps what is written by hand.
func TestFormAndJSONFollowEachOther(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, "http://"+startNode(t, "host.mjs", s.Address))
	p.await("methods", func() bool {
		return evaluate[int](p, `document.querySelectorAll('[part=template] option').length`) == 3
	})
	p.set("template", "room.join")
	if got := p.formOf("room"); got != "" {
		t.Errorf("at first the room is %q", got)
	}
	p.fill(`{"jsonrpc":"2.0","id":12345678901234567890,"method":"room.join","mine":1,"params":{"room":"a","size":2,"more":[1]}}`)
	if got := p.formOf("room") + p.formOf("size"); got != "a2" {
		t.Errorf("the form has %q, want what the JSON has", got)
	}
	p.do("go to the form", chromedp.Focus(chromedp.CSS("[part=schema] input")))
	p.press("b")
	if got, want := strings.Join(strings.Fields(p.field()), ""), `{"jsonrpc":"2.0","id":12345678901234567890,"method":"room.join","mine":1,"params":{"room":"ab","size":2,"more":[1]}}`; got != want {
		t.Errorf("the JSON is %s, want %s", got, want)
	}
	p.press(kb.Backspace + kb.Backspace)
	if got := p.formOf("room"); got != " is wrong" || strings.Contains(p.field(), `"room"`) {
		t.Errorf("emptied, the room is %q in %s", got, p.field())
	}
	p.press("c")
	if got := p.formOf("room"); got != "c" {
		t.Errorf("the room is %q", got)
	}
	for _, broken := range []string{`{"method":"room.join","params":`, `{"jsonrpc":"2.0","id":1,"method":"ping"}`} {
		p.fill(broken)
		p.do("go to the form", chromedp.Focus(chromedp.CSS("[part=schema] input")))
		p.press("d")
		if got := p.field(); !strings.Contains(got, `"method": "room.join"`) || !strings.Contains(got, `"size": 2`) {
			t.Errorf("after %s it is %s", broken, got)
		}
	}
}
