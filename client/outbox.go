package client

import (
	"context"
	"slices"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// outgoing is a message that waits to be sent.
type outgoing struct {
	data []byte
	call *call // nil for a notification
	// passing says that the message means nothing to another connection.
	passing bool
}

// outbox holds what waits to be sent, between any number of senders and the one
// writer of the present connection. It is bounded in messages and in bytes.
type outbox struct {
	limit Queue

	arrived chan struct{} // one token: something to take, perhaps

	mu      sync.Mutex
	waiting []*outgoing
	bytes   int
	open    bool          // a writer takes from it
	end     error         // why nothing is taken any more, nil before
	changed chan struct{} // closed at the next change that gives room
	idle    chan struct{} // closed once the writer finds nothing; nil if nobody asks
}

func newOutbox(limit Queue) *outbox {
	return &outbox{limit: limit, arrived: make(chan struct{}, 1), changed: make(chan struct{})}
}

// put adds m. Where there is no room it waits while a connection is open, and
// else does as the policy says. It returns what had to go for m.
func (b *outbox) put(ctx context.Context, m *outgoing) (displaced []*outgoing, err error) {
	if len(m.data) > b.limit.Bytes {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter,
			"a message of %d bytes is larger than the queue of %d", len(m.data), b.limit.Bytes)
	}
	for {
		displaced, changed, err := b.tryPut(m)
		if changed == nil {
			return displaced, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryPut adds m, or returns what to wait for before another try.
func (b *outbox) tryPut(m *outgoing) (displaced []*outgoing, changed <-chan struct{}, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.end != nil:
		return nil, nil, b.end
	case !b.open && (b.limit.Policy == KeepNothing || m.passing):
		return nil, nil, ErrDropped
	case b.fits(m):
	case b.open:
		return nil, b.changed, nil
	case b.limit.Policy == RefuseNewest:
		return nil, nil, ErrDropped
	default:
		displaced = b.displace(m)
	}
	b.waiting = append(b.waiting, m)
	b.bytes += len(m.data)
	signal(b.arrived)
	return displaced, nil, nil
}

func (b *outbox) fits(m *outgoing) bool {
	return len(b.waiting) < b.limit.Messages && b.bytes+len(m.data) <= b.limit.Bytes
}

// displace takes the oldest out until m fits.
func (b *outbox) displace(m *outgoing) (displaced []*outgoing) {
	for !b.fits(m) {
		displaced = append(displaced, b.shift())
	}
	return displaced
}

func (b *outbox) shift() *outgoing {
	m := b.waiting[0]
	b.waiting[0] = nil
	b.waiting = b.waiting[1:]
	b.bytes -= len(m.data)
	return m
}

// next returns the oldest message, waiting for one. It fails when ctx ends.
func (b *outbox) next(ctx context.Context) (*outgoing, error) {
	for {
		if m := b.tryNext(); m != nil {
			return m, nil
		}
		select {
		case <-b.arrived:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (b *outbox) tryNext() *outgoing {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) == 0 {
		if b.idle != nil {
			close(b.idle)
			b.idle = nil
		}
		return nil
	}
	m := b.shift()
	b.change()
	return m
}

// remove takes m out and reports whether it was still there.
func (b *outbox) remove(m *outgoing) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.Index(b.waiting, m)
	if at < 0 {
		return false
	}
	b.waiting = slices.Delete(b.waiting, at, at+1)
	b.bytes -= len(m.data)
	b.change()
	return true
}

// change wakes all that wait for room.
func (b *outbox) change() {
	close(b.changed)
	b.changed = make(chan struct{})
}
