package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/ws"
)

// once sends text, prints the first message that comes back, and closes.
func (c conversation) once(ctx context.Context, text string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, c.options.timeout())
	defer cancel()
	if err := c.conn.Write(ctx, c.message(text)); err != nil {
		return c.failedWrite(ctx, err)
	}
	m, err := c.conn.Read(ctx)
	if err != nil {
		c.leave()
		return err
	}
	if err := printMessage(out, m); err != nil {
		return err
	}
	c.leave()
	return nil
}

// failedWrite prefers how the connection ended to what a failed write said of it:
// only a read finds the server's close frame.
func (c conversation) failedWrite(ctx context.Context, written error) error {
	if !connectionFailed(written) {
		c.leave()
		return written
	}
	for {
		if _, err := c.conn.Read(ctx); err != nil {
			return err
		}
	}
}

// connectionFailed tells a write that failed with its connection from one that
// was refused or given up.
func connectionFailed(written error) bool {
	return gerror.Code(written) != gcode.CodeInvalidParameter &&
		!errors.Is(written, context.DeadlineExceeded) && !errors.Is(written, context.Canceled)
}

// leave closes with 1000. What comes of it does not matter any more: the
// conversation is over, and the connection is cut next.
func (c conversation) leave() {
	_ = c.conn.Close(ws.CodeNormal, "")
}

// printMessage prints m as GoFrame's own client does: the number of its type
// and its content, byte by byte as it came.
func printMessage(out io.Writer, m ws.Message) error {
	_, err := fmt.Fprintf(out, "%d %s\n", m.Type, m.Data)
	return err
}
