package wstest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// patience is how long an assertion waits for what must happen.
const patience = 20 * time.Second

// Kit is an endpoint that serves in memory until its test ends. Its methods may
// be called by any goroutine, those that can fail on the test's only.
type Kit struct {
	t        testing.TB
	listener *listener
	path     string
	hub      *ws.Hub

	ports      atomic.Int32
	mu         sync.Mutex
	identities map[string]ws.Identity // by the peer's address
}

// Serve starts a handler, such as a jsonrpc.Router, with the bounds that a hub
// has by default.
func Serve(t testing.TB, handler ws.Handler) *Kit {
	t.Helper()
	return ServeHub(t, ws.Config{Logger: silent()}, handler)
}

// ServeHub is [Serve] with bounds and hooks of the test's own.
func ServeHub(t testing.TB, config ws.Config, handler ws.Handler) *Kit {
	t.Helper()
	hub, err := ws.NewHub(config)
	if err != nil {
		t.Fatal(err)
	}
	k := newKit(t)
	k.path, k.hub = "/", hub
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := hub.Serve(context.Background(), w, r, ws.Opening{Identity: k.identityOf(r.RemoteAddr)}, handler)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(k.listener)
	}()
	t.Cleanup(func() {
		if err := hub.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		_ = server.Close()
		<-ended
	})
	return k
}

func newKit(t testing.TB) *Kit {
	return &Kit{t: t, listener: newListener(), identities: make(map[string]ws.Identity)}
}

// Hub returns the sessions of the endpoint.
func (k *Kit) Hub() *ws.Hub { return k.hub }

// address returns the address of a new peer.
func (k *Kit) address(ip string) net.Addr {
	const first, count = 1024, 64 << 10
	return &net.TCPAddr{IP: net.ParseIP(ip), Port: first + int(k.ports.Add(1))%(count-first)}
}

func (k *Kit) identityOf(address string) ws.Identity {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.identities[address]
}

func (k *Kit) introduce(address string, identity ws.Identity) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.identities[address] = identity
}

// session returns the session of the peer at an address, nil for none.
func (k *Kit) session(address string) *ws.Session {
	for _, m := range k.hub.All().Members() {
		if s, open := k.hub.Session(m.Session); open && s.Handshake().RemoteAddr == address {
			return s
		}
	}
	return nil
}
