package jsonrpc

import (
	"context"
	"sync"
	"time"

	"github.com/gogf/gf/v2/errors/gerror"
)

type requestKey struct{}

// errCancelled is the cause of a context that $/cancel has ended.
var errCancelled = gerror.New("cancelled by the client")

// callContext is the context of one call. Most handlers never look at its end,
// so the timer and what else ends it are made only when somebody asks.
type callContext struct {
	parent  context.Context // the peer's
	request *Request
	until   time.Time // zero for no limit

	mu       sync.Mutex
	inner    context.Context
	stop     context.CancelCauseFunc
	free     context.CancelFunc // of the deadline
	cause    error              // why it was cancelled
	finished bool
}

// Deadline implements [context.Context].
func (c *callContext) Deadline() (time.Time, bool) {
	return c.until, !c.until.IsZero()
}

// Done implements [context.Context].
func (c *callContext) Done() <-chan struct{} { return c.started().Done() }

// Err implements [context.Context].
func (c *callContext) Err() error { return c.started().Err() }

// Value implements [context.Context].
func (c *callContext) Value(key any) any {
	if key == (requestKey{}) {
		return c.request
	}
	c.mu.Lock()
	inner := c.inner
	c.mu.Unlock()
	if inner != nil {
		return inner.Value(key)
	}
	return c.parent.Value(key)
}

// started makes what ends the context.
func (c *callContext) started() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inner != nil {
		return c.inner
	}
	ctx, stop := context.WithCancelCause(c.parent)
	c.stop, c.free = stop, func() {}
	if !c.until.IsZero() {
		ctx, c.free = context.WithDeadline(ctx, c.until)
	}
	c.inner = ctx
	if c.finished {
		c.stop(c.cause)
		c.free()
	}
	return ctx
}

// cancel ends the context before its time.
func (c *callContext) cancel(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.finished {
		return
	}
	c.cause = cause
	c.end()
}

// finish ends the context after the call.
func (c *callContext) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end()
}

func (c *callContext) end() {
	c.finished = true
	if c.inner != nil {
		c.stop(c.cause)
		c.free()
	}
}

// cancelled returns why the context was cancelled, nil if it was not.
func (c *callContext) cancelled() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cause
}

// expired reports whether the time of the call is over.
func (c *callContext) expired() bool {
	return !c.until.IsZero() && !time.Now().Before(c.until)
}
