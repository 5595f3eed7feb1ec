package browser_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

func (p *tab) status() string {
	p.Helper()
	return p.text(here + "[data-part=status]")
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
		{"query", "hello", "", "Rows: 2 of 7"},
		{"direction", "out", "", "Rows: 3 of 7"},
		{"direction", "in", "", "Rows: 3 of 7"},
		{"direction", "event", "", "Rows: 1 of 7"},
		{"type", "binary", "", "Rows: 2 of 7"},
		{"type", "json", "", "Rows: 2 of 7"},
		{"method", "join", "", "Rows: 1 of 7"},
		{"query", "nowhere", "", "Rows: 0 of 7"},
	} {
		p.set(test.part, test.value)
		p.awaitStatus(test.status)
		p.set(test.part, test.none)
	}
	p.awaitStatus("Rows: 7")
	p.set("pattern", "on")
	p.set("query", "^hel+o$")
	p.awaitStatus("Rows: 2 of 7")
	p.set("query", "(")
	if got := evaluate[string](p, `document.querySelector('[data-part=query]').getAttribute('aria-invalid')`); got != "true" {
		t.Error("a pattern that is none is not marked")
	}
	p.set("query", "nowhere")
	p.await("words for nothing", func() bool {
		return evaluate[bool](p, `document.querySelector('[data-part=nothing]').checkVisibility()`)
	})
}

func TestLogIsPausedAndPinned(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.talkAll()
	p.click("[data-part=pause]")
	p.choose("text")
	p.send("while paused")
	p.awaitStatus("Rows: 9 · 2 new since the pause")
	if echoes := p.rowsOf("echo"); len(echoes) != 3 {
		t.Errorf("%d echoes are shown while paused", len(echoes))
	}
	p.click("[data-part=pause]")
	p.awaitEchoes(4)
	p.click(".row[data-kind=echo]")
	p.click("[data-part=pin]")
	p.click("[data-part=pinned]")
	p.awaitStatus("Rows: 1 of 9")
	p.click("[data-part=clear]")
	p.awaitStatus("Rows: 1 of 0")
	if echoes := p.rowsOf("echo"); len(echoes) != 1 || echoes[0].Body != "Hello" {
		t.Errorf("after clearing %+v is left, want what was pinned", echoes)
	}
}

func TestInspectorShowsTreeRawAndHex(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	const sent = `{"a":{"c":[1,2]},"s":"<b>"}`
	p.send(sent)
	p.awaitEchoes(1)
	p.click(".row[data-kind=echo]")
	if got := p.text("[data-part=content] .tree"); !strings.Contains(got, `s: "<b>"`) || strings.Contains(got, "0: 1") {
		t.Errorf("tree %q", got)
	}
	p.click("[data-part=content] details details details > summary")
	p.await("inner members", func() bool { return strings.Contains(p.text("[data-part=content] .tree"), "0: 1") })
	p.click("[data-shown=hex]")
	if got := p.text("[data-part=content]"); !strings.HasPrefix(got, "000000  7b 22 61 22") {
		t.Errorf("hex %q", got)
	}
	p.click("[data-shown=raw]")
	if got := p.text("[data-part=content]"); got != sent {
		t.Errorf("raw %q", got)
	}
	p.click("[data-part=copy]")
	p.await("copied", func() bool { return p.text("[data-part=copy]") == "Copied" })
	p.click("[data-part=edit]")
	if got := p.value("field"); got != sent {
		t.Errorf("to edit is %q", got)
	}
	p.click("[data-part=close]")
	if evaluate[bool](p, `document.querySelector('[data-part=inspector]').checkVisibility()`) {
		t.Error("the inspector is still open")
	}
}

func TestLogIsExported(t *testing.T) {
	folder := t.TempDir()
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	call(p, func() error {
		_, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		})
		return err
	})
	p.talkAll()
	p.set("direction", "out")
	p.awaitStatus("Rows: 3 of 7")
	for ending, wants := range map[string][]string{
		"jsonl": {`"kind":"sent","type":"text","size":5,"text":"Hello"`, `"method":"room.join"`, `"base64":"AP8="`},
		"har":   {`"_webSocketMessages"`, `"type": "send"`, `"data": "Hello"`, s.WebSocketURL("/ws")},
	} {
		p.click(".menu:has([data-part=" + ending + "]) summary")
		p.click("[data-part=" + ending + "]")
		var content string
		p.await("file ."+ending, func() bool {
			found, _ := filepath.Glob(filepath.Join(folder, "websocket-*."+ending))
			if len(found) != 1 {
				return false
			}
			read, err := os.ReadFile(found[0])
			content = string(read)
			return err == nil && len(read) > 0
		})
		for _, want := range wants {
			if !strings.Contains(content, want) {
				t.Errorf("%s is not in\n%s", want, content)
			}
		}
		if ending == "har" {
			requireHAR(t, content)
		}
	}
}

