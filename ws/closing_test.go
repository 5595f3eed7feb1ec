package ws_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// TestPeerCloses expects the peer's code back, and then the end of the stream.
func TestPeerCloses(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	tests := []struct {
		name    string
		payload string
		want    ws.Close
	}{
		{"without a code", "", ws.Close{Code: ws.CodeNoStatus, By: ws.ByPeer}},
		{"normal", closePayload(1000, ""), ws.Close{Code: ws.CodeNormal, By: ws.ByPeer}},
		{"with a reason", closePayload(1001, "page left"), ws.Close{Code: ws.CodeGoingAway, Reason: "page left", By: ws.ByPeer}},
		{"of a library", closePayload(3000, ""), ws.Close{Code: 3000, By: ws.ByPeer}},
		{"of an application", closePayload(4999, strings.Repeat("r", 123)), ws.Close{Code: 4999, Reason: strings.Repeat("r", 123), By: ws.ByPeer}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := s.connect(t)
			p.sendFrames(frame{fin: true, opcode: opClose, payload: tt.payload})
			p.expectClose(tt.want.Code)
			if got := waitFor(t, "OnClose", s.closed); got != tt.want {
				t.Errorf("OnClose got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestServerCloses lets the handler close in each way it can.
func TestServerCloses(t *testing.T) {
	boom := errors.New("boom")
	tests := []struct {
		name   string
		handle func(context.Context, *ws.Session, ws.Message) error
		code   ws.Code
		reason string
	}{
		{"Close", func(_ context.Context, s *ws.Session, _ ws.Message) error { return s.Close(4000, "enough") }, 4000, "enough"},
		{"CloseError", func(context.Context, *ws.Session, ws.Message) error {
			return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "no"}
		}, ws.CodePolicyViolation, "no"},
		{"wrapped CloseError", func(context.Context, *ws.Session, ws.Message) error {
			return errors.Join(boom, &ws.CloseError{Code: 4001})
		}, 4001, ""},
		{"CloseError with a code that is never sent", func(context.Context, *ws.Session, ws.Message) error {
			return &ws.CloseError{Code: ws.CodeAbnormal}
		}, ws.CodeInternalError, ""},
		{"error", func(context.Context, *ws.Session, ws.Message) error { return boom }, ws.CodeInternalError, "internal error"},
		{"panic", func(context.Context, *ws.Session, ws.Message) error { panic("boom") }, ws.CodeInternalError, "internal error"},
		{"runtime error", func(_ context.Context, _ *ws.Session, m ws.Message) error {
			m.Data[len(m.Data)] = 1
			return nil
		}, ws.CodeInternalError, "internal error"},
		{"long reason", func(_ context.Context, s *ws.Session, _ ws.Message) error {
			return s.Close(ws.CodeNormal, strings.Repeat("世", 50))
		}, ws.CodeNormal, strings.Repeat("世", 41)},
		{"the first of two", func(_ context.Context, s *ws.Session, _ ws.Message) error {
			_ = s.Close(4000, "first")
			return s.Close(4001, "second")
		}, 4000, "first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, ws.Config{}, tt.handle)
			p := s.connect(t)
			p.sendFrames(frame{fin: true, opcode: opText, payload: "go"})
			f := p.read()
			if reason := p.checkClose(f, tt.code); reason != tt.reason {
				t.Errorf("reason %q, want %q", reason, tt.reason)
			}
			p.sendFrames(frame{fin: true, opcode: opClose, payload: f.payload})
			if _, err := p.next(); err == nil {
				t.Error("the connection goes on after the closing handshake")
			}
			got := waitFor(t, "OnClose", s.closed)
			if got.Code != tt.code || got.Reason != tt.reason || got.By != ws.ByServer {
				t.Errorf("OnClose got %s, want %d %q by the server", got, tt.code, tt.reason)
			}
		})
	}
}

// TestHandlerEndsItsGoroutine calls what t.FailNow does, in each step.
func TestHandlerEndsItsGoroutine(t *testing.T) {
	exit := func() error { runtime.Goexit(); return nil }
	for name, handler := range map[string]ws.HandlerFuncs{
		"OnOpen":    {Open: func(context.Context, *ws.Session) error { return exit() }},
		"OnMessage": {Message: func(context.Context, *ws.Session, ws.Message) error { return exit() }},
	} {
		t.Run(name, func(t *testing.T) {
			s := serveHandler(t, ws.Config{}, handler)
			p := s.connect(t)
			p.sendFrames(frame{fin: true, opcode: opText, payload: "go"})
			p.checkClose(p.read(), ws.CodeInternalError)
			_ = p.conn.Close()
			if got := waitFor(t, "OnClose", s.closed); got.Code != ws.CodeInternalError || got.By != ws.ByServer {
				t.Errorf("OnClose got %s, want 1011 by the server", got)
			}
			waitFor(t, "OnOpen", s.opened)
		})
	}
}

// TestCloseRefusesCodesThatAreNeverSent covers RFC 6455 section 7.4.
func TestCloseRefusesCodesThatAreNeverSent(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	for _, code := range []ws.Code{0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000} {
		if err := session.Close(code, ""); err == nil {
			t.Errorf("Close(%d) was accepted", code)
		}
	}
	p.sendFrames(frame{fin: true, opcode: opText, payload: "still open"})
	p.expect(frame{fin: true, opcode: opText, payload: "still open"})
}

// TestOpenRefuses closes from OnOpen; OnClose still runs.
func TestOpenRefuses(t *testing.T) {
	s := serveHandler(t, ws.Config{CloseTimeout: 100 * time.Millisecond}, ws.HandlerFuncs{Open: func(context.Context, *ws.Session) error {
		return &ws.CloseError{Code: 4403, Reason: "not you"}
	}})
	p := s.connect(t)
	if reason := p.expectClose(4403); reason != "not you" {
		t.Errorf("reason %q", reason)
	}
	if got := waitFor(t, "OnClose", s.closed); got.Code != 4403 {
		t.Errorf("OnClose got %s", got)
	}
}

// TestNothingIsHandledAfterClose sends on after the server's close frame.
func TestNothingIsHandledAfterClose(t *testing.T) {
	handled := make(chan string, 10)
	s := serve(t, ws.Config{}, func(_ context.Context, s *ws.Session, m ws.Message) error {
		handled <- string(m.Data)
		return s.Close(ws.CodeNormal, "")
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "first"}, frame{fin: true, opcode: opText, payload: "second"})
	p.checkClose(p.read(), ws.CodeNormal)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "third"}, frame{fin: true, opcode: opClose, payload: closePayload(1000, "")})
	waitFor(t, "OnClose", s.closed)
	if got := waitFor(t, "message", handled); got != "first" || len(handled) != 0 {
		t.Errorf("handled %q and %d more, want the first only", got, len(handled))
	}
}

// TestPeerVanishes breaks the connection; no frame is made up for it.
func TestPeerVanishes(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	_ = p.conn.Close()
	got := waitFor(t, "OnClose", s.closed)
	if got.Code != ws.CodeAbnormal || got.By != ws.ByNetwork || got.Err == nil {
		t.Errorf("OnClose got %+v, want 1006 by the network with its cause", got)
	}
	select {
	case <-session.Context().Done():
	default:
		t.Error("the context goes on after OnClose")
	}
	if err := session.Send(ws.TextMessage("x")); !errors.Is(err, ws.ErrClosed) {
		t.Errorf("Send after the end: %v, want ErrClosed", err)
	}
}

// TestPeerNeverAnswersClose cuts it after the close timeout.
func TestPeerNeverAnswersClose(t *testing.T) {
	s := serve(t, ws.Config{CloseTimeout: 100 * time.Millisecond}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	if err := session.Close(ws.CodeNormal, "bye"); err != nil {
		t.Fatal(err)
	}
	if got := waitFor(t, "OnClose", s.closed); got.Code != ws.CodeNormal || got.By != ws.ByServer {
		t.Errorf("OnClose got %s", got)
	}
	p.expectClose(ws.CodeNormal)
}

func TestTruncateReason(t *testing.T) {
	tests := []struct{ name, reason, want string }{
		{"short", "bye", "bye"},
		{"as long as may be", strings.Repeat("x", 123), strings.Repeat("x", 123)},
		{"one byte more", strings.Repeat("x", 124), strings.Repeat("x", 123)},
		{"inside a rune", strings.Repeat("x", 122) + "é", strings.Repeat("x", 122)},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ws.TruncateReason(tt.reason); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
