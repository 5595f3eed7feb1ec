package browser_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestRoomsOnAnEchoTeachWhereTheyAre(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(".view[data-view=rooms]")
	p.await("lesson", func() bool { return strings.Contains(p.text("[part=alone]"), "room.join") })
}

// TestRooms has two tabs of the page talk to each other.
func TestRooms(t *testing.T) {
	s := server.Start(t)
	url := "http://" + startNode(t, "host.mjs", s.Address)
	p := newOpenTab(t, url)
	p.join("lobby")
	p.await("history", func() bool { return strings.Contains(p.text(here+"[part=talked]"), "anna welcome") })
	p.click("#tab-new")
	p.enterLobby(2)
	p.put("text", "hello <b>there</b>")
	p.click(here + "[part=say] button")
	p.await("message", func() bool { return strings.Contains(p.text(here+"[part=talked]"), "user 2 (you) hello <b>there</b>") })
	if got := p.value("text"); got != "" {
		t.Errorf("the field still holds %q", got)
	}
	p.press("1", alt)
	p.await("message in the first tab", func() bool { return strings.Contains(p.text(here+"[part=talked]"), "user 2 hello <b>there</b>") })
	p.awaitText("present", "Members: 2")

	p.press("2", alt)
	p.click(here + "[part=leave]")
	p.await("no room", func() bool {
		return !evaluate[bool](p, `document.querySelector('`+here+`[part=talk]').checkVisibility()`)
	})
	p.join("closed")
	p.awaitText("refused", "The server refuses: that room is closed")
	p.connectTo("/rpc")
	p.press("1", alt)
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

func (p *tab) join(room string) {
	p.Helper()
	p.click(here + ".view[data-view=rooms]")
	p.put("name", room)
	p.click(here + "[part=join] button")
}

// enterLobby connects to the methods and joins the room, where there are so many
// members then.
func (p *tab) enterLobby(members int) {
	p.Helper()
	p.connectTo("/rpc")
	p.awaitState("open")
	p.join("lobby")
	p.awaitText("present", "Members: "+strconv.Itoa(members))
}

// openMethods connects to them and waits until the page knows them.
func (p *tab) openMethods() {
	p.Helper()
	p.connectTo("/rpc")
	p.awaitState("open")
	p.await("methods", func() bool {
		return evaluate[int](p, `document.querySelectorAll('`+here+`[part=template] option').length`) > 3
	})
}

func (p *tab) awaitText(part, want string) {
	p.Helper()
	p.await(part+" "+want, func() bool { return p.text(here+"[part="+part+"]") == want })
}

// TestRoomsOfTheServer uses those that the executable has.
func TestRoomsOfTheServer(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.click(here + ".view[data-view=rooms]")
	p.await("offer", func() bool { return p.text(here+"[part=open]") == "Open /rpc" })
	p.click(here + "[part=open]")
	p.awaitState("open")
	p.join("lobby")
	p.awaitText("present", "Members: 1")
	p.put("text", "hello")
	p.click(here + "[part=say] button")
	p.await("message", func() bool { return strings.HasSuffix(p.text(here+"[part=talked]"), " hello") })
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}

// TestTemplatesOfTheServer fills in a call from what its handlers describe.
func TestTemplatesOfTheServer(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.openMethods()
	p.set("template", "room.join")
	evaluate[any](p, `(() => {
		const input = document.querySelector('`+here+`[part=schema] input');
		input.value = 'lobby';
		input.dispatchEvent(new Event('input'));
	})(), null`)
	p.click(here + "[part=send]")
	p.await("reply", func() bool { return len(p.rowsOf("reply")) == 1 })
	if reply := p.rowsOf("reply")[0]; !strings.Contains(reply.Body, `"members"`) {
		t.Errorf("reply %+v", reply)
	}
}

// TestStrangersInARoom have no names: they are called by the beginning of their
// session, and oneself is told apart.
func TestStrangersInARoom(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.enterLobby(1)
	p.enter(s.WebSocketURL("/rpc"), "lobby")
	const called = `[...document.querySelectorAll('[part=members] bdi')].map(({ textContent, title }) => textContent.replace(title.slice(0, 8), 'id') + ' ' + (title.length > 20))`
	names := evaluate[[]string](p, called)
	slices.Sort(names)
	if want := []string{"id (you) true", "id true"}; !slices.Equal(names, want) {
		t.Errorf("members %q, want %q", names, want)
	}
	evaluate[any](p, `document.querySelector('[part=text]').value = 'x'.repeat(5000), null`)
	p.click(here + "[part=say] button")
	p.await("refusal beside the field", func() bool { return strings.HasPrefix(p.text("[part=unsaid]"), "The server refuses: ") })
	if got := p.text("[part=unsaid]"); !strings.HasSuffix(got, "length must be between 1 and 4096") || len(got) > 400 {
		t.Errorf("the field is told %q", got)
	}
	if got := p.text("[part=refused]"); got != "" {
		t.Errorf("beside the name of the room stands %q", got)
	}
	evaluate[any](p, `guest.close(), null`)
	p.awaitText("present", "Members: 1")
}

// TestWhatIsSaidMovesNoOneWhoReads further up, and follows who is at the end.
func TestWhatIsSaidMovesNoOneWhoReads(t *testing.T) {
	s := server.Start(t)
	p := newOpenTab(t, s.URL)
	p.enterLobby(1)
	p.enter(s.WebSocketURL("/rpc"), "lobby")
	say := func(count int) {
		t.Helper()
		before := evaluate[int](p, `document.querySelectorAll('[part=talked] li').length`)
		evaluate[any](p, fmt.Sprintf(`(() => { for (let n = 0; n < %d; n += 1) guest.ask('room.say', { text: 'line ' + n }); })(), null`, count))
		p.await("what was said", func() bool {
			return evaluate[int](p, `document.querySelectorAll('[part=talked] li').length`) == before+count
		})
	}
	const atEnd = `(({ scrollHeight, scrollTop, clientHeight }) => scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2)(document.querySelector('[part=talked]'))`
	say(100)
	p.await("the end in view", func() bool { return evaluate[bool](p, atEnd) })
	evaluate[any](p, `document.querySelector('[part=talked]').scrollTop = 120, null`)
	say(3)
	if got := evaluate[int](p, `document.querySelector('[part=talked]').scrollTop`); got != 120 {
		t.Errorf("the list went to %d", got)
	}
	evaluate[any](p, `document.querySelector('[part=talked]').scrollTop = 1e6, null`)
	say(3)
	p.await("the end in view again", func() bool { return evaluate[bool](p, atEnd) })
}

// enter lets a guest of the page's own making into a room.
func (p *tab) enter(url, room string) {
	p.Helper()
	evaluate[any](p, fmt.Sprintf(`(() => {
		globalThis.guest = new WebSocket(%q);
		guest.ask = (method, params) => guest.send(JSON.stringify({ jsonrpc: '2.0', id: method, method, params: { room: %q, ...params } }));
		guest.onopen = () => guest.ask('room.join');
	})(), null`, url, room))
	p.awaitText("present", "Members: 2")
}
