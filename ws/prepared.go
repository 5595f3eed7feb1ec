package ws

import (
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

// Prepared is a message that is encoded, and compressed where a receiver wants
// it so, once for however many sessions it is sent to. It is safe for
// concurrent use.
type Prepared struct {
	message Message
	frames  *websocket.PreparedMessage
}

// Prepare returns m in a form to be sent many times. Its data is copied.
func Prepare(m Message) (*Prepared, error) {
	if m.Type != Text && m.Type != Binary {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "cannot send a message of %s", m.Type)
	}
	m = m.Clone()
	frames, err := websocket.NewPreparedMessage(int(m.Type), m.Data)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "message cannot be prepared")
	}
	return &Prepared{m, frames}, nil
}

// SendPrepared is [Session.Send] for a prepared message.
func (s *Session) SendPrepared(p *Prepared) error {
	err := s.queue(outgoing{Message: p.message, frames: p.frames})
	s.out.FlushAsync()
	return err
}

// Broadcast sends m to every open session and returns for how many it was
// queued. It waits for none of them: one that is too slow meets the queue
// policy, and the others do not notice.
func (h *Hub) Broadcast(m Message) (int, error) {
	prepared, err := Prepare(m)
	if err != nil {
		return 0, err
	}
	queued := 0
	for _, s := range h.all() {
		if s.SendPrepared(prepared) == nil {
			queued++
		}
	}
	return queued, nil
}
