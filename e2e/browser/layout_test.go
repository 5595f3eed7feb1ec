package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

const overflowExpression = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

// anchorsExpression gives where the parts are that no state may move.
const anchorsExpression = `['[part=messages]', '[part=composer]', '[part=field]', '[part=toggle]', '[part=address]', '[part=clear]']
	.map((selector) => {
		const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
		return selector + ' ' + [x, y, width, height].map(Math.round).join(' ');
	}).join('\n')`

func TestNothingOverflowsAtAnyWidth(t *testing.T) {
	s := server.Start(t)
	for _, width := range []int64{320, 360, 600, 896, 897, 1280, 1920} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := newTab(t)
			p.resize(width, 740)
			p.navigate(s.URL)
			p.awaitState("open")
			p.requireNoOverflow("when empty")
			p.fill(strings.Repeat("unbroken", 200))
			p.press(kb.Enter)
			p.await("first message", func() bool { return p.text("[part=received]") == "1" })
			p.requireNoOverflow("with a long word")
			p.choose("hex")
			p.fill("30 31")
			p.press(kb.Enter, control)
			p.await("second message", func() bool { return p.text("[part=received]") == "2" })
			p.fill("")
			p.press(kb.Enter, control)
			p.requireNoOverflow("with a warning")
			p.click("[data-language=zh-CN]")
			p.requireNoOverflow("in Chinese")
		})
	}
}

func (p *tab) requireNoOverflow(when string) {
	p.Helper()
	if overflow := evaluate[int](p, overflowExpression); overflow > 0 {
		p.Errorf("%d pixels too wide %s", overflow, when)
	}
}

func TestNoStateMovesTheLayout(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := server.Start(t)
			p := newTab(t)
			p.resize(width, 740)
			p.navigate(s.URL)
			p.awaitState("open")
			want := evaluate[string](p, anchorsExpression)
			check := func(when string) {
				t.Helper()
				if got := evaluate[string](p, anchorsExpression); got != want {
					t.Errorf("%s the layout moved from\n%s\nto\n%s", when, want, got)
				}
			}
			p.send("hello")
			p.await("echo", func() bool { return p.text("[part=received]") == "1" })
			check("with messages")
			p.send("")
			check("with a warning")
			p.fill(strings.Repeat("x", limit+1))
			p.press(kb.Enter)
			check("with a message too large")
			p.fill("")
			s.Kill()
			p.awaitState("waiting")
			check("while waiting")
			p.click(here + "[part=toggle]")
			p.awaitState("closed")
			check("when closed")
		})
	}
}

// TestWordsOfAButtonShowUnderThePointer compares two colours after what moves
// them has come to rest.
func TestWordsOfAButtonShowUnderThePointer(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	const colour = `getComputedStyle(document.querySelector('[part=send]')).color`
	want := evaluate[string](p, colour)
	p.click("[part=send]")
	p.settle()
	if !evaluate[bool](p, `document.querySelector('[part=send]').matches(':hover')`) {
		t.Fatal("the pointer is not over the button")
	}
	if got := evaluate[string](p, colour); got != want {
		t.Errorf("the words become %s, and were %s", got, want)
	}
}

func TestReducedMotionIsRespected(t *testing.T) {
	const moving = `[...document.querySelectorAll('*')].filter((element) => {
		const style = getComputedStyle(element);
		return style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => time !== '0s');
	}).length`
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	// A handshake, for which the lamp pulses, is over too soon to look at.
	evaluate[any](p, `document.querySelector('[part=connection]').dataset.state = 'connecting', null`)
	if evaluate[int](p, moving) == 0 {
		t.Fatal("nothing moves at all; this test would always pass")
	}
	p.prefer("prefers-reduced-motion", "reduce")
	if count := evaluate[int](p, moving); count != 0 {
		t.Errorf("%d elements still move", count)
	}
}

// coveredExpression lists what of a selector is not in view with both its
// corners, since something lies over it or cuts it off.
const coveredExpression = `[...document.querySelectorAll(selector)].filter((found) => {
	const { left, top, right, bottom } = found.getBoundingClientRect();
	return ![[left + 2, top + 2], [right - 2, bottom - 2]].every(([x, y]) => found.contains(document.elementFromPoint(x, y)));
}).map((found) => found.textContent || found.getAttribute('part'))`