// requireHAR reads what was saved as those who read the files of Chrome do.
func requireHAR(t *testing.T, content string) {
	t.Helper()
	var read struct {
		Log struct {
			Version string
			Creator struct{ Name, Version string }
			Entries []struct {
				StartedDateTime time.Time
				Request         struct{ Method, URL, HTTPVersion string }
				Response        struct{ Status int }
				ResourceType    string `json:"_resourceType"`
				Messages        []struct {
					Type   string
					Time   float64 // seconds since 1970
					Opcode int
					Data   string
				} `json:"_webSocketMessages"`
			}
		}
	}
	if err := json.Unmarshal([]byte(content), &read); err != nil {
		t.Fatalf("the HAR is no JSON: %v", err)
	}
	if read.Log.Version != "1.2" || read.Log.Creator.Name == "" || len(read.Log.Entries) != 1 {
		t.Fatalf("log %+v", read.Log)
	}
	entry := read.Log.Entries[0]
	if entry.ResourceType != "websocket" || entry.Request.Method != "GET" || entry.Response.Status != 101 || len(entry.Messages) != 3 {
		t.Fatalf("entry %+v", entry)
	}
	last := entry.Messages[2]
	if last.Type != "send" || last.Opcode != 2 || last.Data != "AP8=" {
		t.Errorf("the last message %+v, want two bytes as Base64", last)
	}
	if began := float64(entry.StartedDateTime.UnixMilli()) / 1000; entry.Messages[0].Time != began {
		t.Errorf("the first message is of %f, the entry of %f", entry.Messages[0].Time, began)
	}
}

// framesExpression counts what the page draws, and how long it was held up, in
// seconds of its own clock.
const framesExpression = `new Promise((resolve) => {
	const began = performance.now();
	let [last, frames, longest] = [began, 0, 0];
	requestAnimationFrame(function draw(now) {
		frames += 1;
		longest = Math.max(longest, now - last);
		last = now;
		if (now - began < 4000) requestAnimationFrame(draw);
		else resolve({ Frames: frames, Longest: longest / 1000 });
	});
})`

// TestLogOfAHundredThousandRows stays usable while a thousand messages a second
// come in: few elements, no long stop, the newest in view, the oldest gone.
func TestLogOfAHundredThousandRows(t *testing.T) {
	const limit, filled, flowing = 100_000, 99_000, 10_000
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.resize(1280, 800)
	p.connectTo("ws://" + startNode(t, "echo.mjs"))
	p.awaitState("open")
	p.send(fmt.Sprintf("push %d", filled))
	p.awaitWithin(2*time.Minute, "99,000 messages", func() bool { return p.text("[data-part=received]") == fmt.Sprint(filled) })
	p.send(fmt.Sprintf("push %d 1", flowing))
	type drawn struct {
		Frames  int
		Longest float64
	}
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[drawn](framesExpression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d frames in 4 s, at most %.3f s apart", got.Frames, got.Longest)
	// A machine that does much else draws little; what a log of that many
	// elements would do is another order of magnitude.
	if got.Frames < 10 || got.Longest > 3 {
		t.Errorf("%d frames in 4 s, the longest stop %.1f s", got.Frames, got.Longest)
	}
	p.awaitWithin(time.Minute, "all messages", func() bool { return p.text("[data-part=received]") == fmt.Sprint(filled+flowing) })
	p.awaitStatus(fmt.Sprintf("Rows: %d", limit))
	if count := evaluate[int](p, `document.querySelectorAll('.row').length`); count > 60 {
		t.Errorf("%d elements for rows", count)
	}
	rows := p.rows()
	if last := rows[len(rows)-1].Body; !strings.Contains(last, fmt.Sprintf(`"number":%d`, flowing-1)) {
		t.Errorf("the last row in view is %q", last)
	}
	p.set("query", `"number":77}`)
	p.awaitStatus(fmt.Sprintf("Rows: 1 of %d", limit))
	p.set("query", "pushed 0")
	p.awaitStatus(fmt.Sprintf("Rows: 0 of %d", limit))
	p.set("query", "")
	p.awaitStatus(fmt.Sprintf("Rows: %d", limit))
	p.do("focus the log", chromedp.Focus(chromedp.CSS(here+"[data-part=scroller]")))
	p.press(kb.Home)
	p.await("oldest row", func() bool { rows := p.rows(); return len(rows) > 0 && strings.HasPrefix(rows[0].Body, "pushed 9") })
}
