package scale_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
	"go.uber.org/goleak"

	"github.com/gfws/gf-websocket/ws"
)

// patience is how long a test waits for what must happen.
const patience = 60 * time.Second

// TestMain runs the tests, or the clients of one of them where that has started
// this binary again: one process may not hold both ends of all connections.
func TestMain(m *testing.M) {
	if addr := os.Getenv(clientsVariable); addr != "" {
		os.Exit(runClients(addr))
	}
	goleak.VerifyTestMain(m,
		// gf's logger brings these two, for the life of the process.
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/util/grand.asyncProducingRandomBufferBytesLoop"),
		goleak.IgnoreTopFunction("github.com/gogf/gf/v2/os/gtimer.(*Timer).loop"),
	)
}

// host is a server that counts its sessions.
type host struct {
	hub            *ws.Hub
	addr           string
	opened, closed atomic.Int64
	open           sync.Map // of *ws.Session
}

// serve runs a hub whose handler sends messages back.
func serve(t *testing.T, config ws.Config) *host {
	t.Helper()
	config.Logger = glog.New()
	config.Logger.(*glog.Logger).SetStdoutPrint(false)
	hub, err := ws.NewHub(config)
	if err != nil {
		t.Fatal(err)
	}
	h := &host{hub: hub}
	handler := ws.HandlerFuncs{
		Open: func(_ context.Context, s *ws.Session) error {
			h.open.Store(s, nil)
			h.opened.Add(1)
			return nil
		},
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error { return s.Reply(m) },
		Close: func(_ context.Context, s *ws.Session, _ ws.Close) {
			h.open.Delete(s)
			h.closed.Add(1)
		},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, handler); errors.Is(err, ws.ErrDraining) {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}))
	h.addr = server.Listener.Addr().String()
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		server.Close()
	})
	return h
}

// await asks done again and again until it is true.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-again.C:
		case <-deadline:
			t.Fatalf("waited %s for %s", patience, what)
		}
	}
}
