package gfws_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// sharedSecret is what tests sign tokens with.
const sharedSecret = "0123456789abcdef0123456789abcdef"

// signToken makes a token by hand, so that the tests do not judge golang-jwt by
// itself. It ends after lifetime.
func signToken(t *testing.T, user string, lifetime time.Duration) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"sub": user, "exp": time.Now().Add(lifetime).Unix()})
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(body)
	mac := hmac.New(sha256.New, []byte(sharedSecret))
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

// authNode is a configuration that takes signToken's tokens by methods.
func authNode(methods, more string) string {
	return fmt.Sprintf(`websocket:
  subprotocols: ["v1"]
  auth:
    methods: [%s]
    jwt: {algorithms: ["HS256"], secret: %q}
    %s
`, methods, sharedSecret, more)
}

// whoami answers each message with whom the session belongs to.
func whoami() ws.Handler {
	return ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
		return s.Reply(ws.TextMessage("user " + s.User()))
	}}
}

// expectUser asks the server who it takes p for.
func (p *peer) expectUser(user string) {
	p.t.Helper()
	p.send(websocket.TextMessage, "?")
	p.expect(websocket.TextMessage, "user "+user)
}

// TestAuthenticationAtTheHandshake sends tokens in every way over a socket.
func TestAuthenticationAtTheHandshake(t *testing.T) {
	withConfiguration(t, authNode(`bearer, subprotocol, cookie, query`, `cookie: "token"`))
	h := newHost(t)
	h.SetAccessLogEnabled(true)
	logs := &logs{}
	var kept []string
	h.Plugin(gfws.New(gfws.Logger(logs.logger()), gfws.Handle(ws.HandlerFuncs{
		Open: func(_ context.Context, s *ws.Session) error {
			kept = append(kept, fmt.Sprintf("%+v", s.Handshake()))
			return nil
		},
		Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
			return s.Reply(ws.TextMessage("user " + s.User()))
		},
	})))
	h.start()
	good, expired := signToken(t, "42", time.Hour), signToken(t, "42", -time.Hour)
	forged := good[:len(good)-3] + "AAA"
	cases := []struct {
		name, path string
		header     []string
		status     int // 0 for let in
		challenge  string
	}{
		{"header", "/ws", []string{"Authorization", "Bearer " + good}, 0, ""},
		{"subprotocol", "/ws", []string{"Sec-WebSocket-Protocol", "v1, bearer." + good}, 0, ""},
		{"subprotocol, the token first", "/ws", []string{"Sec-WebSocket-Protocol", "bearer." + good + ", v1"}, 0, ""},
		{"subprotocol, the token alone", "/ws", []string{"Sec-WebSocket-Protocol", "bearer." + good}, 0, ""},
		{"cookie", "/ws", []string{"Cookie", "token=" + good}, 0, ""},
		{"query", "/ws?access_token=" + good + "&room=1", nil, 0, ""},
		{"nothing", "/ws", nil, 401, `Bearer realm="default"`},
		{"expired", "/ws", []string{"Authorization", "Bearer " + expired}, 401, `error="invalid_token", error_description="the token has expired"`},
		{"forged in the header", "/ws", []string{"Authorization", "Bearer " + forged}, 401, `error="invalid_token"`},
		{"forged in the subprotocol", "/ws", []string{"Sec-WebSocket-Protocol", "v1, bearer." + forged}, 401, `error="invalid_token"`},
		{"forged in the cookie", "/ws", []string{"Cookie", "token=" + forged}, 401, `error="invalid_token"`},
		{"forged in the query", "/ws?access_token=" + forged, nil, 401, `error="invalid_token"`},
		{"twice in the query", "/ws?access_token=" + good + "&access_token=" + good, nil, 400, `error="invalid_request"`},
		{"of a page elsewhere", "/ws?access_token=" + good, []string{"Origin", "https://evil.com", "Cookie", "token=" + good}, 403, ""},
	}
	for _, c := range cases {
		p, res, body := h.tryDial(c.path, c.header...)
		if (p != nil) != (c.status == 0) {
			t.Errorf("%s: answered with %s: %s", c.name, res.Status, body)
			continue
		}
		if p == nil {
			if challenge := res.Header.Get("WWW-Authenticate"); res.StatusCode != c.status || !strings.Contains(challenge, c.challenge) {
				t.Errorf("%s: got %s, challenge %q", c.name, res.Status, challenge)
			}
			continue
		}
		if chosen := res.Header.Get("Sec-WebSocket-Protocol"); strings.Contains(chosen, "bearer") {
			t.Errorf("%s: the token was agreed on: %q", c.name, chosen)
		}
		p.expectUser("42")
		p.closeWith(1000, "")
	}
	waitFor(t, "every request to be logged", func() bool { return strings.Count(h.logs.String(), h.addr+" /ws") >= len(cases) })
	waitFor(t, "the sessions to end", func() bool { return gfws.InstanceOf(h.Server).Hub().Len() == 0 })
	all := strings.Join(append(kept, logs.String(), h.logs.String()), "\n")
	if !strings.Contains(all, "/ws?room=1") {
		t.Error("the access log was not written")
	}
	for _, token := range []string{good, expired, forged} {
		if strings.Contains(all, token) || strings.Contains(all, token[len(token)-20:]) {
			t.Errorf("a token is in the logs or in a handshake:\n%s", all)
		}
	}
}

