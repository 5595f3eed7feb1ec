package client

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

// Write sends m and returns once it has been given to the network; that is no
// proof that it arrived. The data is neither kept nor changed. Messages of one
// goroutine go out in order; concurrent Writes wait for each other.
//
// A type other than text and binary, and text that is not valid UTF-8, are
// refused before anything is sent.
//
// A context that ends while Write waits for its turn does no harm. One that
// ends while m is being sent, because the server does not read, cuts the
// connection: the rest of a half-sent message cannot be skipped. Once the
// connection is closed the error is as Read's.
func (c *Conn) Write(ctx context.Context, m ws.Message) error {
	if err := checkMessage(m); err != nil {
		return err
	}
	err := c.exclusively(ctx, func() error {
		return c.frames.WriteMessage(int(m.Type), m.Data)
	})
	if err != nil {
		return gerror.WrapCode(gcode.CodeOperationFailed, err, "websocket write")
	}
	return nil
}

func checkMessage(m ws.Message) error {
	if m.Type != ws.Text && m.Type != ws.Binary {
		return gerror.NewCodef(gcode.CodeInvalidParameter,
			"websocket write: a message of %s cannot be sent", m.Type)
	}
	if m.Type == ws.Text && !utf8.Valid(m.Data) {
		return gerror.NewCode(gcode.CodeInvalidParameter,
			"websocket write: the text is not valid UTF-8; send it as binary")
	}
	return nil
}

// exclusively runs write while no other goroutine writes, and cuts the
// connection if ctx ends meanwhile.
func (c *Conn) exclusively(ctx context.Context, write func() error) error {
	if err := c.lock(ctx); err != nil {
		return err
	}
	defer c.unlock()
	stop := context.AfterFunc(ctx, func() { c.abort(ctx.Err()) })
	err := write()
	if !stop() {
		return ctx.Err()
	}
	return c.writeCause(err)
}

// lock waits for the right to write.
func (c *Conn) lock(ctx context.Context) error {
	select {
	case c.writing <- struct{}{}:
	case <-c.inbox.ended:
		return c.inbox.reason()
	case <-ctx.Done():
		return ctx.Err()
	}
	// Both may have been ready: a context that is over must not cut anything.
	if err := ctx.Err(); err != nil {
		c.unlock()
		return err
	}
	return nil
}

func (c *Conn) unlock() { <-c.writing }

// writeCause says why a write failed: how the connection ended says more than
// what the network said.
func (c *Conn) writeCause(err error) error {
	if err == nil {
		return nil
	}
	if reason := c.inbox.reason(); reason != nil {
		return reason
	}
	if !errors.Is(err, websocket.ErrCloseSent) {
		return err
	}
	if closing := c.closing.Load(); closing != nil {
		return closedHere(closing)
	}
	<-c.inbox.ended // the close frame goes a little ahead
	return c.inbox.reason()
}
