package client

import (
	"context"
	"time"
)

// stableAfter is how long a connection must have been open for the failures
// before it to be forgotten.
const stableAfter = 10 * time.Second

// tries is what the running goroutine knows of the tries so far.
type tries struct {
	failed  int  // in a row
	renewed bool // the last one was made because a token was refused
}

// run connects, again and again, until the client is closed or another try is
// pointless.
func (c *Client) run() {
	var t tries
	var last error
	for c.ctx.Err() == nil {
		c.setState(State{Phase: PhaseConnecting, Attempt: t.failed + 1, Err: last})
		var stable bool
		stable, last = c.connectOnce(t.failed + 1)
		if c.closing.Load() {
			<-c.ctx.Done() // Close says why
		}
		if c.ctx.Err() != nil {
			break
		}
		if stable {
			t = tries{}
		}
		t.failed++
		if !c.worthAnother(&t, last) {
			c.cancel(last)
			break
		}
		c.pause(t.failed, last)
	}
	c.end()
}

// worthAnother reports whether to connect again after err. A refused token is
// worth one more try, with a new one.
func (c *Client) worthAnother(t *tries, err error) bool {
	if c.options.Dial.Token != nil && isUnauthorized(err) {
		again := !t.renewed
		t.renewed = true
		return again
	}
	return !c.isTerminal(err)
}

// pause waits before the next try.
func (c *Client) pause(attempt int, err error) {
	wait := c.wait(attempt, err)
	next := c.options.Clock.Now().Add(wait)
	fired, stop := c.options.Clock.Timer(wait)
	defer stop()
	c.setState(State{Phase: PhaseWaiting, Attempt: attempt, Next: next, Err: err})
	select {
	case <-fired:
	case <-c.ctx.Done():
	}
}

// connectOnce makes a connection and serves it until it ends. It reports whether
// it was stable, and why it ended.
func (c *Client) connectOnce(attempt int) (stable bool, err error) {
	conn, err := Dial(c.ctx, c.url, c.options.Dial)
	if err != nil {
		return false, err
	}
	l := newLink(c, conn)
	c.setLink(l)
	l.start()
	if l.rejoin() {
		stable = l.open(attempt)
	}
	cause := context.Cause(l.ctx)
	c.setLink(nil)
	l.stop()
	c.outbox.pause()
	c.pending.lose(l, because(ErrLost, cause))
	return stable, cause
}

// open sends what is queued until the link ends, and reports whether that took
// long enough to count as stable.
func (l *link) open(attempt int) (stable bool) {
	c := l.client
	opened := c.options.Clock.Now()
	l.group.Go(l.write)
	c.outbox.resume()
	c.setState(State{Phase: PhaseOpen, Attempt: attempt})
	c.openOnce.Do(func() { close(c.opened) })
	<-l.ctx.Done()
	return c.options.Clock.Now().Sub(opened) >= stableAfter
}

// end gives up all that waits, and says why.
func (c *Client) end() {
	err := closedBy(c.ctx)
	c.outbox.finish(err)
	for _, m := range c.outbox.empty() {
		c.drop(m, err)
	}
	c.pending.lose(nil, err)
	c.setState(State{Phase: PhaseClosed, Err: err})
	c.incoming.wait()
	close(c.done)
}
