package backlog

import (
	"container/list"
	"sync"
	"sync/atomic"
	"time"
)

// entry is what is kept, and about how many bytes that is.
type entry[T any] struct {
	value T
	size  int
}

// page is what is known of one room.
type page[T any] struct {
	room string

	// By Book.mu, which may be held when mu is taken, not the other way round.
	place   *list.Element
	users   int // calls of Add that are at it
	counted int // bytes
	touched time.Time
	emptied time.Time // when the last one left; zero while somebody is in the room

	bytes atomic.Int64 // of the entries; changed with mu held

	mu      sync.Mutex
	seq     uint64
	entries []entry[T] // a ring once it is full
	oldest  int        // where the ring begins
}

// deserted reports whether nobody is in the room or at the page. Book.mu must be
// held.
func (p *page[T]) deserted() bool { return p.users == 0 && !p.emptied.IsZero() }

// keep adds e, in the place of the oldest entry where there are enough. p.mu
// must be held.
func (p *page[T]) keep(e entry[T], limit int) {
	p.bytes.Add(int64(e.size))
	if len(p.entries) < limit {
		p.entries = append(p.entries, e)
		return
	}
	p.bytes.Add(-int64(p.entries[p.oldest].size))
	p.entries[p.oldest] = e
	p.oldest = (p.oldest + 1) % limit
}

// last returns the last n values, the oldest first. p.mu must be held.
func (p *page[T]) last(n int) []T {
	n = max(min(n, len(p.entries)), 0)
	values := make([]T, 0, n)
	for i := len(p.entries) - n; i < len(p.entries); i++ {
		values = append(values, p.entries[(p.oldest+i)%len(p.entries)].value)
	}
	return values
}

// clear forgets the entries, but not their count.
func (p *page[T]) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries, p.oldest = nil, 0
	p.bytes.Store(0)
}
