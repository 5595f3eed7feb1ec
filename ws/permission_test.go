package ws_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// serveOpening serves sessions that all open as opening says.
func serveOpening(t *testing.T, opening ws.Opening, handler ws.Handler) *server {
	t.Helper()
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{hub: hub, opened: make(chan *ws.Session, 16), closed: make(chan ws.Close, 16)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, opening, &watched{handler, s}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		s.Server.Close()
	})
	return s
}

// TestMuteSession holds that nothing reaches a mute session but replies, and
// that it gets everything once it may.
func TestMuteSession(t *testing.T) {
	s := serveOpening(t, ws.Opening{Mute: true}, ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
		if string(m.Data) == "unmute" {
			s.Unmute()
		}
		return s.Reply(m)
	}})
	p := s.connect(t)
	session := waitFor(t, "session", s.opened)
	prepared, err := ws.Prepare(ws.TextMessage("prepared"))
	if err != nil {
		t.Fatal(err)
	}
	pushes := map[string]func() error{
		"Send":         func() error { return session.Send(ws.TextMessage("sent")) },
		"SendPrepared": func() error { return session.SendPrepared(prepared) },
	}
	for name, push := range pushes {
		if err = push(); !errors.Is(err, ws.ErrMute) || !session.Muted() {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err = session.Join("lobby"); !errors.Is(err, ws.ErrMute) {
		t.Errorf("Join: got %v", err)
	}
	audiences := map[string]ws.Audience{
		"All": s.hub.All(), "Sessions": s.hub.Sessions(session.ID()), "User": s.hub.User("ann"),
	}
	session.SetIdentity(ws.Identity{User: "ann"})
	for name, a := range audiences {
		queued, err := a.Send(ws.TextMessage("pushed"))
		if queued != 0 || err != nil || a.Len() != 0 || len(a.Members()) != 0 {
			t.Errorf("%s: queued for %d, %v, %d members %v", name, queued, err, a.Len(), a.Members())
		}
	}
	p.sendFrames(frame{fin: true, opcode: opText, payload: "hello"})
	p.expect(frame{fin: true, opcode: opText, payload: "hello"})
	p.sendFrames(frame{fin: true, opcode: opText, payload: "unmute"})
	p.expect(frame{fin: true, opcode: opText, payload: "unmute"})
	if err = session.Send(ws.TextMessage("sent")); err != nil || session.Muted() {
		t.Errorf("after Unmute: got %v", err)
	}
	p.expect(frame{fin: true, opcode: opText, payload: "sent"})
	for name, a := range audiences {
		if queued, err := a.Send(ws.TextMessage(name)); queued != 1 || err != nil || a.Len() != 1 || len(a.Members()) != 1 {
			t.Errorf("%s after Unmute: queued for %d, %v, %d members %v", name, queued, err, a.Len(), a.Members())
		}
		p.expect(frame{fin: true, opcode: opText, payload: name})
	}
	join(t, session, "lobby")
}

// TestMuteSessionIsClosedWithAll holds that nobody escapes who is to leave.
func TestMuteSessionIsClosedWithAll(t *testing.T) {
	s := serveOpening(t, ws.Opening{Mute: true}, ws.HandlerFuncs{})
	p := s.connect(t)
	waitFor(t, "session", s.opened)
	if n, err := s.hub.All().Close(ws.CodeGoingAway, "all"); n != 1 || err != nil {
		t.Errorf("closed %d, %v", n, err)
	}
	p.expectClose(ws.CodeGoingAway)
}

// TestMuteSessionCloses holds that a mute session can be closed and left.
func TestMuteSessionCloses(t *testing.T) {
	s := serveOpening(t, ws.Opening{Mute: true}, ws.HandlerFuncs{})
	p := s.connect(t)
	if err := waitFor(t, "session", s.opened).Close(ws.CodeUnauthorized, "too late"); err != nil {
		t.Fatal(err)
	}
	if reason := p.expectClose(ws.CodeUnauthorized); reason != "too late" {
		t.Errorf("closed with %q", reason)
	}
}

// TestCan holds that the permission of the opening is asked with whom the
// session belongs to at the moment.
func TestCan(t *testing.T) {
	no := errors.New("only for 42")
	can := func(_ context.Context, identity ws.Identity, action string) error {
		if identity.User == "42" && action == "room.say" {
			return nil
		}
		return no
	}
	s := serveOpening(t, ws.Opening{Can: can}, ws.HandlerFuncs{})
	s.connect(t)
	session := waitFor(t, "session", s.opened)
	if err := session.Can(t.Context(), "room.say"); !errors.Is(err, no) {
		t.Errorf("a stranger: got %v", err)
	}
	session.SetIdentity(ws.Identity{User: "42"})
	if err := session.Can(t.Context(), "room.say"); err != nil {
		t.Errorf("42: got %v", err)
	}
	if err := session.Can(t.Context(), "room.close"); !errors.Is(err, no) {
		t.Errorf("42, another action: got %v", err)
	}
}

// TestCanWithoutPermission holds that nothing is forbidden by default.
func TestCanWithoutPermission(t *testing.T) {
	s := serveOpening(t, ws.Opening{}, ws.HandlerFuncs{})
	s.connect(t)
	if err := waitFor(t, "session", s.opened).Can(t.Context(), "anything"); err != nil {
		t.Error(err)
	}
}

// TestOwnCodesAreSendable holds that gfws's own codes may stand in a frame.
func TestOwnCodesAreSendable(t *testing.T) {
	for code, text := range map[ws.Code]string{
		ws.CodeUnauthorized: "4401 (unauthorized)",
		ws.CodeForbidden:    "4403 (forbidden)",
	} {
		if !code.Sendable() || code.String() != text {
			t.Errorf("%s: sendable %v", code, code.Sendable())
		}
	}
}

// TestOnIdentity holds that the opener learns of each new identity once it holds.
func TestOnIdentity(t *testing.T) {
	users := make(chan string, 1)
	s := serveOpening(t, ws.Opening{OnIdentity: func(s *ws.Session) { users <- s.User() }}, ws.HandlerFuncs{})
	s.connect(t)
	session := waitFor(t, "session", s.opened)
	for _, user := range []string{"ann", "ann", ""} {
		session.SetIdentity(ws.Identity{User: user})
		if got := waitFor(t, "OnIdentity", users); got != user {
			t.Errorf("told of %q, want %q", got, user)
		}
	}
}
