package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) status() string {
	p.Helper()
	return p.text(here + "[part=status]")
}

func (p *tab) awaitStatus(want string) {
	p.Helper()
	p.await("status "+want, func() bool { return p.status() == want })
}

// talkAll sends one message of each kind.
func (p *tab) talkAll() {
	p.Helper()
	p.send("Hello")
	p.awaitEchoes(1)
	p.send(`{"jsonrpc":"2.0","id":1,"method":"room.join"}`)
	p.awaitEchoes(2)
	p.choose("hex")
	p.fill("00 ff")
	p.press(kb.Enter, control)
	p.awaitEchoes(3)
}

func TestLogIsSearchedAndFiltered(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.talkAll()
	p.awaitStatus("Rows: 7")
	for _, test := range []struct{ part, value, none, status string }{
		{"query", "hello", "", "Rows: 2 / 7"},
		{"direction", "out", "", "Rows: 3 / 7"},
		{"direction", "in", "", "Rows: 3 / 7"},
		{"direction", "event", "", "Rows: 1 / 7"},
		{"type", "binary", "", "Rows: 2 / 7"},
		{"type", "json", "", "Rows: 2 / 7"},
		{"method", "join", "", "Rows: 1 / 7"},
		{"query", "nowhere", "", "Rows: 0 / 7"},
	} {
		p.set(test.part, test.value)
		p.awaitStatus(test.status)
		p.set(test.part, test.none)
	}
	p.awaitStatus("Rows: 7")
	p.set("pattern", "on")
	p.set("query", "^hel+o$")
	p.awaitStatus("Rows: 2 / 7")
	for _, bad := range []string{"(", "(a+)+$"} {
		p.set("query", bad)
		if got := evaluate[string](p, `document.querySelector('[part=query]').getAttribute('aria-invalid')`); got != "true" {
			t.Errorf("the pattern %s is not marked", bad)
		}
		p.awaitText("mistake", "Not searched: the expression is wrong, or repeats too often.")
		p.awaitStatus("Rows: 7")
	}
	p.click("[data-language=zh-CN]")
	p.awaitText("mistake", "未搜索：表达式有误，或重复过多。")
	p.click("[data-language=en]")
	p.set("query", "nowhere")
	p.awaitText("mistake", "")
	p.await("words for nothing", func() bool {
		return evaluate[bool](p, `document.querySelector('[part=nothing]').checkVisibility()`)
	})
}

func TestLogIsPausedAndPinned(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.talkAll()
	p.click("[part=pause]")
	p.choose("text")
	p.send("while paused")
	p.awaitStatus("Rows: 9 · 2 new since the pause")
	if echoes := p.rowsOf("echo"); len(echoes) != 3 {
		t.Errorf("%d echoes are shown while paused", len(echoes))
	}
	p.click("[part=pause]")
	p.awaitEchoes(4)
	p.click(".row[data-kind=echo]")
	p.click("[part=pin]")
	p.click("[part=pinned]")
	p.awaitStatus("Rows: 1 / 1")
	p.click("[part=pinned]")
	p.click("[part=clear]")
	p.awaitStatus("Rows: 0")
	p.click("[part=pinned]")
	p.awaitStatus("Rows: 1 / 1")
	if echoes := p.rowsOf("echo"); len(echoes) != 1 || echoes[0].Body != "Hello" {
		t.Errorf("after clearing %+v is left, want what was pinned", echoes)
	}
	p.click("[part=clear]")
	p.awaitStatus("Rows: 0 / 0")
	p.click("[part=pinned]")
	p.awaitStatus("Rows: 0")
}

func TestTimeSinceTheRowBeforeIsNeverNegative(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	evaluate[any](p, `Date.now = () => 0, null`)
	p.send("a")
	p.awaitEchoes(1)
	gaps := evaluate[string](p, `[...document.querySelectorAll('.row:not([hidden]) .row-gap')].map((gap) => gap.textContent).join('|')`)
	if plain(gaps) != "|+0 ms|+0 ms" {
		t.Errorf("the gaps are %q", gaps)
	}
}

func TestInspectorShowsTreeRawAndHex(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	const sent = `{"a":{"c":[1,2]},"s":"<b>","id":12345678901234567890}`
	p.send(sent)
	p.awaitEchoes(1)
	p.click(".row[data-kind=echo]")
	p.await("outer members", func() bool {
		return strings.Contains(p.text("[part=content] .tree"), `s: "<b>"id: 12345678901234567890`)
	})
	if got := p.text("[part=content] .tree"); strings.Contains(got, "0: 1") {
		t.Errorf("tree %q", got)
	}
	p.click("[part=content] details details details > summary")
	p.await("inner members", func() bool { return strings.Contains(p.text("[part=content] .tree"), "0: 1") })
	p.click("[data-shown=hex]")
	if got := p.text("[part=content]"); !strings.HasPrefix(got, "000000  7b 22 61 22") {
		t.Errorf("hex %q", got)
	}
	p.click("[data-shown=raw]")
	if got := p.text("[part=content]"); got != sent {
		t.Errorf("raw %q", got)
	}
	p.click("[part=copy]")
	p.await("copied", func() bool { return p.text("[part=copy]") == "Copied" })
	p.click("[part=edit]")
	if got := p.value("field"); got != sent {
		t.Errorf("to edit is %q", got)
	}
	p.click("[part=close]")
	if evaluate[bool](p, `document.querySelector('[part=inspector]').checkVisibility()`) {
		t.Error("the inspector is still open")
	}
}

func TestLogIsExported(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.talkAll()
	p.set("direction", "out")
	p.awaitStatus("Rows: 3 / 7")
	files := p.exports()
	for ending, wants := range map[string][]string{
		"jsonl": {`"kind":"sent","type":"text","size":5,"text":"Hello"`, `"method":"room.join"`, `"base64":"AP8="`},
		"har":   {`"_webSocketMessages"`, `"type": "send"`, `"data": "Hello"`, s.WebSocketURL("/ws")},
	} {
		for _, want := range wants {
			if !strings.Contains(files[ending], want) {
				t.Errorf("%s is not in\n%s", want, files[ending])
			}
		}
	}
	requireHAR(t, files["har"])
}
