package gfws_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// commonLog is what instances without a logger of their own write to. It is of
// the process, so it is set once, before the first of them writes.
var commonLog = &logs{}

// sinceNow returns what the common log gets from now on.
func sinceNow() func() string {
	before := len(commonLog.String())
	return func() string { return commonLog.String()[before:] }
}

// loopOf accepts with the name that the query has, and ends at once.
func loopOf(r *ghttp.Request) {
	conn, err := gfws.Accept(r, r.GetQuery("name").String())
	if err != nil {
		return
	}
	_ = conn.Close()
}

// guarded is an instance that lets nobody in.
func guarded(opts ...gfws.Option) *gfws.Plugin {
	nobody := gfws.CheckRequest(func(*ghttp.Request) error { return errors.New("nobody may") })
	return gfws.New(append(opts, gfws.Path(), nobody)...)
}

// TestAcceptOfAnUnknownName holds that a name nobody has installed or configured
// opens no way around the checks of the one that was meant.
func TestAcceptOfAnUnknownName(t *testing.T) {
	withConfiguration(t, "websocket:\n  instances: {feed: {message: {maxSize: 4}}, news: }")
	h := startLoop(t, loopOf, guarded(gfws.Name("chat")))
	for _, c := range []struct {
		name, want string
		status     int
		code       gcode.Code
	}{
		{"chat", "nobody may", http.StatusForbidden, gcode.CodeSecurityReason},
		{"chatt", "could not be upgraded", http.StatusInternalServerError, gcode.CodeInternalError},
		{"Chat", "could not be upgraded", http.StatusInternalServerError, gcode.CodeInternalError},
		{"feed2", "could not be upgraded", http.StatusInternalServerError, gcode.CodeInternalError},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := sinceNow()
			p, res, body := h.tryDial("/loop?name=" + c.name)
			if p != nil {
				t.Fatal("it was let in")
			}
			expectRefusal(t, res, body, c.status, c.code, c.want)
			if said := log(); c.status == http.StatusInternalServerError &&
				!(strings.Contains(said, "[ERRO]") && strings.Contains(said, `"`+c.name+`"`)) {
				t.Errorf("the log has %q", said)
			}
			if gfws.InstanceOf(h.Server, c.name) != nil && c.name != "chat" {
				t.Error("there is an instance of that name now")
			}
		})
	}
	for _, name := range []string{"feed", "news"} {
		h.dial("/loop?name="+name).expectClose(websocket.CloseNormalClosure, "")
	}
}

// TestAcceptWithoutANameBesideOthers is let in, as the configuration says, and
// told of once: what others check does not hold for it.
func TestAcceptWithoutANameBesideOthers(t *testing.T) {
	for _, c := range []struct {
		name    string
		plugins []ghttp.Plugin
		warned  int
	}{
		{"alone", nil, 0},
		{"beside another", []ghttp.Plugin{guarded(gfws.Name("chat"))}, 1},
		{"installed", []ghttp.Plugin{gfws.New(gfws.Path()), guarded(gfws.Name("chat"))}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := sinceNow()
			h := startLoop(t, loopOf, c.plugins...)
			for range 3 {
				h.dial("/loop").expectClose(websocket.CloseNormalClosure, "")
			}
			said := log()
			if got := strings.Count(said, "[WARN]"); got != c.warned || c.warned > 0 && !strings.Contains(said, `"chat"`) {
				t.Errorf("warned %d times, want %d: %s", got, c.warned, said)
			}
		})
	}
}

// TestAcceptOfARemovedInstance holds that nothing takes the place of an instance
// that has left, while its server still serves what comes in.
func TestAcceptOfARemovedInstance(t *testing.T) {
	for _, name := range []string{gfws.DefaultName, "chat"} {
		t.Run(name, func(t *testing.T) {
			withConfiguration(t, "websocket:\n  instances: {chat: {}}")
			plugin := guarded(gfws.Name(name))
			h := startLoop(t, loopOf, plugin)
			for range 2 {
				if err := plugin.Remove(); err != nil {
					t.Fatal(err)
				}
				h.expectLeaving("/loop?name=" + name)
			}
			if err := plugin.Install(h.Server); err != nil {
				t.Fatal(err)
			}
			_, res, body := h.tryDial("/loop?name=" + name)
			expectRefusal(t, res, body, http.StatusForbidden, gcode.CodeSecurityReason, "nobody may")
		})
	}
}

// TestAcceptSeesNoOtherServer holds that what left one server is nothing to
// another.
func TestAcceptSeesNoOtherServer(t *testing.T) {
	gone := guarded()
	first := startLoop(t, loopOf, gone)
	if err := gone.Remove(); err != nil {
		t.Fatal(err)
	}
	first.expectLeaving("/loop")
	startLoop(t, accepting(t, func(conn *ws.Conn) { _ = conn.Close() })).dial("/loop").expectClose(websocket.CloseNormalClosure, "")
}
