package client_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
)

// fakeClock stands still until a test fires one of its timers.
type fakeClock struct {
	mu      sync.Mutex
	now     time.Time
	timers  map[*fakeTimer]bool
	changed chan struct{} // closed at the next new timer
}

type fakeTimer struct {
	after time.Duration
	fired chan time.Time
}

func newFakeClock() *fakeClock {
	return &fakeClock{
		now:     time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		timers:  make(map[*fakeTimer]bool),
		changed: make(chan struct{}),
	}
}

// Now implements [client.Clock].
func (f *fakeClock) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Timer implements [client.Clock].
func (f *fakeClock) Timer(d time.Duration) (<-chan time.Time, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	timer := &fakeTimer{after: d, fired: make(chan time.Time, 1)}
	f.timers[timer] = true
	close(f.changed)
	f.changed = make(chan struct{})
	return timer.fired, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.timers, timer)
	}
}

// advance moves the time without firing anything.
func (f *fakeClock) advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// fire waits until a timer of just this duration is set, and lets it fire.
func (f *fakeClock) fire(t *testing.T, d time.Duration) {
	t.Helper()
	deadline := time.After(patience)
	for {
		changed, ok := f.tryFire(d)
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("no timer of %s was set; there are %s", d, f.durations())
		}
	}
}

func (f *fakeClock) tryFire(d time.Duration) (changed <-chan struct{}, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for timer := range f.timers {
		if timer.after == d {
			delete(f.timers, timer)
			f.now = f.now.Add(d)
			timer.fired <- f.now
			return nil, true
		}
	}
	return f.changed, false
}

func (f *fakeClock) durations() (all []time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for timer := range f.timers {
		all = append(all, timer.after)
	}
	return all
}

// watched is a client under test, with all that it tells.
type watched struct {
	*client.Client
	t        *testing.T
	clock    *fakeClock
	states   chan client.State
	dropped  chan client.Dropped
	problems chan error
	rejoined chan string
}

// watch makes a client that waits for exactly what its backoff allows at most,
// by a clock that a test moves. It is closed when the test ends.
func watch(t *testing.T, url string, options client.ClientOptions) *watched {
	t.Helper()
	w := &watched{
		t: t, clock: newFakeClock(),
		states: make(chan client.State, 4096), dropped: make(chan client.Dropped, 4096),
		problems: make(chan error, 4096), rejoined: make(chan string, 4096),
	}
	options.Dial.Proxy = http.ProxyURL(nil)
	options.Clock = w.clock
	options.Jitter = func(ceiling time.Duration) time.Duration { return ceiling }
	options.OnState = func(s client.State) { w.states <- s }
	options.OnDrop = func(d client.Dropped) {
		select {
		case w.dropped <- d:
		default: // nobody looks at so many
		}
	}
	options.OnError = func(err error) { w.problems <- err }
	options.OnRejoin = func(room string, _ *client.Joined, err error) {
		if err != nil {
			room += ": " + err.Error()
		}
		w.rejoined <- room
	}
	c, err := client.New(url, options)
	if err != nil {
		t.Fatal(err)
	}
	w.Client = c
	t.Cleanup(func() {
		_ = c.Close()
		await(t, c.Done(), "the client to end")
	})
	return w
}

// connect connects to the server and returns the session.
func (w *watched) connect(server *rpcServer) *rpcSession {
	w.t.Helper()
	if err := w.Connect(testContext(w.t)); err != nil {
		w.t.Fatal(err)
	}
	return server.accept()
}

// until returns the first state of a phase.
func (w *watched) until(phase client.Phase) client.State {
	w.t.Helper()
	for {
		s := await(w.t, w.states, "the phase "+phase.String())
		if s.Phase == phase {
			return s
		}
		if s.Phase == client.PhaseClosed {
			w.t.Fatalf("closed instead of %s: %v", phase, s.Err)
		}
	}
}

// calmly connects a client and returns it with the session.
func calmly(t *testing.T, options client.ClientOptions) (*watched, *rpcServer, *rpcSession) {
	t.Helper()
	server := startRPC(t)
	w := watch(t, server.url(), options)
	return w, server, w.connect(server)
}

// calling makes a call on a goroutine of its own.
func (w *watched) calling(method string, params any) <-chan error {
	result := make(chan error, 1)
	go func() {
		_, err := client.Call[any](testContext(w.t), w.Client, method, params)
		result <- err
	}()
	return result
}
