package ws_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// sink is the server's end of a connection in memory: its peer says nothing and
// takes everything.
type sink struct {
	closed  chan struct{}
	closing sync.Once
	took    atomic.Int64
}

func newSink() *sink { return &sink{closed: make(chan struct{})} }

func (c *sink) Read([]byte) (int, error) {
	<-c.closed
	return 0, io.EOF
}

func (c *sink) Write(p []byte) (int, error) {
	c.took.Add(int64(len(p)))
	return len(p), nil
}

func (c *sink) Close() error {
	c.closing.Do(func() { close(c.closed) })
	return nil
}

func (c *sink) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (c *sink) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (c *sink) SetDeadline(time.Time) error      { return nil }
func (c *sink) SetReadDeadline(time.Time) error  { return nil }
func (c *sink) SetWriteDeadline(time.Time) error { return nil }

// hijacked is a ResponseWriter whose connection is conn.
type hijacked struct {
	http.ResponseWriter
	conn net.Conn
}

func (h hijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(bufio.NewReader(h.conn), bufio.NewWriter(h.conn)), nil
}

// newHub returns a hub that ends with the test.
func newHub(t testing.TB, config ws.Config) *ws.Hub {
	t.Helper()
	if config.Logger == nil {
		config.Logger = silent()
	}
	config.DrainRate, config.CloseTimeout = ws.Unlimited, 100*time.Millisecond
	hub, err := ws.NewHub(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hub.Shutdown(context.Background()) })
	return hub
}

// enter opens a session in memory for user, "" being a stranger.
func enter(t testing.TB, hub *ws.Hub, user string) (*ws.Session, *sink) {
	t.Helper()
	return enterOffering(t, hub, user, "")
}

// enterOffering is enter with an offer of extensions, "" for none.
func enterOffering(t testing.TB, hub *ws.Hub, user, extensions string) (*ws.Session, *sink) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header = http.Header{
		"Connection":            {"Upgrade"},
		"Upgrade":               {"websocket"},
		"Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key":     {"dGhlIHNhbXBsZSBub25jZQ=="},
	}
	if extensions != "" {
		r.Header.Set("Sec-Websocket-Extensions", extensions)
	}
	peer := newSink()
	opening := ws.Opening{Identity: ws.Identity{User: user}}
	s, err := hub.Serve(context.Background(), hijacked{httptest.NewRecorder(), peer}, r, opening, ws.HandlerFuncs{})
	if err != nil {
		t.Fatal(err)
	}
	peer.took.Store(0) // the answer to the handshake
	return s, peer
}

// until waits until holds is true.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	untilWithin(t, patience, what, holds)
}

// untilWithin is until with another patience.
func untilWithin(t testing.TB, patience time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(patience)
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-deadline:
			t.Fatalf("no %s within %s", what, patience)
		case <-ticker.C:
		}
	}
}
