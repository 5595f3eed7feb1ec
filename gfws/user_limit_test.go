package gfws_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestUserLimitAtTheHandshake refuses the one connection too many of a user who
// is known before the upgrade.
func TestUserLimitAtTheHandshake(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer]}\n  connections: {user: 1}\n")
	plugin := gfws.New(tickets(map[string]ticket{"a": {user: "ann"}, "b": {user: "bob"}}))
	h := startHost(t, plugin)
	first := h.dial("/ws", "Authorization", "Bearer a")
	for range 3 {
		p, res, body := h.tryDial("/ws", "Authorization", "Bearer a")
		if p != nil {
			t.Fatal("one too many was let in")
		}
		expectRefusal(t, res, body, http.StatusTooManyRequests, gcode.CodeSecurityReason, "1 connections of a user")
	}
	h.dial("/ws", "Authorization", "Bearer b")
	first.closeWith(websocket.CloseNormalClosure, "")
	waitFor(t, "the place", func() bool { return plugin.Stats().Connections == 1 })
	h.dial("/ws", "Authorization", "Bearer a").echo(websocket.TextMessage, "hello")
	if n := plugin.Stats().Refused["connections-user"]; n != 3 {
		t.Errorf("%d refusals were counted", n)
	}
}

// TestUserLimitInTheFirstMessage refuses the call of the one too many before it
// becomes a session of that user, to a handler and to a loop alike.
func TestUserLimitInTheFirstMessage(t *testing.T) {
	withConfiguration(t, muteNode+"  connections: {user: 1}\n")
	handler := newTold()
	h := startLoop(t, echoLoop, gfws.New(gfws.Handle(handler), tickets(map[string]ticket{"a": {user: "ann"}})))
	first := h.dial("/ws")
	first.callAuth("a")
	first.expect(websocket.TextMessage, "welcome ann")
	for _, path := range []string{"/ws", "/loop"} {
		second := h.dial(path)
		if answer := second.callAuth("a"); answer.Get("error.code").Int() != gcode.CodeSecurityReason.Code() {
			t.Errorf("%s: answered %s", path, answer.MustToJsonString())
		}
		second.expectClose(websocket.ClosePolicyViolation, "1 connections of a user")
	}
	first.expectUser("ann")
	if len(handler.opens) != 1 {
		t.Errorf("the host was told of %d sessions", len(handler.opens))
	}
}

// TestFloodOfAUserIsClosed holds that the connections of one user share a rate,
// wherever they come from, and nobody else has it.
func TestFloodOfAUserIsClosed(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer]}\n  rate: {user: {messages: 10}}\n")
	plugin := gfws.New(tickets(map[string]ticket{"a": {user: "ann"}, "b": {user: "bob"}}))
	h := startHost(t, plugin)
	bob := h.dial("/ws", "Authorization", "Bearer b")
	ann := []*peer{h.dial("/ws", "Authorization", "Bearer a"), h.dial("/ws", "Authorization", "Bearer a")}
	for range 200 {
		for _, p := range ann {
			_ = p.WriteMessage(websocket.TextMessage, []byte("x")) // one may be closed already
		}
	}
	waitFor(t, "a close", func() bool { return plugin.Stats().Closed["rate-user"] > 0 })
	bob.echo(websocket.TextMessage, "hello")
}

// TestAuthenticationIsCounted holds the words for what the guard refuses.
func TestAuthenticationIsCounted(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer, first-message], timeout: 10s, warning: off}\n")
	own := &logs{}
	plugin := gfws.New(gfws.Logger(own.logger()), tickets(map[string]ticket{"short": {user: "ann", life: 30 * time.Millisecond}}))
	h := startHost(t, plugin)
	h.tryDial("/ws", "Authorization", "Bearer secret")
	p := h.dial("/ws")
	p.callAuth("secret")
	p.expectClose(int(ws.CodeUnauthorized), "")
	h.dial("/ws", "Authorization", "Bearer short").expectClose(int(ws.CodeUnauthorized), "has expired")
	waitFor(t, "the audit", func() bool {
		return plugin.Stats().Refused["unauthorized"] == 1 && plugin.Stats().Closed["unauthorized"] == 2
	})
	if strings.Contains(own.String(), "secret") || strings.Contains(own.String(), "short") {
		t.Errorf("a token is in the log:\n%s", own)
	}
}

// TestSignedAuthentication holds that the call auth may, and must, come in an
// envelope where messages do.
func TestSignedAuthentication(t *testing.T) {
	withConfiguration(t, muteNode+"  signature: {keys: [\""+signingKey+"\"]}\n")
	h := startLoop(t, echoLoop, gfws.New(tickets(map[string]ticket{"a": {user: "ann"}})))
	for _, path := range []string{"/ws", "/loop"} {
		p := h.dial(path)
		p.send(websocket.TextMessage, sign(t, signingKey, ws.TextMessage(authCall("7", "a"))))
		p.expectAnswer("7")
		p.send(websocket.TextMessage, sign(t, signingKey, ws.TextMessage("hello")))
		p.expect(websocket.TextMessage, "hello")
		p = h.dial(path)
		p.send(websocket.TextMessage, authCall("7", "a"))
		p.expectClose(websocket.ClosePolicyViolation, "no signed envelope")
	}
}
