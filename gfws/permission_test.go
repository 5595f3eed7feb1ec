package gfws_test

import (
	"context"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// TestCallsArePermitted asks for each call by the name of its method, and answers
// those that are refused.
func TestCallsArePermitted(t *testing.T) {
	kit := wstest.Install(t, gfws.RoomService(), gfws.AuthorizeMessage(func(_ context.Context, identity ws.Identity, action string) error {
		switch {
		case identity.User == "ann":
			return nil
		case action == "room.say":
			return gerror.New("listeners only")
		case action == "room.members":
			return gerror.NewCode(gcode.CodeNotAuthorized, "members only")
		case action == "room.history":
			return &ws.CloseError{Code: ws.CodeForbidden, Reason: "that was too curious"}
		default:
			return nil
		}
	}))
	ann, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
	join(t, ann)
	join(t, ben)
	ann.AssertPush("room.joined", nil)
	ann.AssertReply("room.members", g.Map{"room": "lobby"}, nil)
	if refused := ben.AssertError("room.say", g.Map{"room": "lobby", "text": "hi"}, gcode.CodeSecurityReason.Code()); refused.Message != "listeners only" {
		t.Errorf("refused with %q", refused.Message)
	}
	ben.AssertError("room.members", g.Map{"room": "lobby"}, gcode.CodeNotAuthorized.Code())
	ben.AssertError("room.shout", nil, jsonrpc.CodeMethodNotFound)
	ben.Notify("room.history", g.Map{"room": "lobby"})
	if reason := ben.AssertClosed(ws.CodeForbidden); reason != "that was too curious" {
		t.Errorf("closed for %q", reason)
	}
	ann.AssertPush("room.left", nil)
	ann.AssertNoPush()
}

// TestRecognized has somebody known without credentials, whom Authorize is asked
// about as about anybody else; who is not known is asked as ever.
func TestRecognized(t *testing.T) {
	kit := wstest.Install(t,
		gfws.Configure(func(c *gfws.Config) { c.Auth.Methods = []string{"session"} }),
		gfws.Authorize(func(_ context.Context, identity ws.Identity, _ ws.Handshake) error {
			if identity.User == "eve" {
				return gerror.New("not you")
			}
			return nil
		}),
	)
	kit.AssertRefused(401)
	kit.AssertRefused(403, wstest.As("eve"))
	p := kit.Connect(wstest.As("ann"))
	p.Text("hello")
	p.AssertText("hello")
	if user := p.Session().User(); user != "ann" {
		t.Errorf("connected as %q", user)
	}
}
