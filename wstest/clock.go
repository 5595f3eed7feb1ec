package wstest

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gogf/gf/v2/frame/g"
)

// Clock is the time of a test in [Timed]. It stands still while anything can
// still be done, and moves on by itself only to the next timer when all wait.
type Clock struct{}

// Timed runs a test whose clock moves when the test says so: heartbeats, expiry
// and limits of hours are tested in no time, and a slow machine is never late.
// It is a bubble of [synctest], so time.Now and timers of the handlers follow the
// clock as well. All that the test uses is made in it: what is outside, such as
// sockets, does not know of its time.
func Timed(t *testing.T, test func(t *testing.T, clock *Clock)) {
	t.Helper()
	readConfiguration(t)
	synctest.Test(t, func(t *testing.T) {
		clock := &Clock{}
		t.Cleanup(func() { clock.Advance(windDown) }) // runs last
		test(t, clock)
	})
}

// windDown is what goroutines get to end that wait a while for more to do.
const windDown = time.Minute

// readConfiguration has GoFrame find its configuration now: what watches the file
// from then on never ends, and so must not begin in the bubble.
func readConfiguration(t *testing.T) {
	t.Helper()
	source, ctx := g.Cfg(), context.Background()
	if source == nil || !source.Available(ctx) {
		return
	}
	if _, err := source.Get(ctx, "."); err != nil {
		t.Fatal(err)
	}
}

// Advance moves the clock by d, and returns when all that became due, and what
// it caused, is done.
func (c *Clock) Advance(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// Settle returns when nothing is left to be done but to wait.
func (c *Clock) Settle() { synctest.Wait() }
