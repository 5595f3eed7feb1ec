package client

import (
	"context"
	"sync"
	"time"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// link is one connection of a client, from its handshake to its end.
type link struct {
	client *Client
	conn   *Conn
	ctx    context.Context // ends with the link, its cause says why
	cancel context.CancelCauseFunc
	group  sync.WaitGroup // reading, writing, heartbeat, renewing the token

	scratch []rpcwire.Message // the reading goroutine's own
	served  served
	renews  chan struct{} // holds a token while a new one is asked for
}

func newLink(c *Client, conn *Conn) *link {
	ctx, cancel := context.WithCancelCause(c.ctx)
	return &link{client: c, conn: conn, ctx: ctx, cancel: cancel, renews: make(chan struct{}, 1)}
}

// start begins to read and to look for signs of life.
func (l *link) start() {
	l.group.Go(l.read)
	l.group.Go(l.heartbeat)
}

// stop ends everything on the link, and returns when nothing runs any more.
func (l *link) stop() {
	l.cancel(nil)
	l.conn.CloseNow()
	l.group.Wait()
}

// read takes what the server sends until the connection ends. It waits for
// nothing else, so that answers get through to handlers that wait for them.
func (l *link) read() {
	for {
		m, err := l.conn.Read(l.ctx)
		if err != nil {
			l.cancel(err)
			return
		}
		l.dispatch(m.Data)
	}
}

// write sends what is queued, until the link ends.
func (l *link) write() {
	c := l.client
	for {
		m, err := c.outbox.next(l.ctx)
		if err != nil {
			return
		}
		if m.call != nil && !c.pending.send(m.call, l) {
			continue // given up meanwhile
		}
		err = l.send(m.data)
		if err == nil {
			continue
		}
		if m.call == nil {
			c.drop(m, err)
		}
		// To cut the connection here could cut off the server's close frame,
		// which is still to be read.
		return
	}
}

func (l *link) send(data []byte) error {
	return l.conn.Write(l.ctx, ws.Message{Type: ws.Text, Data: data})
}

// heartbeat cuts the connection when the server gives no sign of life: a network
// that went away tells nobody.
func (l *link) heartbeat() {
	o := l.client.options
	for l.sleep(o.PingInterval) {
		ctx, cancel := context.WithCancel(l.ctx)
		pong := make(chan struct{})
		l.group.Go(func() {
			if l.conn.Ping(ctx) == nil {
				close(pong)
			}
		})
		alive := l.within(o.PongTimeout, pong)
		if !alive {
			l.cancel(gerror.NewCodef(gcode.CodeOperationFailed, "no answer to a ping within %s", o.PongTimeout))
			l.conn.CloseNow()
		}
		cancel()
	}
}

// sleep waits for d, and reports false if the link ended before.
func (l *link) sleep(d time.Duration) bool {
	fired, stop := l.client.options.Clock.Timer(d)
	defer stop()
	select {
	case <-fired:
		return true
	case <-l.ctx.Done():
		return false
	}
}

// within waits until done is closed or the link ends, and reports false if d
// was over first.
func (l *link) within(d time.Duration, done <-chan struct{}) bool {
	fired, stop := l.client.options.Clock.Timer(d)
	defer stop()
	select {
	case <-done:
		return true
	case <-l.ctx.Done():
		return true
	case <-fired:
		return false
	}
}

// drain lets the writer send what is queued, for at most the given time.
func (l *link) drain(limit time.Duration) {
	idle := l.client.outbox.finish(closed(nil))
	l.within(limit, idle)
}
