package browser_test

import (
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
	p.connectTo("/rpc")
	p.awaitState("open")
	p.join("lobby")
	p.awaitText("present", "Members: 2")
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
	p.connectTo("/rpc")
	p.awaitState("open")
	p.await("methods", func() bool {
		return evaluate[int](p, `document.querySelectorAll('`+here+`[part=template] option').length`) > 3
	})
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
