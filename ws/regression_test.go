package ws_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/syncbuffer"
	"github.com/gfws/gf-websocket/ws"
)

// TestVanishingPeersDoNotFillTheLog resets connections while their echoes are
// being written. A handler that returns what Send returned is no failure.
func TestVanishingPeersDoNotFillTheLog(t *testing.T) {
	log := &syncbuffer.Buffer{}
	logger := glog.New()
	logger.SetWriter(log)
	s := serve(t, ws.Config{Logger: logger}, echo)
	batch := bytes.Repeat(frame{fin: true, opcode: opText, payload: "abc"}.bytes(), 2000)
	const peers = 20
	for range peers {
		p := s.connect(t)
		_, _ = p.conn.Write(batch)
		_ = p.conn.(*net.TCPConn).SetLinger(0)
		_ = p.conn.Close()
	}
	for range peers {
		// 1013 where the queue was full before the reset was noticed.
		if got := waitFor(t, "OnClose", s.closed); got.Code != ws.CodeAbnormal && got.Code != ws.CodeTryAgainLater {
			t.Errorf("OnClose got %s, want 1006 by the network or 1013", got)
		}
	}
	if log.String() != "" {
		t.Errorf("%d bytes were logged: %.300s", len(log.String()), log.String())
	}
}

// TestApplicationsOwn1013KeepsWhatIsQueued closes as a busy application does.
func TestApplicationsOwn1013KeepsWhatIsQueued(t *testing.T) {
	s := serve(t, ws.Config{}, func(_ context.Context, s *ws.Session, _ ws.Message) error {
		if err := s.Send(ws.TextMessage("last words")); err != nil {
			return err
		}
		return &ws.CloseError{Code: ws.CodeTryAgainLater, Reason: "busy"}
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "x"})
	p.expect(frame{fin: true, opcode: opText, payload: "last words"})
	if reason := p.checkClose(p.read(), ws.CodeTryAgainLater); reason != "busy" {
		t.Errorf("reason %q", reason)
	}
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1013, "")})
}

// TestConnCloseWaitsForTheAnswer looks for the end of the stream before the
// peer has answered: there must be none.
func TestConnCloseWaitsForTheAnswer(t *testing.T) {
	s := accept(t, ws.Config{}, func(conn *ws.Conn) {
		go func() { _ = conn.Close() }()
		_, _, _ = conn.ReadMessage()
	})
	p := s.connect(t)
	p.checkClose(p.read(), ws.CodeNormal)
	_ = p.conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if _, err := p.next(); err == nil || !strings.Contains(err.Error(), "timeout") {
		t.Fatalf("before the answer: %v, want silence", err)
	}
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1000, "")})
	if _, err := p.next(); err == nil {
		t.Error("the connection goes on")
	}
}

// TestConnWritesToAPeerThatReadsSlowly takes several times the write timeout in
// all, but never stops for that long.
func TestConnWritesToAPeerThatReadsSlowly(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		const (
			size, count = 256 << 10, 6
			pieces      = 3 * count / 2 // each a little less than one message
		)
		s := acceptOnPipes(t, ws.Config{PingInterval: ws.Off}, func(conn *ws.Conn) {
			for i := range count {
				if err := conn.WriteMessage(websocket.BinaryMessage, make([]byte, size)); err != nil {
					t.Errorf("message %d: %v", i, err)
					return
				}
			}
			_ = conn.Close()
		})
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		piece := make([]byte, count*size/pieces)
		for i := range pieces {
			time.Sleep(ws.DefaultWriteTimeout - time.Second)
			if _, err := io.ReadFull(p.in, piece); err != nil {
				t.Fatalf("piece %d: %v", i, err)
			}
		}
		_, _ = io.Copy(io.Discard, p.in)
	})
}

// TestPeerThatSendsAndDoesNotRead is cut after the write timeout: what it sends
// proves that it is there, and so no ping would find it.
func TestPeerThatSendsAndDoesNotRead(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{PingInterval: ws.Off}, func(_ context.Context, s *ws.Session, m ws.Message) error {
			return s.Send(m)
		})
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		p.sendFrames(frame{fin: true, opcode: opText, payload: "hello"})
		select {
		case c := <-s.closed:
			if c.Code != ws.CodeAbnormal || c.By != ws.ByNetwork {
				t.Errorf("closed as %+v", c)
			}
		case <-time.After(2 * ws.DefaultWriteTimeout):
			t.Error("it is still there")
		}
	})
}

// TestConnThatIsNotReadIsPinged keeps the way to a busy loop open.
func TestConnThatIsNotReadIsPinged(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		release := make(chan struct{})
		s := acceptOnPipes(t, ws.Config{}, func(conn *ws.Conn) { <-release; _ = conn.Close() })
		defer close(release)
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		for range 50 {
			p.expect(frame{fin: true, opcode: opPing})
		}
	})
}
