package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// openLargeEcho returns a tab with a connection that echoes messages of any size.
func openLargeEcho(t *testing.T) *tab {
	t.Helper()
	p := newOpenTab(t, server.Start(t).URL)
	p.connectTo("ws://" + startNode(t, "echo.mjs"))
	p.awaitState("open")
	return p
}

// awaitContent waits until what is inspected fulfils a condition, and returns it.
func (p *tab) awaitContent(what string, holds func(content string) bool) string {
	p.Helper()
	content := ""
	p.await(what, func() bool {
		content = p.text(here + "[part=content]")
		return holds(content)
	})
	return content
}

// TestInspectorIsBounded opens what would hold up the page if all of it was shown.
func TestInspectorIsBounded(t *testing.T) {
	list := "[" + strings.Repeat("1,", 499) + "1]"
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	p := openLargeEcho(t)
	for i, text := range []string{
		"[" + strings.Repeat(list+",", 499) + list + "]",
		`{"a":"` + strings.Repeat("x", 1_000_000) + `","` + strings.Repeat("y", 1_000_000) + `":1}`,
		deep,
	} {
		p.fill(text)
		p.press(kb.Enter)
		p.awaitEchoes(i + 1)
	}
	inspect := func(row int) {
		evaluate[any](p, fmt.Sprintf(`document.querySelectorAll('.row[data-kind=echo]')[%d].click(), null`, row))
	}
	inspect(0)
	p.awaitContent("lists", func(content string) bool { return strings.Contains(content, "499: [500]") })
	if open := evaluate[int](p, `document.querySelectorAll('[part=content] details[open]').length`); open != 1 {
		t.Errorf("%d levels of long lists are open", open)
	}
	inspect(1)
	content := p.awaitContent("members", func(content string) bool { return strings.Contains(content, "yyy") })
	if len(content) > 2000 || !strings.Contains(content, "xx…") || !strings.Contains(content, "yy…") {
		t.Errorf("of long text the tree has %d bytes", len(content))
	}
	inspect(2)
	p.awaitContent("what is nested deep", func(content string) bool {
		return strings.HasPrefix(content, "[[[") || strings.HasPrefix(content, "[1]")
	})
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

// TestOnlyWhatIsShownWholeIsEdited looks at messages around the bound.
func TestOnlyWhatIsShownWholeIsEdited(t *testing.T) {
	const bound = 64 * 1024
	p := openLargeEcho(t)
	for i, size := range []int{bound, bound + 1} {
		p.fill(strings.Repeat("e", size))
		p.press(kb.Enter)
		p.awaitEchoes(i + 1)
		evaluate[any](p, fmt.Sprintf(`document.querySelectorAll('.row[data-kind=echo]')[%d].click(), null`, i))
		if got, want := evaluate[bool](p, `document.querySelector('[part=edit]').checkVisibility()`), size <= bound; got != want {
			t.Errorf("%d bytes: edit is offered: %v", size, got)
		}
	}
}
