package gfws_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// muteNode makes sessions authenticate by their first message.
const muteNode = "websocket:\n  auth: {methods: [first-message]}\n"

// ticket is what the tokens of these tests stand for.
type ticket struct {
	user string
	life time.Duration // 0 for no end
	err  error
}

// tickets are tokens by their text.
func tickets(all map[string]ticket) gfws.Option {
	return gfws.VerifyToken(func(_ context.Context, token string) (ws.Identity, error) {
		found, ok := all[token]
		if !ok {
			return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "no such token")
		}
		identity := ws.Identity{User: found.user}
		if found.life != 0 {
			identity.Expires = time.Now().Add(found.life)
		}
		return identity, found.err
	})
}

func authCall(id, token string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"auth","params":{"token":%q}}`, id, token)
}

// callAuth makes the call and returns its answer.
func (p *peer) callAuth(token string) *gjson.Json {
	p.t.Helper()
	p.send(websocket.TextMessage, authCall("7", token))
	return p.expectAnswer("7")
}

// expectAnswer reads a message, which must answer the call of that id.
func (p *peer) expectAnswer(id string) *gjson.Json {
	p.t.Helper()
	answer := p.expectJSON()
	if answer.Get("jsonrpc").String() != "2.0" || answer.Get("id").String() != id {
		p.t.Fatalf("got %s", answer.MustToJsonString())
	}
	return answer
}

func (p *peer) expectJSON() *gjson.Json {
	p.t.Helper()
	_ = p.SetReadDeadline(time.Now().Add(patience))
	kind, data, err := p.ReadMessage()
	if err != nil || kind != websocket.TextMessage {
		p.t.Fatalf("got %d %q, %v", kind, data, err)
	}
	return gjson.New(string(data))
}

// told counts what a handler of the host's hears.
type told struct{ opens, messages, closes chan string }

func newTold() *told {
	return &told{make(chan string, 16), make(chan string, 16), make(chan string, 16)}
}

func (h *told) OnOpen(_ context.Context, s *ws.Session) error {
	h.opens <- s.User()
	return s.Send(ws.TextMessage("welcome " + s.User()))
}

func (h *told) OnMessage(_ context.Context, s *ws.Session, m ws.Message) error {
	h.messages <- string(m.Data)
	return s.Reply(ws.TextMessage("user " + s.User()))
}

func (h *told) OnClose(_ context.Context, _ *ws.Session, c ws.Close) { h.closes <- c.Code.String() }

// TestFirstMessage opens mute, and goes on once the token was good.
func TestFirstMessage(t *testing.T) {
	withConfiguration(t, muteNode)
	handler := newTold()
	h := startHost(t, gfws.New(gfws.Handle(handler), tickets(map[string]ticket{"good": {user: "42", life: time.Hour}})))
	p := h.dial("/ws")
	hub := gfws.InstanceOf(h.Server).Hub()
	waitFor(t, "the session", func() bool { return hub.Len() == 1 })
	if n, err := hub.All().Send(ws.TextMessage("for members")); n != 0 || err != nil {
		t.Errorf("a mute session was sent to: %d, %v", n, err)
	}
	answer := p.callAuth("good")
	expires, err := time.Parse(time.RFC3339, answer.Get("result.expires").String())
	if answer.Get("result.user").String() != "42" || err != nil || expires.Before(time.Now()) {
		t.Errorf("answered %s", answer.MustToJsonString())
	}
	p.expect(websocket.TextMessage, "welcome 42")
	p.expectUser("42")
	if n, err := hub.All().Send(ws.TextMessage("for members")); n != 1 || err != nil {
		t.Errorf("to all: %d, %v", n, err)
	}
	p.expect(websocket.TextMessage, "for members")
	p.closeWith(4001, "bye")
	if user := receive(t, "OnOpen", handler.opens); user != "42" {
		t.Errorf("OnOpen got %q", user)
	}
	receive(t, "OnClose", handler.closes)
	if len(handler.opens) > 0 || len(handler.messages) != 1 || len(handler.closes) > 0 {
		t.Errorf("the host was told %d more opens, %d messages, %d more closes", len(handler.opens), len(handler.messages), len(handler.closes))
	}
}

// TestFirstMessageRefused sends as a first message what does not authenticate:
// the host hears nothing of the session.
func TestFirstMessageRefused(t *testing.T) {
	withConfiguration(t, muteNode)
	handler := newTold()
	h := startHost(t, gfws.New(gfws.Handle(handler),
		tickets(map[string]ticket{
			"good": {user: "42"}, "nobody": {}, "busy": {err: gerror.NewCode(gcode.CodeServerBusy, "try later")},
			"banned": {user: "banned"}, "secret-reason": {err: errors.New("no row in table tokens")},
		}),
		gfws.Authorize(func(_ context.Context, identity ws.Identity, h ws.Handshake) error {
			if identity.User == "banned" {
				return gerror.New("you are banned from " + h.Path)
			}
			return nil
		})))
	for _, c := range []struct {
		name    string
		kind    int
		message string
		code    ws.Code
		answer  gcode.Code // nil for none
		reason  string
	}{
		{"bad token", websocket.TextMessage, authCall("1", "bad"), ws.CodeUnauthorized, gcode.CodeNotAuthorized, "no such token"},
		{"token of nobody", websocket.TextMessage, authCall("1", "nobody"), ws.CodeUnauthorized, gcode.CodeNotAuthorized, "names no user"},
		{"empty token", websocket.TextMessage, authCall("1", ""), ws.CodeUnauthorized, gcode.CodeNotAuthorized, "needs a token"},
		{"no params", websocket.TextMessage, `{"jsonrpc":"2.0","id":1,"method":"auth"}`, ws.CodeUnauthorized, gcode.CodeNotAuthorized, "needs a token"},
		{"params of another type", websocket.TextMessage, `{"jsonrpc":"2.0","id":1,"method":"auth","params":[1]}`, ws.CodeUnauthorized, gcode.CodeNotAuthorized, "needs a token"},
		{"notification", websocket.TextMessage, `{"jsonrpc":"2.0","method":"auth","params":{"token":"bad"}}`, ws.CodeUnauthorized, nil, "no such token"},
		{"reason that is nobody's business", websocket.TextMessage, authCall("1", "secret-reason"), ws.CodeUnauthorized, gcode.CodeNotAuthorized, "credentials are not valid"},
		{"known, and not allowed", websocket.TextMessage, authCall("1", "banned"), ws.CodeForbidden, gcode.CodeSecurityReason, "banned from /ws"},
		{"tokens cannot be verified", websocket.TextMessage, authCall("1", "busy"), ws.CodeTryAgainLater, gcode.CodeServerBusy, "try later"},
		{"another message", websocket.TextMessage, "hello", ws.CodeUnauthorized, nil, "authenticate first"},
		{"another call", websocket.TextMessage, `{"jsonrpc":"2.0","id":1,"method":"room.say"}`, ws.CodeUnauthorized, nil, "authenticate first"},
		{"batch", websocket.TextMessage, "[" + authCall("1", "good") + "]", ws.CodeUnauthorized, nil, "authenticate first"},
		{"binary", websocket.BinaryMessage, authCall("1", "good"), ws.CodeUnauthorized, nil, "authenticate first"},
		{"other version", websocket.TextMessage, `{"id":1,"method":"auth","params":{"token":"good"}}`, ws.CodeUnauthorized, nil, ""},
		{"no JSON", websocket.TextMessage, `{"method":"auth"`, ws.CodeUnauthorized, nil, "authenticate first"},
		{"too long", websocket.TextMessage, authCall("1", strings.Repeat("x", 40<<10)), ws.CodeUnauthorized, nil, "authenticate first"},
	} {
		p := h.dial("/ws")
		p.send(c.kind, c.message)
		if c.answer != nil {
			answer := p.expectAnswer("1")
			if answer.Get("error.code").Int() != c.answer.Code() || !strings.Contains(answer.Get("error.message").String(), c.reason) {
				t.Errorf("%s: answered %s", c.name, answer.MustToJsonString())
			}
		}
		p.expectClose(int(c.code), c.reason)
	}
	hub := gfws.InstanceOf(h.Server).Hub()
	waitFor(t, "the sessions to end", func() bool { return hub.Len() == 0 })
	if len(handler.opens)+len(handler.messages)+len(handler.closes) > 0 {
		t.Error("the host was told of a session that has not authenticated")
	}
}

// TestFirstMessageInTime closes who says nothing.
func TestFirstMessageInTime(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [first-message], timeout: 20ms}\n")
	h := startHost(t, gfws.New(gfws.Handle(newTold()), tickets(nil)))
	h.dial("/ws").expectClose(int(ws.CodeUnauthorized), "not authenticated in time")
}

// TestAuthenticatedInTime holds that the time to authenticate does not end a
// session that has.
func TestAuthenticatedInTime(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [first-message], timeout: 15s, warning: off}\n")
	h := startHost(t, gfws.New(gfws.Handle(newTold()), tickets(map[string]ticket{
		"endless": {user: "42"}, "ending": {user: "42", life: 50 * time.Millisecond},
	})))
	p := h.dial("/ws")
	p.callAuth("ending")
	// What ends it now is its identity, not the time to authenticate.
	p.expectClose(int(ws.CodeUnauthorized), "has expired")
	p = h.dial("/ws")
	p.callAuth("endless")
	p.expect(websocket.TextMessage, "welcome 42")
	p.expectUser("42")
}

// TestExpiry warns, then closes.
func TestExpiry(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer], warning: 1h}\n")
	h := startHost(t, gfws.New(gfws.Handle(whoami()), tickets(map[string]ticket{"short": {user: "42", life: 30 * time.Millisecond}})))
	p := h.dial("/ws", "Authorization", "Bearer short")
	warning := p.expectJSON()
	_, err := time.Parse(time.RFC3339, warning.Get("params.expires").String())
	if warning.Get("method").String() != "auth.expiring" || warning.Contains("id") || err != nil || !warning.Contains("params.seconds") {
		t.Errorf("warned with %s", warning.MustToJsonString())
	}
	p.expectClose(int(ws.CodeUnauthorized), "has expired")
}

// TestAuthenticatingAgain renews an identity that is about to end, for the same
// user and for nobody else.
func TestAuthenticatingAgain(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer, first-message], warning: 2h}\n")
	handler := newTold()
	h := startHost(t, gfws.New(gfws.Handle(handler), tickets(map[string]ticket{
		"hour": {user: "42", life: time.Hour}, "endless": {user: "42"}, "short": {user: "42", life: 30 * time.Millisecond}, "other": {user: "43"},
	})))
	p := h.dial("/ws", "Authorization", "Bearer hour")
	// The warning and the welcome may come in either order.
	for range 2 {
		_ = p.SetReadDeadline(time.Now().Add(patience))
		if _, data, err := p.ReadMessage(); err != nil || string(data) != "welcome 42" && !strings.Contains(string(data), `"auth.expiring"`) {
			t.Fatalf("got %q, %v", data, err)
		}
	}
	if answer := p.callAuth("endless"); answer.Get("result.user").String() != "42" || answer.Contains("result.expires") {
		t.Errorf("answered %s", answer.MustToJsonString())
	}
	p.expectUser("42")
	if answer := p.callAuth("short"); !answer.Contains("result.expires") {
		t.Errorf("answered %s", answer.MustToJsonString())
	}
	p.expectClose(int(ws.CodeUnauthorized), "has expired")

	p = h.dial("/ws", "Authorization", "Bearer endless")
	p.expect(websocket.TextMessage, "welcome 42")
	if answer := p.callAuth("other"); answer.Get("error.code").Int() != gcode.CodeSecurityReason.Code() {
		t.Errorf("answered %s", answer.MustToJsonString())
	}
	p.expectClose(int(ws.CodeForbidden), "another user")
	if len(handler.opens) != 2 || len(handler.messages) != 1 {
		t.Errorf("the host was told of %d sessions and %d messages", len(handler.opens), len(handler.messages))
	}
}

// TestStrangerAuthenticatesLater lets strangers in, who may say later who they
// are.
func TestStrangerAuthenticatesLater(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [first-message], required: false}\n")
	h := startHost(t, gfws.New(gfws.Handle(whoami()), tickets(map[string]ticket{"good": {user: "42"}})))
	p := h.dial("/ws")
	p.expectUser("")
	p.callAuth("good")
	p.expectUser("42")
}

// TestAuthIsTheHostsWithoutIt leaves a message of that name to the host where
// the method is off.
func TestAuthIsTheHostsWithoutIt(t *testing.T) {
	h := startHost(t, gfws.New())
	h.dial("/ws").echo(websocket.TextMessage, authCall("1", "x"))
}

// TestAcceptWaitsForTheFirstMessage holds that a loop of the host's own begins
// with somebody who is known.
func TestAcceptWaitsForTheFirstMessage(t *testing.T) {
	withConfiguration(t, muteNode)
	refused := make(chan error, 4)
	loop := func(r *ghttp.Request) {
		conn, err := gfws.Accept(r)
		if err != nil {
			refused <- err
			return
		}
		_ = conn.WriteMessage(websocket.TextMessage, []byte("welcome "+conn.Session().User()))
		for {
			kind, data, err := conn.ReadMessage()
			if err != nil {
				return
			}
			_ = conn.WriteMessage(kind, data)
		}
	}
	h := startLoop(t, loop, gfws.New(gfws.Path(), tickets(map[string]ticket{"good": {user: "42"}})))
	p := h.dial("/loop")
	if answer := p.callAuth("good"); answer.Get("result.user").String() != "42" {
		t.Errorf("answered %s", answer.MustToJsonString())
	}
	p.expect(websocket.TextMessage, "welcome 42")
	p.echo(websocket.TextMessage, "hello word")
	p.callAuth("good") // again, which the loop does not see
	p.echo(websocket.BinaryMessage, "hello word")
	p.closeWith(1000, "")

	p = h.dial("/loop")
	p.callAuth("bad")
	p.expectClose(int(ws.CodeUnauthorized), "no such token")
	p = h.dial("/loop")
	p.send(websocket.TextMessage, "hello")
	p.expectClose(int(ws.CodeUnauthorized), "authenticate first")
	p = h.dial("/loop")
	_ = p.Close() // gone before it has said anything
	for range 3 {
		if err := receive(t, "a refusal", refused); gerror.Code(err) != gcode.CodeNotAuthorized {
			t.Errorf("got %v", err)
		}
	}
}
