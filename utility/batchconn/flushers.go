package batchconn

import (
	"runtime"
	"sync"
)

const (
	// share is how many connections a flusher takes at a time.
	share = 64
	// largestList is the longest list worth keeping, in connections.
	largestList = 16 << 10
)

// Flushers flushes many connections from a few goroutines, at most one for each
// processor, which end when nothing is left. What is written to a connection
// while it is on the list leaves together, and one that would make its flusher
// wait gets a goroutine of its own. The zero value is ready, and safe for
// concurrent use.
type Flushers struct {
	mu      sync.Mutex
	waiting []*Conn // oldest first
	head    int     // where what no flusher has taken begins
	running int     // how many flushers run
}

// Add flushes each of conns soon. It does not keep the slice.
func (f *Flushers) Add(conns []*Conn) {
	for _, c := range conns {
		c.schedule()
	}
	most := runtime.GOMAXPROCS(0)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = append(f.waiting, conns...)
	for wanted := min(most, (len(f.waiting)-f.head+share-1)/share); f.running < wanted; f.running++ {
		go f.run()
	}
}

func (c *Conn) schedule() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scheduled = true
}

// run is one flusher. It lets others run between its shares.
func (f *Flushers) run() {
	var (
		a     = newAttempt()
		taken [share]*Conn
	)
	for n := f.take(taken[:]); n > 0; n = f.take(taken[:]) {
		for _, c := range taken[:n] {
			c.flushWith(a)
		}
		runtime.Gosched()
	}
}

// take moves the next connections into taken and returns how many, or that the
// flusher is not needed any more.
func (f *Flushers) take(taken []*Conn) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := copy(taken, f.waiting[f.head:])
	clear(f.waiting[f.head : f.head+n]) // the list must keep no connection alive
	f.head += n
	if f.head == len(f.waiting) {
		f.reset()
	}
	if n == 0 {
		f.running--
	}
	return n
}

func (f *Flushers) reset() {
	f.waiting, f.head = f.waiting[:0], 0
	if cap(f.waiting) > largestList {
		f.waiting = nil
	}
}

// flushWith flushes c without waiting.
func (c *Conn) flushWith(a *attempt) {
	if c.raw == nil {
		c.FlushAsync()
		return
	}
	if !c.claim() {
		return
	}
	for b, more := c.first(); more; {
		rest, err := a.write(c.raw, b.data)
		if err == nil && len(rest) > 0 {
			go c.resume(b, rest)
			return
		}
		b, more = c.next(b, err)
	}
}
