package guard

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
)

// retry is the least time between two attempts of the server to load a key set.
const retry = 10 * time.Second

// publisher is where a key set is asked for. What it answers can be changed.
type publisher struct {
	t       *testing.T
	key     *issuer
	address string
	asked   atomic.Int64
	answer  atomic.Pointer[http.HandlerFunc]
}

// newPublisher returns one with a key of its own that is not there yet.
func newPublisher(t *testing.T) *publisher {
	return &publisher{t: t, key: newKey(t), address: server.FreeAddress(t)}
}

// open has it be there, answering with answer.
func (p *publisher) open(answer http.HandlerFunc) {
	p.t.Helper()
	p.answer.Store(&answer)
	listener, err := net.Listen("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		(*p.answer.Load())(w, r)
	}))
	_ = s.Listener.Close()
	s.Listener = listener
	s.Start()
	p.t.Cleanup(s.Close)
}

// publish answers with the key set as it is now.
func (p *publisher) publish(w http.ResponseWriter, _ *http.Request) {
	set, err := os.ReadFile(p.key.path)
	if err != nil {
		p.t.Error(err)
	}
	_, _ = w.Write(set)
}

// serve starts the binary, which loads the key set from there.
func (p *publisher) serve() *server.Server {
	return binary(p.t, "auth: {methods: [bearer, first-message], jwt: {algorithms: [ES256], refresh: %s, jwksUrl: %q}}",
		retry, "http://"+p.address+"/keys?secret="+payload)
}

func (p *publisher) token() string { return p.key.sign(p.t, map[string]any{"sub": "42"}) }

// letIn waits until a token is taken.
func (p *publisher) letIn(s *server.Server, token string) {
	p.t.Helper()
	await(p.t, "taking the token", func() bool {
		_, response := ask(p.t, s, "/ws", bearer(token))
		return response.StatusCode == http.StatusSwitchingProtocols
	})
}

// most is how often the key set may have been asked for since began.
func most(began time.Time) int64 { return 2 + int64(time.Since(began)/retry) }

// TestKeySetThatCannotBeLoaded answers 503 until it can.
func TestKeySetThatCannotBeLoaded(t *testing.T) {
	var elsewhere atomic.Int64
	tests := map[string]func(*publisher) http.HandlerFunc{
		"it is away": nil,
		"it never answers": func(*publisher) http.HandlerFunc {
			return func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
		},
		"it never ends": func(*publisher) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				for {
					if _, err := w.Write([]byte(strings.Repeat(" ", 64<<10))); err != nil {
						return
					}
				}
			}
		},
		"it is larger than it may be": func(p *publisher) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				_, _ = w.Write([]byte(strings.Repeat(" ", 513<<10)))
				p.publish(w, r)
			}
		},
		"it is elsewhere": func(p *publisher) http.HandlerFunc {
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				elsewhere.Add(1)
				p.publish(w, r)
			}))
			p.t.Cleanup(other.Close)
			return http.RedirectHandler(other.URL, http.StatusFound).ServeHTTP
		},
		"it is out of order": func(*publisher) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "{}", http.StatusBadGateway) }
		},
		"it is no key set": func(*publisher) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }
		},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPublisher(t)
			if fault != nil {
				p.open(fault(p))
			}
			s := p.serve()
			began, token := time.Now(), p.token()
			refuse(t, s, http.StatusServiceUnavailable, "/ws", bearer(token))
			wantLogged(t, s, "key set could not be loaded")
			mute := enter(t, s, "/ws")
			mute.say(authCall(token))
			mute.closed(1013, "")
			if asked := p.asked.Load(); asked > most(began) {
				t.Errorf("it was asked for %d times", asked)
			}
			publish := http.HandlerFunc(p.publish)
			if fault == nil {
				p.open(publish)
			}
			p.answer.Store(&publish)
			p.letIn(s, token)
			if logs := s.Logs(); strings.Contains(logs, payload) || strings.Contains(logs, token) {
				t.Error("the logs have a secret")
			}
		})
	}
	t.Cleanup(func() { // after them all
		if n := elsewhere.Load(); n > 0 {
			t.Errorf("it was followed elsewhere %d times", n)
		}
	})
}

// TestPublishedKeysAreRotated learns a new key by the token that has it.
func TestPublishedKeysAreRotated(t *testing.T) {
	p := newPublisher(t)
	p.open(p.publish)
	began := time.Now()
	s := p.serve()
	old := p.token()
	p.letIn(s, old)
	p.key.rotate(t)
	fresh := p.token()
	p.letIn(s, fresh)
	refuse(t, s, http.StatusUnauthorized, "/ws", bearer(old))
	if asked := p.asked.Load(); asked > most(began) {
		t.Errorf("it was asked for %d times within %s", asked, time.Since(began))
	}
}

// TestFloodOfUnknownKeys shows many tokens at once whose keys nobody has, first while
// the set has not been loaded: the publisher is spared, and good tokens are taken.
func TestFloodOfUnknownKeys(t *testing.T) {
	const floods = 3
	p, stranger := newPublisher(t), newKey(t)
	p.open(p.publish)
	s := p.serve()
	good := bearer(p.token())
	began := time.Now()
	for range floods {
		for i, d := range race(t, s, racers, func(i int) string {
			return bearer(stranger.sign(t, map[string]any{"sub": "mallory", "jti": i}))
		}) {
			if d.status != http.StatusUnauthorized {
				t.Errorf("token %d was answered with %d", i, d.status)
			}
		}
		enter(t, s, "/ws", good)
	}
	if asked := p.asked.Load(); asked < 1 || asked > most(began) {
		t.Errorf("the set was asked for %d times within %s", asked, time.Since(began))
	}
}
