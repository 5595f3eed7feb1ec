package client

import (
	"bytes"
	"context"
	"io"

	"github.com/gfws/gf-websocket/utility/framescan"
	"github.com/gfws/gf-websocket/utility/utf8stream"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// maxScratch is the largest message that is copied out of the collecting
// buffer, in bytes. A larger one takes the buffer along.
const maxScratch = 64 << 10

// Read returns the next message, its fragments joined. Its data belongs to the
// caller.
//
// A context that ends makes Read return and does no harm: no message is lost,
// and the connection stays. Concurrent Reads each get other messages.
//
// Once the connection is closed, Read returns the messages that came before,
// and from then on an error that holds a [*ws.CloseError]: the server's code and
// reason; the code and reason that this side closed with, because of
// [Conn.Close] or since the server broke a rule (1002, 1007, 1009); or
// [ws.CodeAbnormal] together with the cause when the connection broke, such as
// [io.ErrUnexpectedEOF]. After Close and CloseNow errors.Is finds
// [net.ErrClosed].
func (c *Conn) Read(ctx context.Context) (ws.Message, error) {
	m, err := c.inbox.take(ctx)
	if err != nil {
		return ws.Message{}, gerror.WrapCode(gcode.CodeOperationFailed, err, "websocket read")
	}
	return m, nil
}

// run reads until the connection ends, and cleans up after it.
func (c *Conn) run() {
	defer close(c.done)
	for {
		m, err := c.next()
		if err != nil {
			c.finish(err)
			return
		}
		c.inbox.put(m)
	}
}

// next reads one whole message.
func (c *Conn) next() (ws.Message, error) {
	opcode, reader, err := c.frames.NextReader()
	if err != nil {
		return ws.Message{}, err
	}
	kind := ws.Type(opcode)
	if kind == ws.Text {
		reader = &textReader{message: reader}
	}
	data, err := c.collect(reader)
	if err != nil {
		return ws.Message{}, err
	}
	return ws.Message{Type: kind, Data: data}, nil
}

// collect reads a message into memory of its own. The screen has bounded it.
func (c *Conn) collect(reader io.Reader) ([]byte, error) {
	c.scratch.Reset()
	size, err := c.scratch.ReadFrom(reader)
	if err != nil {
		return nil, err
	}
	if size <= maxScratch {
		return append([]byte{}, c.scratch.Bytes()...), nil
	}
	data := c.scratch.Bytes()
	c.scratch = bytes.Buffer{}
	return data, nil
}

// textReader reads a text message and fails at the first byte that is not
// UTF-8, however much of the message is still to come.
type textReader struct {
	message io.Reader
	text    utf8stream.Validator
}

// Read implements io.Reader.
func (r *textReader) Read(p []byte) (int, error) {
	n, err := r.message.Read(p)
	if !r.text.Write(p[:n]) || err == io.EOF && !r.text.Complete() {
		return n, framescan.BadText()
	}
	return n, err
}
