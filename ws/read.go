package ws

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/framescan"
	"github.com/gfws/gf-websocket/utility/utf8stream"
)

// brokenError says that the connection ended without a close frame.
type brokenError struct{ cause error }

func (e *brokenError) Error() string { return "websocket connection is broken: " + e.cause.Error() }
func (e *brokenError) Unwrap() error { return e.cause }

// receive waits for the next message and reads it into a pooled buffer, which
// the caller gives back. While it waits the session holds no buffer but its
// small reader. Its errors are [CloseError] and brokenError.
func (s *Session) receive() (Message, *[]byte, error) {
	if s.reader.Buffered() == 0 {
		if plain, ok := s.out.takePlain(); ok {
			return s.read(&s.out.plain, Type(plain.Opcode))
		}
	}
	opcode, r, err := s.conn.NextReader()
	if err != nil {
		return Message{}, nil, s.readError(err)
	}
	if !s.out.scanner.TakeCompressed() {
		return s.read(r, Type(opcode))
	}
	inflater := s.hub.inflaters.get(r)
	defer s.hub.inflaters.put(inflater)
	return s.read(inflater, Type(opcode))
}

// read reads the message of r.
func (s *Session) read(r io.Reader, typ Type) (Message, *[]byte, error) {
	buffer := s.hub.read.get()
	data, err := s.readAll(r, typ, (*buffer)[:0])
	if err != nil {
		s.hub.read.put(buffer)
		return Message{}, nil, s.readError(err)
	}
	*buffer = data
	return Message{Type: typ, Data: data}, buffer, nil
}

// readAll appends the message to data. It looks at each piece as it comes, so
// that bad text ends the reading at once.
func (s *Session) readAll(r io.Reader, typ Type, data []byte) ([]byte, error) {
	var text utf8stream.Validator
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := r.Read(data[len(data):cap(data)])
		piece := data[len(data) : len(data)+n]
		data = data[:len(data)+n]
		if n > 0 {
			s.heard.Store(s.hub.now())
		}
		if limit := s.hub.config.MaxMessage; limit != Unlimited && int64(len(data)) > limit {
			return nil, framescan.TooBig(limit) // inflated: the scanner bounds the wire
		}
		if typ == Text && !text.Write(piece) {
			return nil, framescan.BadText()
		}
		if err == io.EOF {
			if !text.Complete() {
				return nil, framescan.BadText()
			}
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// readError sorts what ended the reading.
func (s *Session) readError(err error) error {
	var (
		own       *CloseError
		violation *framescan.Violation
		closed    *framescan.Closed
		eof       *websocket.CloseError
	)
	switch {
	case errors.As(err, &own):
		return err
	case errors.As(err, &violation):
		return &CloseError{Code(violation.Code), violation.Reason}
	case errors.As(err, &closed):
		// The scanner took the frame; a host's handler is still gorilla's.
		_ = s.conn.CloseHandler()(closed.Code, closed.Reason)
		return &CloseError{Code(closed.Code), closed.Reason}
	case errors.As(err, &eof):
		return &brokenError{io.ErrUnexpectedEOF} // gorilla's word for it is 1006
	case isFrameError(err):
		return &CloseError{CodeProtocolError, strings.TrimPrefix(err.Error(), gorillaPrefix)}
	default:
		return &brokenError{err}
	}
}

// gorillaPrefix begins gorilla's complaints about frames, which are plain
// errors.
const gorillaPrefix = "websocket: "

func isFrameError(err error) bool {
	var network net.Error
	return strings.HasPrefix(err.Error(), gorillaPrefix) && !errors.As(err, &network)
}

// onPing answers a ping. It queues like any frame, but a peer that pings and
// never reads must not fill the memory.
func (s *Session) onPing(data string) error {
	s.heard.Store(s.hub.now())
	if err := s.askControl(); err != nil {
		return err
	}
	if queued, _ := s.out.Queued(); s.overQueue(queued) {
		s.startClose(s.slowClose())
		return &CloseError{CodeTryAgainLater, "too slow: the queue is full"}
	}
	s.writing.Lock()
	err := s.conn.WriteControl(websocket.PongMessage, []byte(data), noDeadline)
	s.writing.Unlock()
	s.out.FlushAsync()
	if errors.Is(err, websocket.ErrCloseSent) {
		return nil
	}
	return err
}

// onPong notes that the peer is there.
func (s *Session) onPong(string) error {
	s.heard.Store(s.hub.now())
	return s.askControl()
}

// askControl asks whether the peer may send a control frame now. That may take
// its time, as a handler may.
func (s *Session) askControl() error {
	if s.onControl == nil || s.isClosed() {
		return nil
	}
	before := s.handling.Swap(true)
	defer s.handling.Store(before)
	return guarded(func() error { return s.onControl(s.ctx, s) })
}

// onClose takes the peer's close frame and answers it with the same code.
func (s *Session) onClose(code int, reason string) error {
	s.writing.Lock()
	s.peerClosed = true
	s.writing.Unlock()
	s.startClose(Close{Code: Code(code), Reason: reason, By: ByPeer})
	return nil
}