// requireWhole fails unless there is something of selector and all of it is in view.
func (p *tab) requireWhole(selector string) {
	p.Helper()
	if evaluate[int](p, "document.querySelectorAll(`"+here+selector+"`).length") == 0 {
		p.Errorf("there is no %s", selector)
	}
	expression := strings.ReplaceAll(coveredExpression, "selector", "`"+here+selector+"`")
	if covered := evaluate[[]string](p, expression); len(covered) > 0 {
		p.Errorf("of %s not in view is %q", selector, covered)
	}
}

// TestAPhoneShowsAllOfIt: who is in a room, what to check, and a message whole
// in place of the log.
func TestAPhoneShowsAllOfIt(t *testing.T) {
	s := server.Start(t)
	p := newTab(t)
	p.resize(360, 740)
	p.navigate(s.URL)
	p.awaitState("open")
	p.send("hello")
	p.await("echo", func() bool { return p.text("[part=received]") == "1" })
	p.click(".row[data-kind=echo]")
	p.requireWhole("[part=close]")
	p.requireWhole(".inspector")
	p.click("[part=close]")
	p.requireWhole(".tools")

	p.connectTo("wss://" + server.FreeAddress(t) + "/nowhere")
	p.awaitCheck("Does it want a token?")
	p.requireWhole(".checks li")
	p.click(here + "[part=reason]")
	p.requireWhole(".view")

	p.enterLobby(1)
	p.requireWhole(".members li")
	p.requireWhole("[part=leave]")
}

// TestTheConnectionScrolls where all of it is open and no room is left.
func TestTheConnectionScrolls(t *testing.T) {
	s := server.Start(t)
	for _, height := range []int64{720, 800} {
		t.Run(fmt.Sprint(height), func(t *testing.T) {
			p := newTab(t)
			p.resize(1280, height)
			p.navigate(s.URL)
			p.awaitState("open")
			p.connectTo("wss://" + server.FreeAddress(t) + "/nowhere")
			p.awaitCheck("Does it want a token?")
			p.click(here + "[part=options] summary")
			for _, part := range []string{"signingKey", "keep", "reconnects", "sent", "reason"} {
				selector := "[part=" + part + "]"
				evaluate[any](p, `document.querySelector('`+here+selector+`').scrollIntoView(), null`)
				p.requireWhole(selector)
			}
		})
	}
}

// TestMenusAreWhole opens each at the widths where there is least room.
func TestMenusAreWhole(t *testing.T) {
	s := server.Start(t)
	for _, width := range []int64{320, 360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := newTab(t)
			p.resize(width, 900)
			p.navigate(s.URL)
			p.awaitState("open")
			for _, part := range []string{"har", "saved", "repeat"} {
				menu := ".menu:has([part=" + part + "])"
				p.click(here + menu + " > summary")
				p.requireWhole(menu + " .menu-list")
				p.click(here + menu + " > summary")
			}
		})
	}
}

// TestTargetsAreLargeEnough: 24 pixels each way, as WCAG 2.2 asks for.
func TestTargetsAreLargeEnough(t *testing.T) {
	s := server.Start(t)
	for _, width := range []int64{320, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := newTab(t)
			p.resize(width, 900)
			p.navigate(s.URL)
			p.awaitState("open")
			p.send(`{"a": {"b": 1}}`)
			p.awaitEchoes(1)
			p.click(".row[data-kind=echo]")
			small := evaluate[[]string](p, `[...document.querySelectorAll('button:not(.skip), summary, select, textarea, .chip, input:not([type=checkbox])')]
				.filter((found) => found.checkVisibility({ visibilityProperty: true }))
				.map((found) => ({ found, box: found.getBoundingClientRect() }))
				.filter(({ box }) => box.width < 24 || box.height < 24)
				.map(({ found, box }) => found.outerHTML.slice(0, 80) + box.width + ' by ' + box.height)`)
			if len(small) > 0 {
				t.Errorf("too small: %q", small)
			}
		})
	}
}

// TestManyTabsLeaveTheBarWhole: the strip scrolls, to the tab in use, and all else stays.
func TestManyTabsLeaveTheBarWhole(t *testing.T) {
	s := server.Start(t)
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := newTab(t)
			p.resize(width, 740)
			p.navigate(s.URL)
			p.awaitState("open")
			for range 11 {
				p.press("t", alt)
			}
			p.requireNoOverflow("with twelve tabs")
			outside := evaluate[[]string](p, `['h1', '.tab-item:last-child', '#tab-new', '#open-help'].filter((selector) => {
				const { left, right } = document.querySelector(selector).getBoundingClientRect();
				return left < 0 || right > innerWidth;
			})`)
			if len(outside) > 0 {
				t.Errorf("out of view: %q", outside)
			}
		})
	}
}
