package ws

import (
	"errors"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

var (
	// ErrClosed is returned for a session that is closed or closing.
	ErrClosed = gerror.NewCode(gcode.CodeInvalidOperation, "session is closed")
	// ErrQueueFull is returned when the peer is too slow: its queue is full,
	// and it has been closed with 1013.
	ErrQueueFull = gerror.NewCode(gcode.CodeServerBusy, "queue of the session is full")
	// ErrMute is returned for a session that has not authenticated yet.
	ErrMute = gerror.NewCode(gcode.CodeNotAuthorized, "session has not authenticated yet")
	// ErrTooBig is returned for a message that is larger than the whole queue.
	ErrTooBig = gerror.NewCode(gcode.CodeInvalidParameter, "message is larger than the queue of the session")
)

// noDeadline is for gorilla, since our connection has deadlines of its own.
var noDeadline time.Time

// backupDelay is how long a reply may wait for more to share its system call,
// while the handler of the next message runs.
const backupDelay = 200 * time.Microsecond

// Send queues m, copying it, and returns without waiting for the peer. Messages
// of one goroutine leave in order. It fails with [ErrClosed], [ErrQueueFull] or
// [ErrTooBig]; nil means queued, not received, and where the policy is to drop
// not even that.
func (s *Session) Send(m Message) error {
	err := s.queue(outgoing{Message: m})
	s.out.FlushAsync()
	return err
}

// Reply is [Session.Send] for the answer of a handler: it may leave only when
// OnMessage returns, or together with the answers to messages that came with
// this one. That saves system calls.
func (s *Session) Reply(m Message) error {
	err := s.queue(outgoing{Message: m, reply: true})
	if !s.handling.Load() {
		s.out.FlushAsync()
	}
	return err
}

// Close starts the closing handshake and returns: what is queued leaves first,
// then the close frame; when the peer has answered or the close timeout has
// passed, the session ends. The first close decides, a later one does nothing.
//
// It fails for a code that must not be sent, see [Code.Sendable]. A reason of
// more than [MaxReason] bytes is cut.
func (s *Session) Close(code Code, reason string) error {
	if err := code.checkSendable(); err != nil {
		return err
	}
	s.startClose(Close{Code: code, Reason: reason, By: ByServer})
	return nil
}

// outgoing is a message on its way out.
type outgoing struct {
	Message
	reply bool // a mute session gets it too
}

// queue frames m into the output, or does to a peer that is too far behind what
// the policy says.
func (s *Session) queue(m outgoing) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.sendable(m); err != nil {
		return err
	}
	if !s.hasRoom(m.Message) {
		if room, err := s.makeRoom(m.Message); !room {
			return err
		}
	}
	return s.frame(m.Message)
}

// write is queue for a caller that may wait for room instead.
func (s *Session) write(m Message) error {
	for {
		s.writing.Lock()
		err := s.sendable(outgoing{Message: m})
		room := s.hasRoom(m)
		if err == nil && room {
			err = s.frame(m)
		}
		s.writing.Unlock()
		if err != nil || room {
			return err
		}
		// Flushing bounds each step, so this ends with a peer that stops reading.
		if err = s.out.Drain(0); err != nil {
			return gerror.WrapCode(gcode.CodeOperationFailed, err, "peer does not read")
		}
	}
}

// sendable tells whether m could be queued if there were room.
func (s *Session) sendable(m outgoing) error {
	if m.Type != Text && m.Type != Binary {
		return gerror.NewCodef(gcode.CodeInvalidParameter, "cannot send a message of %s", m.Type)
	}
	if s.closed {
		return ErrClosed
	}
	if s.mute && !m.reply {
		return ErrMute
	}
	if s.overQueue(len(m.Data)) {
		return ErrTooBig
	}
	return nil
}

func (s *Session) hasRoom(m Message) bool {
	bytes, messages := s.out.Queued()
	return !s.overQueue(bytes+len(m.Data)) && !s.overMessages(messages+1)
}

// frame writes m into the output. s.writing must be held.
func (s *Session) frame(m Message) error {
	if !s.compresses(m) {
		return sendError(s.out.sendMessage(m))
	}
	s.conn.EnableWriteCompression(true)
	s.out.Cork()
	defer s.out.Uncork()
	return sendError(s.conn.WriteMessage(int(m.Type), m.Data))
}

// compresses reports whether m goes out compressed.
func (s *Session) compresses(m Message) bool {
	return s.out.scanner.Deflate() && len(m.Data) >= s.hub.config.Compression.Threshold
}

func sendError(err error) error {
	if err == nil {
		return nil
	}
	return gerror.WrapCode(gcode.CodeInvalidOperation, errors.Join(ErrClosed, err), "send failed")
}

func (s *Session) overQueue(bytes int) bool {
	return s.hub.config.QueueBytes != Unlimited && int64(bytes) > s.hub.config.QueueBytes
}

func (s *Session) overMessages(n int) bool {
	return s.hub.config.QueueMessages != Unlimited && n > s.hub.config.QueueMessages
}

func (s *Session) slowClose() Close {
	return Close{Code: CodeTryAgainLater, Reason: "too slow: the queue is full", By: ByServer, Err: ErrQueueFull}
}

// flushSoon makes sure that a reply that waits for company leaves even when the
// next handler takes its time.
func (s *Session) flushSoon() {
	if s.backup.Swap(true) {
		return
	}
	time.AfterFunc(backupDelay, func() {
		s.backup.Store(false)
		_ = s.out.Flush()
	})
}
