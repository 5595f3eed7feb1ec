package client

import (
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/utility/framescan"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

// closedError says how a connection ended. errors.As finds the CloseError in
// it, errors.Is its cause.
type closedError struct {
	text  string
	close *ws.CloseError
	cause error // may be nil
}

// Error implements error.
func (e *closedError) Error() string { return e.text }

// Unwrap lets errors.As and errors.Is see both.
func (e *closedError) Unwrap() []error {
	if e.cause == nil {
		return []error{e.close}
	}
	return []error{e.close, e.cause}
}

// finish ends the connection after the read error err.
func (c *Conn) finish(err error) {
	defer c.release()
	var frame *framescan.Closed
	var broken *framescan.Violation
	switch {
	case errors.As(err, &frame):
		c.peerClosed(ws.Code(frame.Code), frame.Reason)
	case errors.As(err, &broken):
		c.refusePeer(broken)
	case c.abortCause() == nil && isProtocolError(err):
		c.refusePeer(&framescan.Violation{
			Code: int(ws.CodeProtocolError), Reason: strings.TrimPrefix(err.Error(), gorillaPrefix),
		})
	default:
		c.broken(err)
	}
}

// release gives everything back.
func (c *Conn) release() {
	_ = c.frames.Close()
	_ = c.wire.Close()
	c.pongs.wait()
}

// peerClosed answers the peer's close frame, unless it is the answer itself.
func (c *Conn) peerClosed(code ws.Code, reason string) {
	c.peerSaid.Store(true)
	c.goodbye(&ws.CloseError{Code: code}, &ws.CloseError{Code: code, Reason: reason})
}

// refusePeer closes because the peer broke a rule, and keeps reading for a
// while: cutting a connection with bytes still unread makes the peer's network
// stack drop the close frame.
func (c *Conn) refusePeer(v *framescan.Violation) {
	closing := &ws.CloseError{Code: ws.Code(v.Code), Reason: ws.TruncateReason(v.Reason)}
	c.goodbye(closing, &closedError{text: "closed by this side: " + closing.Error(), close: closing})
	_ = c.screen.SetReadDeadline(time.Now().Add(c.closeTimeout))
	c.screen.discard()
}

// closeHead is how much earlier than the readers of this side the peer is told.
const closeHead = 200 * time.Millisecond

// goodbye sends the close frame and tells readers err. The frame goes first: a
// host that cuts the connection when it hears of the end, as CloseNow does, must
// not cut the frame off. Yet a peer that does not read cannot hold the news back.
func (c *Conn) goodbye(frame *ws.CloseError, err error) {
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		c.sendClose(frame)
	}()
	select {
	case <-sent:
	case <-time.After(closeHead):
	}
	c.end(err)
	<-sent
}

// broken ends a connection that went without a close frame.
func (c *Conn) broken(err error) {
	if cause := c.abortCause(); cause != nil {
		err = cause
	}
	var frame *websocket.CloseError
	if errors.As(err, &frame) {
		// gorilla's way to say that the stream ended.
		err = io.ErrUnexpectedEOF
	}
	abnormal := &ws.CloseError{Code: ws.CodeAbnormal}
	c.end(&closedError{text: abnormal.Error() + ": " + err.Error(), close: abnormal, cause: err})
}

// end tells readers and writers that the connection is over. Once this side has
// called Close, that is the reason, whatever followed.
func (c *Conn) end(err error) {
	if closing := c.closing.Load(); closing != nil {
		err = closedHere(closing)
	}
	c.inbox.refuse()
	c.inbox.end(err)
}

// closedHere is the error after Close.
func closedHere(closing *ws.CloseError) error {
	return &closedError{text: "closed by this side: " + closing.Error(), close: closing, cause: net.ErrClosed}
}

// sendClose writes a close frame. It fails harmlessly when one has been sent or
// the connection is gone.
func (c *Conn) sendClose(closing *ws.CloseError) {
	payload := websocket.FormatCloseMessage(int(closing.Code), closing.Reason)
	_ = c.frames.WriteControl(websocket.CloseMessage, payload, time.Now().Add(c.closeTimeout))
}

// gorillaPrefix begins the errors that gorilla makes itself.
const gorillaPrefix = "websocket: "

// isProtocolError reports whether gorilla found a frame against RFC 6455. It has
// no type for that, and has then sent a close frame with 1002.
func isProtocolError(err error) bool {
	var frame *websocket.CloseError
	var network net.Error
	if errors.As(err, &frame) || errors.As(err, &network) {
		return false
	}
	return strings.HasPrefix(err.Error(), gorillaPrefix)
}
