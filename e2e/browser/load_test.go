package browser_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// framesExpression counts what the page draws, and how long it was held up, in
// seconds of its own clock.
const framesExpression = `new Promise((resolve) => {
	const typed = %q;
	const query = document.querySelector('[part=query]');
	[...typed].forEach((_, index) => setTimeout(() => {
		query.value = typed.slice(0, index + 1);
		query.dispatchEvent(new Event('input', { bubbles: true }));
	}, 150 * index));
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
// come in beyond its bound: few elements, no long stop, the newest in view, the
// oldest gone.
func TestLogOfAHundredThousandRows(t *testing.T) {
	const limit, filled, flowing = 100_000, 101_000, 10_000
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.resize(1280, 800)
	p.connectTo("ws://" + startNode(t, "echo.mjs"))
	p.awaitState("open")
	p.send(fmt.Sprintf("push %d", filled))
	p.awaitWithin(2*time.Minute, "more messages than are kept", func() bool { return p.text("[part=received]") == fmt.Sprint(filled) })
	p.send(fmt.Sprintf("push %d 1", flowing))
	p.requireFrames("while messages come", "")
	p.awaitWithin(time.Minute, "all messages", func() bool { return p.text("[part=received]") == fmt.Sprint(filled+flowing) })
	p.awaitStatus(fmt.Sprintf("Rows: %d", limit))
	if count := evaluate[int](p, `document.querySelectorAll('.row').length`); count > 60 {
		t.Errorf("%d elements for rows", count)
	}
	rows := p.rows()
	if last := rows[len(rows)-1].Body; !strings.Contains(last, fmt.Sprintf(`"number":%d`, flowing-1)) {
		t.Errorf("the last row in view is %q", last)
	}
	p.set("query", `"number":77}`)
	p.awaitStatus(fmt.Sprintf("Rows: 1 / %d", limit))
	p.set("pattern", "on")
	p.requireFrames("while a pattern is typed", `"(number)":\d*7+\}`)
	p.awaitStatus(fmt.Sprintf("Rows: 1000 / %d", limit))
	p.set("pattern", "off")
	p.set("query", "pushed 0")
	p.awaitStatus(fmt.Sprintf("Rows: 0 / %d", limit))
	p.set("query", "")
	p.awaitStatus(fmt.Sprintf("Rows: %d", limit))
	p.do("focus the log", chromedp.Focus(chromedp.CSS(here+"[part=scroller]")))
	p.press(kb.Home)
	p.await("oldest row", func() bool { rows := p.rows(); return len(rows) > 0 && strings.HasPrefix(rows[0].Body, "pushed 1") })
}

// requireFrames fails the test where the page does not draw for long, or seldom,
// within the next seconds, in which a text is typed into the search.
func (p *tab) requireFrames(when, typed string) {
	p.Helper()
	type drawn struct {
		Frames  int
		Longest float64
	}
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[drawn](fmt.Sprintf(framesExpression, typed), chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatal(err)
	}
	p.Logf("%s: %d frames in 4 s, at most %.3f s apart", when, got.Frames, got.Longest)
	// A machine that does much else draws little; what a log of that many
	// elements would do is another order of magnitude.
	if got.Frames < 10 || got.Longest > 3 {
		p.Errorf("%s: %d frames in 4 s, the longest stop %.1f s", when, got.Frames, got.Longest)
	}
}
