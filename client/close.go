package client

import (
	"context"
	"net"
	"time"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Close ends the connection with a close frame of code and reason, waits for
// the server's close frame, for at most Options.CloseTimeout, and cuts the
// connection. Messages that arrive meanwhile are dropped; those that came
// before can still be read. Nothing runs any more when Close returns.
//
// The code must be sendable ([ws.Code.Sendable]), else Close does nothing but
// return an error. A reason of more than [ws.MaxReason] bytes is cut.
//
// Close returns nil when the server sent its close frame, before or after, and
// else an error that says why not. The first call decides; later ones wait for
// it and return the same.
func (c *Conn) Close(code ws.Code, reason string) error {
	if !code.Sendable() {
		return gerror.NewCodef(gcode.CodeInvalidParameter, "websocket close: code %s must not be sent", code)
	}
	c.closeOnce.Do(func() {
		c.closeErr = c.closeHandshake(&ws.CloseError{Code: code, Reason: ws.TruncateReason(reason)})
	})
	return c.closeErr
}

// CloseNow cuts the connection without a close frame. Nothing runs any more
// when it returns. It may be called at any time and any number of times, such
// as with defer after Dial; after Close it does nothing.
func (c *Conn) CloseNow() {
	c.abort(net.ErrClosed)
	<-c.done
}

// noCloseFrame is the cause of a connection cut because Close waited long
// enough.
func (c *Conn) noCloseFrame() error {
	return gerror.WrapCodef(gcode.CodeOperationFailed, context.DeadlineExceeded,
		"no close frame from the server within %s", c.closeTimeout)
}

func (c *Conn) closeHandshake(closing *ws.CloseError) error {
	timer := time.AfterFunc(c.closeTimeout, func() { c.abort(c.noCloseFrame()) })
	defer timer.Stop()
	c.closing.CompareAndSwap(nil, closing)
	c.inbox.refuse()
	c.sendCloseInTurn(closing)
	<-c.done
	if c.peerSaid.Load() {
		return nil
	}
	cause := c.abortCause()
	if cause == nil {
		cause = c.inbox.reason()
	}
	return gerror.WrapCode(gcode.CodeOperationFailed, cause, "websocket close")
}

// sendCloseInTurn sends the close frame after the message that is being written, if
// there is one. The timer of closeHandshake ends every wait in here.
func (c *Conn) sendCloseInTurn(closing *ws.CloseError) {
	select {
	case c.writing <- struct{}{}:
		defer c.unlock()
	case <-c.inbox.ended:
		return
	}
	if c.inbox.reason() != nil {
		return // both were ready: what ended the connection is said already
	}
	c.sendClose(closing)
}
