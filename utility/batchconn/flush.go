package batchconn

import (
	"errors"
	"os"
	"time"
)

// chunk is the most that one write call takes, and about what a flush takes at
// once, so that the write timeout measures progress and not the whole of a long
// queue.
const chunk = 64 << 10

// tries is how often a write is tried within WriteTimeout. A socket wakes its
// writer only when a third of its buffer is free, some megabytes on a fast
// machine; a new try takes what is free, and so sees a slow peer make progress.
const tries = 4

// batch is what a flush takes at once.
type batch struct {
	data     []byte
	messages int
	buffer   *buffer // what data is part of; nil for a shared message
}

// Flush sends what waits, in the caller's goroutine, until nothing is left. It
// returns at once when another flush is under way, since that one takes
// everything with it.
func (c *Conn) Flush() error {
	if c.claim() {
		c.flush()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// FlushAsync sends what waits in a goroutine that ends when nothing is left.
// At most one such goroutine lives at a time.
func (c *Conn) FlushAsync() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.claimLocked() {
		return
	}
	if c.async == nil {
		c.async = c.flush
	}
	go c.async()
}

// claim makes the caller the one who flushes, if there is something to flush
// and nobody does.
func (c *Conn) claim() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.claimLocked()
}

func (c *Conn) claimLocked() bool {
	c.scheduled = false
	if c.flushing || !c.ready() {
		return false
	}
	c.flushing = true
	return true
}

// flush is the loop of the one flush under way.
func (c *Conn) flush() {
	for b, more := c.first(); more; {
		b, more = c.next(b, c.send(b.data))
	}
}

// resume is flush for one that was left with rest of b unsent.
func (c *Conn) resume(b batch, rest []byte) {
	b, more := c.next(b, c.wait(rest))
	for more {
		b, more = c.next(b, c.send(b.data))
	}
}

// first returns the first batch of a flush, or false when there is none.
func (c *Conn) first() (batch, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nextLocked()
}

// next tells how sending b ended and returns the next batch, or false when the
// flush is over.
func (c *Conn) next(b batch, err error) (batch, bool) {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		// Nothing else ends the reads from a peer that sends and does not read. After
		// any other error they end by themselves, with what has come before.
		_ = c.Conn.Close()
	}
	if b.buffer != nil {
		c.options.Buffers.put(b.buffer)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inflight, c.flying = 0, 0
	if err != nil {
		c.fail(err)
	}
	return c.nextLocked()
}

func (c *Conn) nextLocked() (batch, bool) {
	if c.ready() {
		b := c.take()
		c.inflight, c.flying = len(b.data), b.messages
		return b, true
	}
	c.flushing = false
	if c.waiting() == 0 {
		c.wake()
	}
	return batch{}, false
}

// take returns the next batch. A long queue is taken in parts, so that the rest
// of it can still be dropped.
func (c *Conn) take() batch {
	if c.shared != nil {
		b := batch{data: c.shared, messages: 1}
		c.shared = nil
		return b
	}
	whole := c.pending
	end := whole.cut(chunk)
	if end == len(whole.data) {
		c.pending = nil
		return batch{whole.bytes(), whole.count(), whole}
	}
	part := c.options.Buffers.get()
	whole.moveTo(part, end)
	return batch{part.bytes(), part.count(), part}
}

// send writes p: at once where the socket has room, which needs no deadline.
func (c *Conn) send(p []byte) error {
	if c.raw == nil {
		return c.wait(p)
	}
	a := c.options.Buffers.attempt()
	rest, err := a.write(c.raw, p)
	c.options.Buffers.giveBack(a)
	if err != nil || len(rest) == 0 {
		return err
	}
	return c.wait(rest)
}

// wait writes p in chunks. A chunk that times out after some of it went is
// tried again: the peer is slow, but there.
func (c *Conn) wait(p []byte) error {
	if c.options.WriteTimeout > 0 && c.raw != nil {
		// An old deadline would fail the tries that set none.
		defer func() { _ = c.Conn.SetWriteDeadline(time.Time{}) }()
	}
	vain := 0
	for len(p) > 0 {
		if c.options.WriteTimeout > 0 {
			if err := c.Conn.SetWriteDeadline(time.Now().Add(c.options.WriteTimeout / tries)); err != nil {
				return err
			}
		}
		n, err := c.Conn.Write(p[:min(len(p), chunk)])
		p = p[n:]
		if n > 0 {
			vain = 0
		}
		if err == nil {
			continue
		}
		if n == 0 {
			vain++
		}
		if vain == tries || !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
	}
	return nil
}
