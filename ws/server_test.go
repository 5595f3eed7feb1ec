package ws_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// server serves one hub on a loopback port and tells how sessions end.
type server struct {
	*httptest.Server
	pipes  *pipes // instead of a port, in virtual time
	hub    *ws.Hub
	opened chan *ws.Session
	closed chan ws.Close
}

// newServer returns a server that does not listen yet.
func newServer(t *testing.T, config ws.Config) *server {
	t.Helper()
	if config.Logger == nil {
		config.Logger = silent()
	}
	hub, err := ws.NewHub(config)
	if err != nil {
		t.Fatal(err)
	}
	return &server{hub: hub, opened: make(chan *ws.Session, 1024), closed: make(chan ws.Close, 1024)}
}

// listen serves handler on a loopback port until the test ends.
func (s *server) listen(t *testing.T, handler http.HandlerFunc) {
	t.Helper()
	s.Server = httptest.NewServer(handler)
	t.Cleanup(func() {
		_ = s.hub.Shutdown(context.Background())
		s.Close()
	})
}

// handler opens sessions of h.
func (s *server) handler(h ws.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.hub.Serve(context.Background(), w, r, ws.Opening{}, &watched{h, s}); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}
}

// echo replies with what it gets.
func echo(_ context.Context, s *ws.Session, m ws.Message) error {
	return s.Reply(m)
}

// serve starts a server whose messages go to handle, and stops it at the end of
// the test.
func serve(t *testing.T, config ws.Config, handle func(context.Context, *ws.Session, ws.Message) error) *server {
	t.Helper()
	return serveHandler(t, config, ws.HandlerFuncs{Message: handle})
}

// serveHandler is serve with a whole handler.
func serveHandler(t *testing.T, config ws.Config, handler ws.Handler) *server {
	t.Helper()
	s := newServer(t, config)
	s.listen(t, s.handler(handler))
	return s
}

func silent() *glog.Logger {
	logger := glog.New()
	logger.SetStdoutPrint(false)
	return logger
}

// watched passes everything on to a handler and reports opens and closes.
type watched struct {
	ws.Handler
	server *server
}

func (w *watched) OnOpen(ctx context.Context, s *ws.Session) error {
	w.server.opened <- s
	return w.Handler.OnOpen(ctx, s)
}

func (w *watched) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	w.Handler.OnClose(ctx, s, c)
	w.server.closed <- c
}

// dial connects gorilla's client.
func (s *server) dial(t *testing.T) *websocket.Conn {
	t.Helper()
	conn, response, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = response.Body.Close()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	return conn
}

// waitFor receives from c or fails.
func waitFor[T any](t *testing.T, what string, c <-chan T) T {
	t.Helper()
	select {
	case value := <-c:
		return value
	case <-time.After(patience):
		t.Fatalf("no %s within %s", what, patience)
		panic("unreachable")
	}
}
