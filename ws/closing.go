package ws

import (
	"errors"
	"io"

	"github.com/gorilla/websocket"
)

// lingerBytes is how much of what the peer still sends is thrown away while
// its close frame is awaited.
const lingerBytes = 16 << 20

// startClose decides how the session ends, unless that is decided already, and
// queues the close frame.
func (s *Session) startClose(c Close) {
	s.writing.Lock()
	s.startCloseLocked(c)
	s.writing.Unlock()
	s.out.FlushAsync()
}

// startCloseLocked is startClose for a caller that holds s.writing and flushes.
func (s *Session) startCloseLocked(c Close) {
	if s.closed {
		return
	}
	s.closed = true
	c.Reason = TruncateReason(c.Reason)
	if c.By == ByServer && !c.Code.Sendable() {
		c.Code = CodeInternalError
	}
	s.close = c
	if errors.Is(c.Err, ErrQueueFull) {
		s.out.Discard()
	}
	if c.By == ByNetwork {
		return
	}
	_ = s.out.sendClose(closePayload(c))
	s.timer.Reset(s.hub.config.CloseTimeout)
}

// closePayload is the body of the close frame for c. A peer's code is echoed
// without its reason.
func closePayload(c Close) []byte {
	if c.By == ByPeer {
		return websocket.FormatCloseMessage(int(c.Code), "")
	}
	return websocket.FormatCloseMessage(int(c.Code), c.Reason)
}

// shutdown is what Hub.Shutdown does to each session.
func (s *Session) shutdown() {
	s.startClose(Close{Code: CodeGoingAway, Reason: "server is shutting down", By: ByServer})
}

// disconnect breaks the connection, cancels the context and stops the timer.
func (s *Session) disconnect() {
	_ = s.out.Close()
	s.cancel()
	s.writing.Lock()
	s.timer.Stop()
	s.writing.Unlock()
}

// cut disconnects a session whose peer does not answer. Its goroutine notices
// and ends it; a host's own loop may not be reading, so that one is ended here.
func (s *Session) cut() {
	s.disconnect()
	if s.pulled {
		go s.end()
	}
}

// awaitClose receives what is left until the peer's close frame, where no loop
// of the host's does.
func (s *Session) awaitClose() {
	s.reading.Lock()
	defer s.reading.Unlock()
	for {
		_, buffer, err := s.receive()
		if err != nil {
			break
		}
		s.hub.read.put(buffer)
	}
	s.end()
}

// abandon ends a session whose Conn nobody holds any more.
func (s *Session) abandon() {
	s.startClose(Close{Code: CodeGoingAway, Reason: "connection was abandoned", By: ByServer})
	go s.awaitClose()
}

// isClosed reports whether it is decided how the session ends.
func (s *Session) isClosed() bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.closed
}

// bothClosed reports whether the peer's close frame has come, which is all that
// a closing handshake waits for.
func (s *Session) bothClosed() bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.peerClosed
}

// outcome returns how the session ended.
func (s *Session) outcome() Close {
	s.writing.Lock()
	defer s.writing.Unlock()
	if !s.closed {
		return Close{Code: CodeAbnormal, By: ByNetwork}
	}
	return s.close
}

// linger lets the close frame reach the peer before the connection goes: a
// socket closed with input unread is reset, and the reset overtakes the frame.
// So the writing side is shut and what still comes is thrown away, until the
// peer closes or the cut timer fires.
func (s *Session) linger() {
	if s.outcome().By == ByNetwork {
		return
	}
	if err := s.out.Drain(s.hub.config.CloseTimeout); err != nil || s.bothClosed() {
		return
	}
	if half, ok := s.out.Conn.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	_, _ = io.CopyN(io.Discard, s.out.Conn, lingerBytes)
}
