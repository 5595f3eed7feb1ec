package token

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) get() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// source is an issuer's key set, which can fail and change.
type source struct {
	mu    sync.Mutex
	keys  []publicKey
	err   error
	loads atomic.Int64
	gate  chan struct{} // a load waits for it; nil for not at all
}

func (s *source) load(context.Context) ([]publicKey, error) {
	s.loads.Add(1)
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys, s.err
}

func (s *source) set(err error, ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys, s.err = nil, err
	for _, id := range ids {
		s.keys = append(s.keys, publicKey{id: id, key: keysOfTests().ed.Public()})
	}
}

// newTestSet returns a set over source that is refreshed each minute.
func newTestSet(s *source) (*Set, *clock) {
	c := &clock{now: time.Now()}
	set := newSet(s.load, time.Minute, func(error) {})
	set.now = c.get
	return set, c
}

// find looks for a key, and waits for a load that goes on behind.
func find(t *testing.T, set *Set, id string) error {
	t.Helper()
	_, err := set.Find(context.Background(), "EdDSA", id)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		set.mu.Lock()
		idle := set.loading == nil
		set.mu.Unlock()
		if idle {
			return err
		}
		if time.Now().After(deadline) {
			t.Fatal("the set loads for ever")
		}
	}
}

func TestSetLoadsWhenItMust(t *testing.T) {
	s := &source{}
	s.set(nil, "a")
	set, clock := newTestSet(s)
	step := func(what, id string, good bool, loads int64) {
		t.Helper()
		if err := find(t, set, id); (err == nil) != good || s.loads.Load() != loads {
			t.Errorf("%s: got %v after %d loads, want %d", what, err, s.loads.Load(), loads)
		}
	}
	if s.loads.Load() != 0 {
		t.Error("it was loaded before anybody asked")
	}
	step("the first token", "a", true, 1)
	step("the next", "a", true, 1)
	step("an unknown key at once", "b", false, 1)
	clock.pass(RetryAfter)
	step("an unknown key later", "b", false, 2)
	step("a flood of unknown keys", "c", false, 2)
	s.set(nil, "a", "b")
	clock.pass(RetryAfter)
	step("a key that has come", "b", true, 3)
	clock.pass(61 * time.Second)
	s.set(nil, "b")
	step("a set that is old holds, and is loaded behind", "a", true, 4)
	step("a key that has gone", "a", false, 4)
	s.set(errors.New("down"))
	clock.pass(61 * time.Second)
	step("the issuer is down", "b", true, 5)
	step("it is not asked again at once", "b", true, 5)
	clock.pass(RetryAfter)
	step("but soon", "b", true, 6)
	clock.pass(time.Hour)
	s.set(nil, "z")
	step("a set that is very old is waited for", "b", false, 7)
}

func TestSetThatNeverLoaded(t *testing.T) {
	s := &source{}
	s.set(errors.New("down"))
	set, clock := newTestSet(s)
	for i := range 3 {
		if err := find(t, set, "a"); gerror.Code(err) != gcode.CodeServerBusy || s.loads.Load() != 1 {
			t.Errorf("%d: got %v after %d loads", i, err, s.loads.Load())
		}
	}
	s.set(nil, "a")
	clock.pass(RetryAfter)
	if err := find(t, set, "a"); err != nil {
		t.Error(err)
	}
}

// TestSetThatFailsLater holds that a key which may have come since is not called
// wrong: the client would throw a good token away.
func TestSetThatFailsLater(t *testing.T) {
	s := &source{}
	s.set(nil, "a")
	set, clock := newTestSet(s)
	step := func(what, id string, want gcode.Code) {
		t.Helper()
		if err := find(t, set, id); gerror.Code(err) != want {
			t.Errorf("%s: got %v", what, err)
		}
	}
	step("an unknown key", "b", gcode.CodeNotAuthorized)
	s.set(errors.New("down"), "a")
	clock.pass(RetryAfter)
	step("the issuer is down", "b", gcode.CodeServerBusy)
	step("and not asked again", "c", gcode.CodeServerBusy)
	step("a known key", "a", gcode.CodeNil)
	s.set(nil, "a", "b")
	clock.pass(RetryAfter)
	step("it is up again", "b", gcode.CodeNil)
	step("an unknown key again", "c", gcode.CodeNotAuthorized)
}

// TestSetLoadsOnceForMany holds that a crowd waits for one load.
func TestSetLoadsOnceForMany(t *testing.T) {
	s := &source{gate: make(chan struct{})}
	s.set(nil, "a")
	set, _ := newTestSet(s)
	var crowd sync.WaitGroup
	failed := make(chan error, 100)
	for range 100 {
		crowd.Go(func() {
			if _, err := set.Find(context.Background(), "EdDSA", "a"); err != nil {
				failed <- err
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := set.Find(ctx, "EdDSA", "a"); gerror.Code(err) != gcode.CodeServerBusy {
		t.Errorf("one who does not wait got %v", err)
	}
	close(s.gate)
	crowd.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if n := s.loads.Load(); n != 1 {
		t.Errorf("loaded %d times", n)
	}
}
