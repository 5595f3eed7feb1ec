package ws_test

import (
	"context"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

var quick = ws.Config{PingInterval: 50 * time.Millisecond, PongTimeout: 200 * time.Millisecond}

// TestSilentPeerIsPingedAndDropped never answers the ping.
func TestSilentPeerIsPingedAndDropped(t *testing.T) {
	s := serve(t, quick, echo)
	p := s.connect(t)
	began := time.Now()
	p.expect(frame{fin: true, opcode: opPing})
	got := waitFor(t, "OnClose", s.closed)
	if got.Code != ws.CodeAbnormal || got.By != ws.ByNetwork || got.Err == nil {
		t.Errorf("OnClose got %+v, want 1006 by the network with its cause", got)
	}
	if took := time.Since(began); took < quick.PongTimeout || took > quick.PingInterval+quick.PongTimeout+time.Second {
		t.Errorf("dropped after %s", took)
	}
}

// TestPeerThatAnswersStays is silent but for its pongs.
func TestPeerThatAnswersStays(t *testing.T) {
	s := serve(t, quick, echo)
	p := s.connect(t)
	for range 10 {
		p.expect(frame{fin: true, opcode: opPing})
		p.sendFrames(frame{fin: true, opcode: opPong})
	}
	if len(s.closed) != 0 {
		t.Error("a peer that answers was closed")
	}
}

// TestSlowHandlerIsNotASilentPeer blocks the handler for longer than a ping and
// its answer may take: melody cuts such a peer.
func TestSlowHandlerIsNotASilentPeer(t *testing.T) {
	release := make(chan struct{})
	s := serve(t, quick, func(_ context.Context, s *ws.Session, m ws.Message) error {
		<-release
		return s.Reply(m)
	})
	conn := s.dial(t)
	if err := conn.WriteMessage(1, []byte("slow")); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(3*(quick.PingInterval+quick.PongTimeout), func() { close(release) })
	defer timer.Stop()
	if _, data, err := conn.ReadMessage(); err != nil || string(data) != "slow" {
		t.Fatalf("got %q, %v", data, err)
	}
}

// TestHeartbeatOff sends no ping.
func TestHeartbeatOff(t *testing.T) {
	s := serve(t, ws.Config{PingInterval: ws.Off}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	_ = p.conn.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if f, err := p.next(); err == nil {
		t.Errorf("got frame %+v", f)
	}
	if err := session.Context().Err(); err != nil {
		t.Error("the session ended")
	}
}
