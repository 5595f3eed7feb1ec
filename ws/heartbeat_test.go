package ws_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// The defaults, in short.
const (
	pingInterval = ws.DefaultPingInterval
	pongTimeout  = ws.DefaultPongTimeout
)

// TestSilentPeerIsPingedAndDropped never answers the ping, and is gone within
// a second of the time it had.
func TestSilentPeerIsPingedAndDropped(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{}, echo)
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		began := time.Now()
		p.expect(frame{fin: true, opcode: opPing})
		if took := time.Since(began); took < pingInterval || took > pingInterval+time.Second {
			t.Errorf("pinged after %s of silence", took)
		}
		got := <-s.closed
		if got.Code != ws.CodeAbnormal || got.By != ws.ByNetwork || got.Err == nil {
			t.Errorf("OnClose got %+v, want 1006 by the network with its cause", got)
		}
		if took := time.Since(began); took < pingInterval+pongTimeout || took > pingInterval+pongTimeout+time.Second {
			t.Errorf("dropped after %s", took)
		}
	})
}

// TestBlackHoledPeerIsDropped takes nothing any more, not even the ping, right
// after it was heard.
func TestBlackHoledPeerIsDropped(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{}, echo)
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		time.Sleep(pingInterval / 2)
		p.sendFrames(frame{fin: true, opcode: opText, payload: "the last of it"})
		p.expect(frame{fin: true, opcode: opText, payload: "the last of it"})
		began := time.Now()
		if got := <-s.closed; got.Code != ws.CodeAbnormal || got.By != ws.ByNetwork {
			t.Errorf("OnClose got %+v, want 1006 by the network", got)
		}
		if took := time.Since(began); took > pingInterval+pongTimeout+time.Second {
			t.Errorf("dropped after %s", took)
		}
	})
}

// TestPeerThatAnswersStays is silent but for its pongs, which come at the last
// moment.
func TestPeerThatAnswersStays(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{}, echo)
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		for range 100 {
			p.expect(frame{fin: true, opcode: opPing})
			time.Sleep(pongTimeout - time.Millisecond)
			p.sendFrames(frame{fin: true, opcode: opPong})
		}
		synctest.Wait()
		if len(s.closed) != 0 {
			t.Errorf("a peer that answers was closed: %s", <-s.closed)
		}
	})
}

// TestSlowHandlerIsNotASilentPeer blocks the handler for much longer than a ping
// and its answer may take: melody cuts such a peer.
func TestSlowHandlerIsNotASilentPeer(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		const work = 10 * (pingInterval + pongTimeout)
		s := serveOnPipes(t, ws.Config{}, func(_ context.Context, s *ws.Session, m ws.Message) error {
			time.Sleep(work)
			return s.Reply(m)
		})
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		p.sendFrames(frame{fin: true, opcode: opText, payload: "slow"})
		pings := 0
		f := p.read()
		for ; f.opcode == opPing; f = p.read() {
			pings++ // whatever it answers is not read before the handler is done
		}
		if f.payload != "slow" {
			t.Fatalf("got %+v", f)
		}
		if want := int(work / pingInterval); pings < want-1 {
			t.Errorf("%d pings in %s keep no way open, want about %d", pings, work, want)
		}
	})
}

// TestHeartbeatOff sends no ping in a day.
func TestHeartbeatOff(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{PingInterval: ws.Off}, echo)
		p := s.connect(t)
		session := <-s.opened
		_ = p.conn.SetDeadline(time.Now().Add(24 * time.Hour))
		if f, err := p.next(); err == nil {
			t.Errorf("got frame %+v", f)
		}
		if err := session.Context().Err(); err != nil {
			t.Error("the session ended")
		}
	})
}