// TestRefusalIsInGoFramesForm compares a 401 and a 403 with what clients of
// GoFrame expect.
func TestRefusalIsInGoFramesForm(t *testing.T) {
	withConfiguration(t, authNode("bearer", ""))
	own := gcode.New(77001, "", nil)
	h := startHost(t, gfws.New(gfws.Authorize(func(_ context.Context, identity ws.Identity, _ ws.Handshake) error {
		if identity.User == "banned" {
			return gerror.NewCode(own, "you are banned")
		}
		return nil
	})))
	_, res, body := h.tryDial("/ws")
	expectRefusal(t, res, body, http.StatusUnauthorized, gcode.CodeNotAuthorized, "no credentials")
	_, res, body = h.tryDial("/ws", "Authorization", "Bearer "+signToken(t, "banned", time.Hour))
	expectRefusal(t, res, body, http.StatusForbidden, own, "you are banned")
	h.dial("/ws", "Authorization", "Bearer "+signToken(t, "42", time.Hour)).echo(websocket.TextMessage, "let in")
}

// TestSessionOfTheHost takes the user from the gf session that the host's own
// login has begun.
func TestSessionOfTheHost(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [session], session: uid}\n")
	h := newHost(t)
	h.BindHandler("/login", func(r *ghttp.Request) { r.Session.MustSet("uid", 42) })
	h.BindHandler("/odd", func(r *ghttp.Request) { r.Session.MustSet("uid", map[string]any{"id": 42}) })
	h.BindHandler("/logout", func(r *ghttp.Request) { r.Session.MustSet("uid", 0) })
	h.BindHandler("/visit", func(r *ghttp.Request) { r.Session.MustSet("seen", true) })
	h.Plugin(gfws.New(gfws.Handle(whoami())))
	h.start()
	cookieOf := func(path string) string {
		res, _ := h.ask(http.MethodGet, path)
		name, value, _ := strings.Cut(strings.Split(res.Header.Get("Set-Cookie"), ";")[0], "=")
		return name + "=" + value
	}
	h.dial("/ws", "Cookie", cookieOf("/login")).expectUser("42")
	_, res, _ := h.tryDial("/ws", "Cookie", cookieOf("/odd"))
	if res.StatusCode != http.StatusInternalServerError {
		t.Errorf("a session with something else than an id: got %s", res.Status)
	}
	for _, cookie := range []string{cookieOf("/visit"), cookieOf("/logout"), "gfsessionid=made-up", ""} {
		if p, res, _ := h.tryDial("/ws", "Cookie", cookie); p != nil || res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%q: got %s", cookie, res.Status)
		}
	}
}

