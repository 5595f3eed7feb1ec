package browser_test

import (
	"strings"

	"github.com/chromedp/chromedp/kb"

	"github.com/gfws/gf-websocket/e2e/server"
)

// hurrying makes the page's seconds pass twenty times as fast, so that what it
// plots over minutes is there within seconds.
const hurrying = `
	globalThis.setTimeout = ((original) => (action, delay) =>
		original(action, delay === 1000 ? 50 : delay))(globalThis.setTimeout);
`

// chatting sends ever more and ever less messages for some minutes of hurried
// seconds.
const chatting = `(async () => {
	const [field, composer] = ['field', 'composer'].map((part) => document.querySelector('.workspace:not([hidden]) [part=' + part + ']'));
	const began = performance.now();
	let [sent, due] = [0, 0];
	for (let now = 0; now < 10_000; now = performance.now() - began) {
		due = now / 8 - 80 * Math.sin(now / 900);
		for (; sent < due; sent += 1) {
			field.value = 'message '.repeat(3 + 2 * Math.sin(sent / 200));
			composer.requestSubmit();
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	globalThis.hasChatted = true;
})(), null`

// poseMessages shows a conversation, and a message whole beside it as a tree.
func (p *tab) poseMessages() {
	p.Helper()
	p.talk()
	evaluate[any](p, `[...document.querySelectorAll('.row[data-kind=sent]:not([hidden])')].at(-1).click(), null`)
}

// poseAdvice shows what to check where a connection fails.
func (p *tab) poseAdvice() {
	p.Helper()
	p.talk()
	p.connectTo("wss://" + server.FreeAddress(p) + "/chat")
	p.await("advice", func() bool { return len(p.checks()) > 3 })
}

// poseTemplate shows the form of a method, and replies to calls.
func (p *tab) poseTemplate() {
	p.Helper()
	p.openMethods()
	for i, method := range []string{"room.join", "room.say"} {
		p.set("template", method)
		p.click(here + "[part=send]")
		p.await("reply", func() bool { return len(p.rowsOf("reply")) == i+1 })
	}
}

// poseLive shows minutes of a conversation, and what the server tells of it.
func (p *tab) poseLive() {
	p.Helper()
	p.click(here + ".view[data-view=live]")
	p.await("the question for the token", func() bool { return strings.Contains(p.text(here+"[part=told]"), "401") })
	p.put("key", pushToken)
	p.press(kb.Enter)
	p.click("#tab-new")
	p.connectTo("/rpc")
	p.awaitState("open")
	p.press("1", alt)
	evaluate[any](p, chatting)
	p.await("a member", func() bool {
		return evaluate[int](p, `document.querySelectorAll('.legend li:not([hidden])').length`) > 0
	})
	p.press("2", alt)
	p.join("lobby")
	p.await("to be in the room", func() bool { return p.text(here+"[part=present]") != "" })
	p.press("1", alt)
	p.awaitWithin(3*patience, "the end of the conversation", func() bool { return evaluate[bool](p, `globalThis.hasChatted === true`) })
}

// poseRooms shows two people in a room.
func (p *tab) poseRooms() {
	p.Helper()
	for i, user := range []string{"Anna", "李雷"} {
		if i > 0 {
			p.click("#tab-new")
		}
		p.set("token", tokenOf(user))
		p.set("way", "first-message")
		p.connectTo("/rpc")
		p.awaitState("open")
		p.join("lobby")
		p.await("to be in the room", func() bool { return p.text(here+"[part=present]") != "" })
	}
	for _, line := range []struct{ tab, text string }{
		{"1", "Hello! Is the new build on the test server?"}, {"2", "是的，刚刚发布。"}, {"1", "Thank you, I can see it."},
	} {
		p.press(line.tab, alt)
		p.put("text", line.text)
		p.press(kb.Enter)
		p.await("the message", func() bool { return strings.Contains(p.text(here+"[part=talked]"), line.text) })
	}
}
