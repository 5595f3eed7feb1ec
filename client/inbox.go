package client

import (
	"context"
	"sync"

	"github.com/gfws/gf-websocket/ws"
)

// inbox holds messages between the reading goroutine, its only filler, and any
// number of takers. It is bounded in messages and in bytes.
type inbox struct {
	maxCount int
	maxBytes int64

	arrived chan struct{} // one token: something to take, perhaps
	room    chan struct{} // one token: room for another, perhaps
	ended   chan struct{} // closed with the last message put

	mu      sync.Mutex
	waiting []ws.Message
	bytes   int64
	refuses bool
	err     error // set before ended is closed
}

func newInbox(maxCount int, maxBytes int64) *inbox {
	return &inbox{
		maxCount: maxCount,
		maxBytes: maxBytes,
		arrived:  make(chan struct{}, 1),
		room:     make(chan struct{}, 1),
		ended:    make(chan struct{}),
	}
}

// put adds m, waiting for room. After refuse it drops m.
func (b *inbox) put(m ws.Message) {
	for !b.tryPut(m) {
		<-b.room
	}
}

func (b *inbox) tryPut(m ws.Message) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuses {
		return true
	}
	size := int64(len(m.Data))
	if len(b.waiting) >= b.maxCount || len(b.waiting) > 0 && b.bytes+size > b.maxBytes {
		return false
	}
	b.waiting = append(b.waiting, m)
	b.bytes += size
	signal(b.arrived)
	return true
}

// take returns the oldest message. When there is none it waits; once there will
// be none any more it returns what end was given.
func (b *inbox) take(ctx context.Context) (ws.Message, error) {
	for {
		if err := ctx.Err(); err != nil {
			return ws.Message{}, err
		}
		if m, ok := b.tryTake(); ok {
			return m, nil
		}
		select {
		case <-b.arrived:
		case <-b.ended:
			// The last message may have come together with the end.
			if m, ok := b.tryTake(); ok {
				return m, nil
			}
			return ws.Message{}, b.err
		case <-ctx.Done():
			return ws.Message{}, ctx.Err()
		}
	}
}

func (b *inbox) tryTake() (ws.Message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) == 0 {
		return ws.Message{}, false
	}
	m := b.waiting[0]
	b.waiting[0] = ws.Message{}
	b.waiting = b.waiting[1:]
	b.bytes -= int64(len(m.Data))
	if len(b.waiting) > 0 {
		// The token may have stood for more than one message.
		signal(b.arrived)
	}
	signal(b.room)
	return m, true
}

// refuse drops every message put from now on, and releases a waiting put.
// Messages inside can still be taken.
func (b *inbox) refuse() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuses = true
	signal(b.room)
}

// end says that no message follows, and why. It is called once.
func (b *inbox) end(err error) {
	b.err = err
	close(b.ended)
}

// reason returns what end was given, or nil before.
func (b *inbox) reason() error {
	select {
	case <-b.ended:
		return b.err
	default:
		return nil
	}
}

func signal(token chan struct{}) {
	select {
	case token <- struct{}{}:
	default:
	}
}
