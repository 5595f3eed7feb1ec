package ws

import (
	"math"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

// ErrSilent is the cause of a [Close] because a ping was not answered in time.
var ErrSilent = gerror.NewCode(gcode.CodeOperationFailed, "peer did not answer the ping in time")

// never is how far a timer is set that must not fire.
const never = time.Duration(math.MaxInt64)

// startHeartbeat makes the one timer of the session. It fires about once in an
// interval and costs nothing in between; once the session closes it measures
// the close timeout instead.
func (s *Session) startHeartbeat() {
	first := s.hub.config.PingInterval
	if first == Off {
		first = never
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.timer = time.AfterFunc(first, s.tick)
}

// tick is what the timer calls.
func (s *Session) tick() {
	s.writing.Lock()
	next, alive := s.beat()
	if alive {
		s.timer.Reset(next)
	}
	s.writing.Unlock()
	if !alive {
		s.cut()
		return
	}
	s.out.FlushAsync()
}

// beat pings a silent peer and returns when to look again, or false for a peer
// whose time is over. While the host's code runs nobody reads, so the peer is
// pinged to keep the way open, but its silence proves nothing. It runs with
// s.writing held.
func (s *Session) beat() (next time.Duration, alive bool) {
	if s.closed {
		return 0, false
	}
	if s.handling.Load() {
		s.pinged = 0
		s.ping()
		return s.hub.config.PingInterval, true
	}
	now, heard := s.hub.now(), s.heard.Load()
	if s.pinged != 0 && heard < s.pinged {
		s.startCloseLocked(Close{Code: CodeAbnormal, By: ByNetwork, Err: ErrSilent})
		return 0, false
	}
	s.pinged = 0
	if silence := time.Duration(now - heard); silence < s.hub.config.PingInterval {
		return s.hub.config.PingInterval - silence, true
	}
	s.pinged = now
	s.ping()
	return s.hub.config.PongTimeout, true
}

// ping queues a ping. s.writing must be held.
func (s *Session) ping() {
	_ = s.conn.WriteControl(websocket.PingMessage, nil, noDeadline)
}
