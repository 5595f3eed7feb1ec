// Package batchconn makes a connection whose Write never waits for the
// network: it gathers what is written and sends it with Flush, or before the
// next Read waits.
//
// Several small writes become one system call, and a writer that holds a lock
// holds it for a copy in memory only, however slow the peer is.
package batchconn

import (
	"errors"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// ErrFull is what Write returns when the hard bound of the buffer is reached.
var ErrFull = errors.New("batchconn: buffer is full")

// Options bounds a Conn.
type Options struct {
	// MaxPending is the most bytes that may wait; a Write beyond it fails with
	// ErrFull. Zero or less means no bound.
	MaxPending int
	// WriteTimeout is how long one write may make no progress at all before the
	// connection is closed. Zero or less means for ever.
	WriteTimeout time.Duration
	// Buffers is where buffers come from and go back to; nil means a pool of
	// the connection's own.
	Buffers *Buffers
}

// Conn gathers writes to a net.Conn. All methods are safe for concurrent use.
type Conn struct {
	net.Conn
	options Options
	raw     syscall.RawConn // nil where a write cannot be tried without waiting

	mu        sync.Mutex
	pending   *buffer       // written, not yet taken by a flush
	shared    []byte        // one message in the place of pending, others have it too
	inflight  int           // bytes that a flush has taken and not finished
	flying    int           // messages in inflight
	corkedAt  int           // where the message begins that pending ends inside of
	corked    bool          // pending ends inside a message
	flushing  bool          // a flush is under way
	scheduled bool          // Flushers will flush it
	async     func()        // the flush of FlushAsync, made once
	idle      chan struct{} // closed when nothing waits any more; nil when nobody asked
	err       error         // the first write error, which ends the connection
}

// New returns a Conn that writes to conn.
func New(conn net.Conn, options Options) *Conn {
	if options.Buffers == nil {
		options.Buffers = &Buffers{}
	}
	return &Conn{Conn: conn, options: options, raw: rawConn(conn)}
}

// Write appends p to what the next flush sends. It fails with ErrFull, or with
// the error that an earlier flush met.
func (c *Conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.admit(len(p)); err != nil {
		return 0, err
	}
	c.pending.data = append(c.pending.data, p...)
	return len(p), nil
}

// Read flushes and then reads from the connection beneath: who waits for the
// peer must not hold back what the peer may be waiting for.
func (c *Conn) Read(p []byte) (int, error) {
	_ = c.Flush()
	return c.Conn.Read(p)
}

// WriteMessage appends head and body as one message: a flush takes both or
// none, and DropOldest drops both. It fails as Write does.
func (c *Conn) WriteMessage(head, body []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.appendMessage(head, body)
}

// appendMessage is WriteMessage with c.mu held.
func (c *Conn) appendMessage(head, body []byte) error {
	if err := c.admit(len(head) + len(body)); err != nil {
		return err
	}
	start := len(c.pending.data)
	c.pending.data = append(append(c.pending.data, head...), body...)
	c.pending.messages = append(c.pending.messages, span{start, len(c.pending.data)})
	return nil
}

// admit makes sure that there is a buffer with room for n bytes.
func (c *Conn) admit(n int) error {
	if c.err != nil {
		return c.err
	}
	if c.options.MaxPending > 0 && c.inflight+c.waiting()+n > c.options.MaxPending {
		return ErrFull
	}
	c.own()
	if c.pending == nil {
		c.pending = c.options.Buffers.get()
	}
	return nil
}

// SetWriteDeadline does nothing: a deadline means something at the flush only,
// where Options.WriteTimeout holds.
func (c *Conn) SetWriteDeadline(time.Time) error {
	return nil
}

// Cork keeps flushes away until Uncork, so that a message written in several
// calls is either wholly taken by a flush or not at all. The one who corks must
// keep other writers out.
func (c *Conn) Cork() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.own()
	c.corked, c.corkedAt = true, 0
	if c.pending != nil {
		c.corkedAt = len(c.pending.data)
	}
}

// Uncork ends Cork: what was written since is one message.
func (c *Conn) Uncork() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.corked = false
	if c.pending != nil && len(c.pending.data) > c.corkedAt {
		c.pending.messages = append(c.pending.messages, span{c.corkedAt, len(c.pending.data)})
	}
}

// Queued returns how many bytes and messages are written and not yet with the
// kernel.
func (c *Conn) Queued() (bytes, messages int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.inflight + c.waiting(), c.flying + c.messages()
}

// DropOldest drops the oldest message that no flush has taken yet, and reports
// whether there was one. It must not be called corked.
func (c *Conn) DropOldest() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shared != nil {
		c.shared = nil
		return true
	}
	return c.pending.dropOldest()
}

// Discard drops what no flush has taken yet. It must not be called corked.
func (c *Conn) Discard() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.release()
}

// Drain flushes and then waits until nothing is left, whoever sends it. It
// returns the error that ended the connection, or os.ErrDeadlineExceeded when
// timeout passes first; the rest then still waits. A timeout of zero or less
// waits as long as it takes.
func (c *Conn) Drain(timeout time.Duration) error {
	c.FlushAsync()
	c.mu.Lock()
	if c.err != nil || (!c.flushing && c.waiting() == 0) {
		defer c.mu.Unlock()
		return c.err
	}
	if c.idle == nil {
		c.idle = make(chan struct{})
	}
	idle := c.idle
	c.mu.Unlock()

	var expired <-chan time.Time
	if timeout > 0 {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		expired = timer.C
	}
	select {
	case <-idle:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.err
	case <-expired:
		return os.ErrDeadlineExceeded
	}
}

// Close closes the connection beneath and drops what still waits.
func (c *Conn) Close() error {
	c.mu.Lock()
	c.fail(net.ErrClosed)
	c.mu.Unlock()
	return c.Conn.Close()
}

// ready tells whether a flush has something that it may take.
func (c *Conn) ready() bool {
	return c.err == nil && !c.corked && c.waiting() > 0
}

// fail records the first error and lets everything go that waits for a flush.
func (c *Conn) fail(err error) {
	if c.err != nil {
		return
	}
	c.err = err
	c.release()
	c.wake()
}

func (c *Conn) wake() {
	if c.idle != nil {
		close(c.idle)
		c.idle = nil
	}
}

func (c *Conn) release() {
	c.shared = nil
	if c.pending != nil {
		c.options.Buffers.put(c.pending)
		c.pending = nil
	}
}
