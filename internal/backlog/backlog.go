// Package backlog keeps what was said last in rooms, and counts it. What it
// holds is bounded, however many rooms there are and whatever is said.
package backlog

import (
	"container/list"
	"sync"
	"time"
)

// overhead is what an empty page counts for, in bytes.
const overhead = 256

// steps is how many pages one call looks at to make room, so that none takes
// long where many rooms are busy.
const steps = 64

// Bounds say how much is kept.
type Bounds struct {
	// Entries is how many of one room.
	Entries int
	// Bytes is how much of all rooms together. Beyond it the rooms that were
	// quiet for longest lose theirs.
	Bytes int
	// Keep is how long a room is remembered once nobody is in it.
	Keep time.Duration
}

// Book is the memory of the rooms of one endpoint. It is safe for concurrent
// use, and has no goroutine and no timer: who comes and goes is told to it.
type Book[T any] struct {
	bounds   Bounds
	occupied func(room string) bool

	mu    sync.Mutex
	pages map[string]*page[T]
	order list.List // of *page[T], the one that was quiet for longest first
	bytes int
}

// New returns an empty book. occupied tells whether somebody is in a room; such
// a room keeps its count whatever the bounds say. It must not call the book, and
// every change of it is told with Joined or Left, in the order of the changes.
func New[T any](bounds Bounds, occupied func(room string) bool) *Book[T] {
	return &Book[T]{bounds: bounds, occupied: occupied, pages: make(map[string]*page[T])}
}

// Add counts and keeps one entry of a room: write makes it of its number, which
// is one more than that of the entry before, from 1. Then send sends it; what is
// sent to one room is sent in the order of the numbers. Neither may call the
// book. size is about how many bytes the entry holds.
func (b *Book[T]) Add(room string, size int, write func(seq uint64) T, send func(T)) T {
	p := b.open(room)
	defer b.close(p)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq++
	value := write(p.seq)
	p.keep(entry[T]{value, size}, b.bounds.Entries)
	send(value)
	return value
}

// Last returns the last entries of a room, at most n of them and the oldest
// first.
func (b *Book[T]) Last(room string, n int) []T {
	b.mu.Lock()
	p := b.current(room, time.Now())
	b.mu.Unlock()
	if p == nil {
		return []T{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last(n)
}

// Joined notes that somebody is in a room from now on. Nobody is told what was
// said before it was empty for too long.
func (b *Book[T]) Joined(room string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.current(room, time.Now()); p != nil {
		p.emptied = time.Time{}
	}
}

// Left notes that somebody has left a room, which is kept for a while from now
// on where that was the last one.
func (b *Book[T]) Left(room string) {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.current(room, now)
	if p == nil || b.occupied(room) {
		return
	}
	p.emptied = now
	b.touch(p, now)
}

// Len returns how many rooms are remembered.
func (b *Book[T]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.pages)
}

// open returns the page of a room and keeps it in the book until close.
func (b *Book[T]) open(room string) *page[T] {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.current(room, now)
	if p == nil {
		p = &page[T]{room: room}
		if !b.occupied(room) {
			p.emptied = now // whoever speaks has left meanwhile
		}
		p.place = b.order.PushBack(p)
		b.pages[room] = p
		b.account(p, overhead+len(room))
	}
	p.users++
	return p
}

// current returns the page of a room, nil for one that is not remembered or is
// too old by now. b.mu must be held.
func (b *Book[T]) current(room string, now time.Time) *page[T] {
	p := b.pages[room]
	if p == nil || !b.stale(p, now) {
		return p
	}
	b.drop(p)
	return nil
}

// stale reports whether p was empty for too long. b.mu must be held.
func (b *Book[T]) stale(p *page[T], now time.Time) bool {
	return p.deserted() && now.Sub(p.emptied) > b.bounds.Keep
}

// close gives the page back, and makes room.
func (b *Book[T]) close(p *page[T]) {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	p.users--
	b.account(p, overhead+len(p.room)+int(p.bytes.Load()))
	b.touch(p, now)
	b.trim(now)
}

// account notes how many bytes p holds. b.mu must be held.
func (b *Book[T]) account(p *page[T], bytes int) {
	b.bytes += bytes - p.counted
	p.counted = bytes
}

// touch makes p the one that was quiet for shortest. b.mu must be held.
func (b *Book[T]) touch(p *page[T], now time.Time) {
	p.touched = now
	b.order.MoveToBack(p.place)
}

// trim forgets what is too old or too much. b.mu must be held.
func (b *Book[T]) trim(now time.Time) {
	for range min(steps, len(b.pages)) {
		p := b.order.Front().Value.(*page[T])
		isTooMuch := b.bytes > b.bounds.Bytes
		if !isTooMuch && now.Sub(p.touched) <= b.bounds.Keep {
			return
		}
		switch {
		case b.stale(p, now), isTooMuch && p.deserted() && !b.occupied(p.room):
			b.drop(p)
			continue
		case isTooMuch && p.users == 0:
			p.clear()
			b.account(p, overhead+len(p.room))
		}
		b.touch(p, now)
	}
}

// drop forgets a room. b.mu must be held.
func (b *Book[T]) drop(p *page[T]) {
	b.account(p, 0)
	b.order.Remove(p.place)
	delete(b.pages, p.room)
}