// TestHostsOwnAuthentication asks functions of the host.
func TestHostsOwnAuthentication(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Handle(whoami()),
		gfws.Authenticate(func(r *ghttp.Request) (ws.Identity, error) {
			return ws.Identity{User: r.Header.Get("X-Device")}, nil
		}),
		gfws.Authenticate(func(r *ghttp.Request) (ws.Identity, error) {
			if r.Header.Get("X-Key") == "bad" {
				return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "unknown key")
			}
			return ws.Identity{User: r.Header.Get("X-Key")}, nil
		})))
	h.dial("/ws", "X-Device", "d1", "X-Key", "bad").expectUser("d1")
	h.dial("/ws", "X-Key", "k1").expectUser("k1")
	_, res, body := h.tryDial("/ws", "X-Key", "bad")
	expectRefusal(t, res, body, http.StatusUnauthorized, gcode.CodeNotAuthorized, "unknown key")
	_, res, body = h.tryDial("/ws")
	expectRefusal(t, res, body, http.StatusUnauthorized, gcode.CodeNotAuthorized, "no credentials")
}

// TestOpaqueTokens lets the host verify tokens itself.
func TestOpaqueTokens(t *testing.T) {
	withConfiguration(t, "websocket:\n  auth: {methods: [bearer], required: false}\n")
	h := startHost(t, gfws.New(gfws.Handle(whoami()), gfws.VerifyToken(func(_ context.Context, token string) (ws.Identity, error) {
		if token != "opaque" {
			return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "no such token")
		}
		return ws.Identity{User: "7"}, nil
	})))
	h.dial("/ws", "Authorization", "Bearer opaque").expectUser("7")
	h.dial("/ws").expectUser("")
	_, res, body := h.tryDial("/ws", "Authorization", "Bearer other")
	expectRefusal(t, res, body, http.StatusUnauthorized, gcode.CodeNotAuthorized, "no such token")
}

// TestAcceptAuthenticates holds that a loop of the host's own gets no stranger.
func TestAcceptAuthenticates(t *testing.T) {
	withConfiguration(t, authNode("bearer", ""))
	h := startLoop(t, accepting(t, func(conn *ws.Conn) {
		_ = conn.WriteMessage(websocket.TextMessage, []byte("user "+conn.Session().User()))
		_, _, _ = conn.ReadMessage()
	}), gfws.New(gfws.Path()))
	p := h.dial("/loop", "Authorization", "Bearer "+signToken(t, "42", time.Hour))
	p.expect(websocket.TextMessage, "user 42")
	p.closeWith(1000, "")
}

// TestAuthorizeMessage asks before each message of a raw endpoint.
func TestAuthorizeMessage(t *testing.T) {
	withConfiguration(t, authNode("bearer", "required: false"))
	h := startHost(t, gfws.New(gfws.Handle(whoami()), gfws.AuthorizeMessage(func(_ context.Context, identity ws.Identity, action string) error {
		if action == "text" || identity.User == "42" {
			return nil
		}
		return gerror.New("not for " + identity.User)
	})))
	p := h.dial("/ws")
	p.expectUser("")
	p.send(websocket.BinaryMessage, "x")
	p.expectClose(int(ws.CodeForbidden), "not for")
	p = h.dial("/ws", "Authorization", "Bearer "+signToken(t, "42", time.Hour))
	p.send(websocket.BinaryMessage, "x")
	p.expect(websocket.TextMessage, "user 42")
}

// named is a handler whose messages are names of what they ask for.
type named struct{ ws.Handler }

func (named) ChecksActions() {}

func (named) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	if err := s.Can(ctx, string(m.Data)); err != nil {
		return s.Reply(ws.TextMessage(err.Error()))
	}
	return s.Reply(ws.TextMessage("done"))
}

// TestHandlerAsksByName holds that a handler which asks by names is not asked
// for by types too.
func TestHandlerAsksByName(t *testing.T) {
	withConfiguration(t, authNode("bearer", "required: false"))
	h := startHost(t, gfws.New(gfws.Handle(named{ws.HandlerFuncs{}}), gfws.AuthorizeMessage(func(_ context.Context, identity ws.Identity, action string) error {
		if action == "room.read" || identity.User == "42" {
			return nil
		}
		return gerror.Newf("%q may not %s", identity.User, action)
	})))
	p := h.dial("/ws")
	p.send(websocket.TextMessage, "room.say")
	p.expect(websocket.TextMessage, `"" may not room.say`)
	p.send(websocket.TextMessage, "room.read")
	p.expect(websocket.TextMessage, "done")
	p = h.dial("/ws", "Authorization", "Bearer "+signToken(t, "42", time.Hour))
	p.send(websocket.TextMessage, "room.say")
	p.expect(websocket.TextMessage, "done")
}
