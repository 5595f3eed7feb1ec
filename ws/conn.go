package ws

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

// Conn is a session that the host reads itself, in a loop of ReadMessage and
// WriteMessage as gorilla's and GoFrame's connections are used. Its methods
// have their names and meanings, with these differences: any number of
// goroutines may write, a message is bounded by the hub's limits, text is
// checked, pings of the hub keep the connection alive, and Close says goodbye.
//
// One goroutine reads at a time; everything else is safe for concurrent use.
type Conn struct {
	session *Session
	check   Check
}

// Session returns the session of the connection, for its id, context and hub.
func (c *Conn) Session() *Session { return c.session }

// Context returns the context that ends with the connection.
func (c *Conn) Context() context.Context { return c.session.ctx }

// ReadMessage waits for the next message; its data is the caller's to keep.
// When the peer closed, or was closed for what it sent, the error is gorilla's
// *websocket.CloseError, so that websocket.IsCloseError and its kin work. After
// any error the connection is closed.
func (c *Conn) ReadMessage() (messageType int, data []byte, err error) {
	s := c.session
	s.reading.Lock()
	defer s.reading.Unlock()
	s.handling.Store(false)
	defer s.handling.Store(true)
	for {
		if s.reader.Buffered() == 0 {
			s.out.wait()
		}
		m, buffer, err := s.receive()
		if err != nil {
			s.fail(err)
			go s.end()
			return -1, nil, c.readError(err)
		}
		m = m.Clone()
		s.hub.read.put(buffer)
		if m = c.admitted(m); m.Type != 0 {
			return int(m.Type), m.Data, nil
		}
	}
}

// admitted asks the check and returns what it lets through, or closes as it
// demands. What comes after a close was sent is read only to find the peer's
// close frame behind it. A check may take its time, as a handler may.
func (c *Conn) admitted(m Message) Message {
	s := c.session
	if s.isClosed() {
		return Message{}
	}
	if c.check == nil {
		return m
	}
	s.handling.Store(true)
	defer func() {
		s.handling.Store(false)
		s.out.FlushAsync() // what the check has replied
	}()
	var admitted Message
	err := guarded(func() (err error) {
		admitted, err = c.check(s.ctx, s, m)
		return err
	})
	if err != nil {
		s.fail(err)
		return Message{}
	}
	return admitted
}

// ReadJSON reads the next message into v.
func (c *Conn) ReadJSON(v any) error {
	_, data, err := c.ReadMessage()
	if err != nil {
		return err
	}
	if err = json.Unmarshal(data, v); err != nil {
		return gerror.WrapCode(gcode.CodeInvalidParameter, err, "message is not the JSON expected")
	}
	return nil
}

// WriteMessage writes a message. It waits for a slow peer, as long as that one
// reads at all, so that a loop is slowed down and its peer not closed for it. A
// write that fails may show at the next one. Types are the opcodes of RFC 6455:
// 1 text, 2 binary, and the control frames 8 close, 9 ping and 10 pong.
func (c *Conn) WriteMessage(messageType int, data []byte) error {
	if messageType != int(Text) && messageType != int(Binary) {
		return c.WriteControl(messageType, data, time.Time{})
	}
	s := c.session
	err := s.write(Message{Type(messageType), data})
	if err != nil {
		return err
	}
	return s.out.Flush()
}

// WriteJSON writes v as a text message of JSON.
func (c *Conn) WriteJSON(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInvalidParameter, err, "value has no JSON form")
	}
	return c.WriteMessage(int(Text), data)
}

// WriteControl writes a close, ping or pong frame. The deadline is not needed,
// since queueing does not wait, and is there for gorilla's signature.
func (c *Conn) WriteControl(messageType int, data []byte, _ time.Time) error {
	s := c.session
	if messageType == websocket.CloseMessage {
		return c.writeClose(data)
	}
	s.writing.Lock()
	err := s.conn.WriteControl(messageType, data, noDeadline)
	s.writing.Unlock()
	s.out.FlushAsync()
	return err
}

// writeClose starts the closing handshake with the payload of a close frame.
func (c *Conn) writeClose(payload []byte) error {
	if len(payload) < 2 {
		return c.session.Close(CodeNormal, "")
	}
	code := Code(payload[0])<<8 | Code(payload[1])
	return c.session.Close(code, string(payload[2:]))
}

// Close says goodbye with 1000, unless another close came first, and returns;
// the connection goes when the peer has answered or the close timeout is over.
func (c *Conn) Close() error {
	return c.CloseWith(CodeNormal, "")
}

// CloseWith is [Conn.Close] with a code and a reason of the caller's.
func (c *Conn) CloseWith(code Code, reason string) error {
	if err := c.session.Close(code, reason); err != nil {
		return err
	}
	go c.session.awaitClose()
	return nil
}

// SetPingHandler sets what a ping calls besides being answered. Call it before
// the first read.
func (c *Conn) SetPingHandler(handler func(data string) error) {
	s := c.session
	if handler == nil {
		s.conn.SetPingHandler(s.onPing)
		return
	}
	s.conn.SetPingHandler(func(data string) error {
		return errors.Join(s.onPing(data), handler(data))
	})
}

// SetPongHandler sets what a pong calls. Call it before the first read.
func (c *Conn) SetPongHandler(handler func(data string) error) {
	s := c.session
	if handler == nil {
		s.conn.SetPongHandler(s.onPong)
		return
	}
	s.conn.SetPongHandler(func(data string) error {
		return errors.Join(s.onPong(data), handler(data))
	})
}

// SetCloseHandler sets what the peer's close frame calls besides being
// answered. Call it before the first read.
func (c *Conn) SetCloseHandler(handler func(code int, reason string) error) {
	s := c.session
	if handler == nil {
		s.conn.SetCloseHandler(s.onClose)
		return
	}
	s.conn.SetCloseHandler(func(code int, reason string) error {
		return errors.Join(s.onClose(code, reason), handler(code, reason))
	})
}

// SetReadDeadline bounds the next reads; a read that passes it breaks the
// connection. The hub's heartbeat makes it unnecessary.
func (c *Conn) SetReadDeadline(t time.Time) error { return c.session.out.SetReadDeadline(t) }

// SetWriteDeadline does nothing: the hub's write timeout holds.
func (c *Conn) SetWriteDeadline(time.Time) error { return nil }

// Subprotocol returns the one agreed on, or "".
func (c *Conn) Subprotocol() string { return c.session.handshake.Subprotocol }

// RemoteAddr returns the peer's socket address.
func (c *Conn) RemoteAddr() net.Addr { return c.session.out.RemoteAddr() }

// LocalAddr returns the socket address of this side.
func (c *Conn) LocalAddr() net.Addr { return c.session.out.LocalAddr() }

// readError returns err as gorilla words it. A close that this side began is
// told as such even though the read itself found a broken connection.
func (c *Conn) readError(err error) error {
	outcome := c.session.outcome()
	if outcome.By != ByNetwork {
		return &websocket.CloseError{Code: int(outcome.Code), Text: outcome.Reason}
	}
	var broken *brokenError
	if !errors.As(err, &broken) {
		return err
	}
	if errors.Is(broken.cause, io.ErrUnexpectedEOF) {
		return &websocket.CloseError{Code: websocket.CloseAbnormalClosure, Text: broken.cause.Error()}
	}
	return broken.cause
}
