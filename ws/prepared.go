package ws

import (
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// Prepared is a message that is encoded, and compressed where a receiver wants
// it so, once for however many sessions it is sent to. It is safe for
// concurrent use.
type Prepared struct {
	message Message
	frame   []byte // the message's data is its end

	deflating sync.Once
	deflated  []byte // the compressed frame
	err       error  // of deflating
}

// Prepare returns m in a form to be sent many times. Its data is copied.
func Prepare(m Message) (*Prepared, error) {
	if m.Type != Text && m.Type != Binary {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "cannot send a message of %s", m.Type)
	}
	frame := make([]byte, 0, framescan.MaxHeader+len(m.Data))
	frame = appendHeader(frame, finBit|byte(m.Type), len(m.Data))
	head := len(frame)
	frame = append(frame, m.Data...)
	return &Prepared{message: Message{m.Type, frame[head:]}, frame: frame}, nil
}

// SendPrepared is [Session.Send] for a prepared message.
func (s *Session) SendPrepared(p *Prepared) error {
	_, err := s.queuePrepared(p)
	s.out.FlushAsync()
	return err
}

// queuePrepared is queue for p. It returns whether somebody has to flush.
func (s *Session) queuePrepared(p *Prepared) (flush bool, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err = s.sendable(outgoing{Message: p.message}); err != nil {
		return false, err
	}
	if !s.hasRoom(p.message) {
		if room, err := s.makeRoom(p.message); !room {
			return true, err // there may be a close frame
		}
	}
	frame := p.frame
	if s.compresses(p.message) {
		if frame, err = p.compressed(&s.hub.deflaters, s.hub.config.Compression.Level); err != nil {
			return false, err
		}
	}
	flush, err = s.out.WriteShared(frame)
	return flush, sendError(err)
}

// compressed returns the frame of the compressed message. The first receiver
// that wants it decides the level.
func (p *Prepared) compressed(deflaters *deflaters, level int) ([]byte, error) {
	p.deflating.Do(func() {
		data, err := deflaters.deflate(p.message.Data, level)
		if err != nil {
			p.err = gerror.WrapCode(gcode.CodeInternalError, err, "message cannot be compressed")
			return
		}
		frame := make([]byte, 0, framescan.MaxHeader+len(data))
		frame = appendHeader(frame, finBit|rsv1Bit|byte(p.message.Type), len(data))
		p.deflated = append(frame, data...)
	})
	return p.deflated, p.err
}
