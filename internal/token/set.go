package token

import (
	"context"
	"sync"
	"time"

	"github.com/gogf/gf/v2/errors/gerror"
)

// RetryAfter is the least time between two attempts to load a key set, so that
// tokens with made-up key ids cannot make us flood the issuer.
const RetryAfter = 10 * time.Second

// loadTimeout bounds one attempt.
const loadTimeout = 5 * time.Second

// Set is the [Keys] of a key set that may change. It is loaded when it is first
// needed, again when it is older than refresh or a token names a key that it
// does not have; while it cannot be loaded the last good one holds. Between
// loads there is no goroutine. It is safe for concurrent use.
type Set struct {
	load    func(ctx context.Context) ([]publicKey, error)
	refresh time.Duration
	report  func(error)
	now     func() time.Time

	mu      sync.Mutex
	keys    []publicKey
	loaded  time.Time     // when keys was loaded
	failed  bool          // the last attempt has
	tried   time.Time     // when the last attempt began
	loading chan struct{} // closed when the attempt under way is over; nil for none
}

// newSet returns a set that has not been loaded. report gets what went wrong
// with an attempt.
func newSet(load func(context.Context) ([]publicKey, error), refresh time.Duration, report func(error)) *Set {
	return &Set{load: load, refresh: refresh, report: report, now: time.Now}
}

// Find implements [Keys].
func (s *Set) Find(ctx context.Context, algorithm, id string) (any, error) {
	key, loading := s.look(algorithm, id)
	if loading == nil {
		return s.answer(key)
	}
	select {
	case <-loading:
	case <-ctx.Done():
		return nil, errUnavailable
	}
	s.mu.Lock()
	key = choose(s.keys, algorithm, id)
	s.mu.Unlock()
	return s.answer(key)
}

// look looks for a key, and begins to load the set where that is due. The
// channel, which is closed when there may be more keys, is nil where the key
// will do: one of a set that is only a little too old holds meanwhile.
func (s *Set) look(algorithm, id string) (key any, loading <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key = choose(s.keys, algorithm, id)
	now := s.now()
	age := now.Sub(s.loaded)
	due := key == nil || age >= s.refresh
	if due && s.loading == nil && (s.tried.IsZero() || now.Sub(s.tried) >= RetryAfter) {
		s.tried, s.loading = now, make(chan struct{})
		go s.reload(s.loading)
	}
	if s.loading == nil || key != nil && age < 2*s.refresh {
		return key, nil
	}
	return key, s.loading
}

// reload makes one attempt, whoever waits for it.
func (s *Set) reload(done chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), loadTimeout)
	defer cancel()
	keys, err := s.load(ctx)
	s.mu.Lock()
	s.failed = err != nil
	if err == nil {
		s.keys, s.loaded = keys, s.now()
	}
	s.loading = nil
	s.mu.Unlock()
	close(done)
	if err != nil {
		s.report(gerror.Wrap(err, "key set could not be loaded"))
	}
}

// answer tells a token of an unknown key from a set that could not be loaded, and
// may have the key by now.
func (s *Set) answer(key any) (any, error) {
	if key != nil {
		return key, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys == nil || s.failed {
		return nil, errUnavailable
	}
	return nil, refused("the token is not valid")
}

// choose returns the key of that id which fits algorithm, or nil. A token
// without an id is taken only where no choice is left.
func choose(keys []publicKey, algorithm, id string) any {
	var chosen any
	for _, k := range keys {
		if !fits(algorithm, k.key) || k.algorithm != "" && k.algorithm != algorithm || id != "" && k.id != id {
			continue
		}
		if chosen != nil {
			return nil
		}
		chosen = k.key
	}
	return chosen
}
