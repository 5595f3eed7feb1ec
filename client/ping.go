package client

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

// pongTimeout is how long the answer to a ping may wait for a server that does
// not read.
const pongTimeout = 10 * time.Second

// Ping sends a ping and waits for its pong. Nobody needs to be in Read, but if
// unread messages fill the queue (Options.MaxQueued) no pong is seen.
//
// A context that ends while Ping waits does no harm; one that ends while the
// ping is being sent cuts the connection, as with Write.
func (c *Conn) Ping(ctx context.Context) error {
	id, pong := c.pings.expect()
	defer c.pings.forget(id)
	err := c.exclusively(ctx, func() error {
		return c.frames.WriteControl(websocket.PingMessage, []byte(strconv.FormatUint(id, 10)), time.Time{})
	})
	if err == nil {
		err = c.awaitPong(ctx, pong)
	}
	if err != nil {
		return gerror.WrapCode(gcode.CodeOperationFailed, err, "websocket ping")
	}
	return nil
}

func (c *Conn) awaitPong(ctx context.Context, pong <-chan struct{}) error {
	select {
	case <-pong:
		return nil
	case <-c.inbox.ended:
		return c.inbox.reason()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// onPong is called by the reading goroutine.
func (c *Conn) onPong(payload string) error {
	if id, err := strconv.ParseUint(payload, 10, 64); err == nil {
		c.pings.answered(id)
	}
	return nil
}

// pings knows the pings that wait for their pongs. The zero value is ready.
type pings struct {
	mu      sync.Mutex
	last    uint64
	waiting map[uint64]chan struct{}
}

// expect returns the number of a new ping, and what is closed by its pong.
func (p *pings) expect() (uint64, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting == nil {
		p.waiting = make(map[uint64]chan struct{})
	}
	p.last++
	pong := make(chan struct{})
	p.waiting[p.last] = pong
	return p.last, pong
}

func (p *pings) forget(id uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.waiting, id)
}

// answered settles every ping up to id: a peer may answer the newest alone
// (RFC 6455 section 5.5.3).
func (p *pings) answered(id uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id > p.last {
		return
	}
	for waiting, pong := range p.waiting {
		if waiting <= id {
			close(pong)
			delete(p.waiting, waiting)
		}
	}
}

// onPing is called by the reading goroutine. It must not wait for the network:
// two peers that each wait for the other to read would never go on.
func (c *Conn) onPing(payload string) error {
	c.pongs.answer(payload, func(payload []byte) error {
		return c.frames.WriteControl(websocket.PongMessage, payload, time.Now().Add(pongTimeout))
	})
	return nil
}

// pongs answers pings, the newest first, on a goroutine that lives while there
// is one to answer. The zero value is ready.
type pongs struct {
	mu      sync.Mutex
	pending *string
	running bool
	group   sync.WaitGroup
}

// answer sends payload soon, instead of an older one not sent yet.
func (p *pongs) answer(payload string, send func([]byte) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending = &payload
	if p.running {
		return
	}
	p.running = true
	p.group.Go(func() {
		for payload := p.next(); payload != nil; payload = p.next() {
			// The next write, or the next read, tells what is wrong.
			_ = send([]byte(*payload))
		}
	})
}

func (p *pongs) next() *string {
	p.mu.Lock()
	defer p.mu.Unlock()
	payload := p.pending
	p.pending = nil
	p.running = payload != nil
	return payload
}

// wait returns when the last answer has been sent or has failed. No answer may
// be begun meanwhile.
func (p *pongs) wait() { p.group.Wait() }
