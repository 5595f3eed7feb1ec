package browser_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

const axeFile = "../node_modules/axe-core/axe.min.js"

// A colour on its way to another has a contrast of its own, so that is waited for.
const axeExpression = `Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })).then(({ violations }) =>
	violations.map(({ id, impact, help, nodes }) => ({
		ID: id, Impact: impact, Help: help, Nodes: nodes.map((node) => node.target.join(' ')),
	})))`

type violation struct {
	ID, Impact, Help string
	Nodes            []string
}

func TestAxeFindsNothing(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed: run `make test`, or `npm ci` in e2e: %v", err)
	}
	s := server.Start(t, "--push-token", pushToken)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprintf("%s %d", scheme, width), func(t *testing.T) {
				p := newTab(t)
				p.prefer("prefers-color-scheme", scheme)
				p.resize(width, 800)
				p.navigate(s.URL)
				p.awaitState("open")
				evaluate[any](p, string(axe)+";null")
				p.requireNoViolations("when empty")
				p.send("hello")
				p.await("echo", func() bool { return p.text("[part=received]") == "1" })
				p.send("")
				p.requireNoViolations("with a warning")
				evaluate[any](p, `document.querySelectorAll('details').forEach((details) => { details.open = true; }), null`)
				p.requireNoViolations("with everything unfolded")
				evaluate[any](p, `document.querySelectorAll('details').forEach((details) => { details.open = false; }), null`)
				p.choose("json")
				p.fill(`{"a": [1, true, "x"], oops`)
				p.requireNoViolations("with JSON that is wrong")
				p.fill(`{"a": [1, {"b": true}]}`)
				p.press(kb.Enter, control)
				p.await("echo of JSON", func() bool { return p.text("[part=received]") == "2" })
				evaluate[any](p, `[...document.querySelectorAll('.row[data-kind=echo]:not([hidden])')].find((row) => row.textContent.includes('{')).click(), null`)
				p.requireNoViolations("with the inspector")
				p.click("[part=close]")
				for _, view := range []string{"live", "rooms", "messages"} {
					p.click(".view[data-view=" + view + "]")
					p.requireNoViolations("in the view " + view)
				}
				for _, sheet := range []string{"help", "kept"} {
					p.click("#open-" + sheet)
					p.requireNoViolations("with the sheet " + sheet)
					p.press(kb.Escape)
				}
				p.fill(strings.Repeat("x", limit+1))
				p.click(here + "[part=toggle]")
				p.awaitState("closed")
				p.requireNoViolations("when closed")
				for _, language := range []string{"zh-CN", "en"} {
					p.click("[data-language=" + language + "]")
					p.requireNoViolations("in " + language)
					p.requireNoViolationsOnRPC(language)
				}
			})
		}
	}
}

// requireNoViolationsOnRPC looks at what only an endpoint with methods shows.
func (p *tab) requireNoViolationsOnRPC(language string) {
	p.Helper()
	p.click("#tab-new")
	p.openMethods()
	p.set("template", "room.say")
	p.requireNoViolations("with the form of a method, " + language)
	p.click(here + ".view[data-view=live]")
	p.await("the question for the token", func() bool { return strings.Contains(p.text(here+"[part=told]"), "401") })
	p.requireNoViolations("in the view live, " + language)
	p.join("lobby")
	p.await("to be in the room", func() bool { return p.text(here+"[part=present]") != "" })
	p.requireNoViolations("in a room, " + language)
	p.click(".tab-item:last-child .tab-close")
}

func TestAxeFindsNothingWhileTheServerIsGone(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed: run `make test`, or `npm ci` in e2e: %v", err)
	}
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			s := server.Start(t)
			p := newTab(t)
			p.prefer("prefers-color-scheme", scheme)
			p.navigate(s.URL)
			p.awaitState("open")
			evaluate[any](p, string(axe)+";null")
			s.Kill()
			p.awaitState("waiting")
			p.requireNoViolations("while waiting")
		})
	}
}

func (p *tab) requireNoViolations(when string) {
	p.Helper()
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]violation](axeExpression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("run axe: %v", err)
	}
	for _, v := range found {
		p.Errorf("%s, %s: %s (%s) at %q", when, v.Impact, v.Help, v.ID, v.Nodes)
	}
}
