package ws_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// inVirtualTime runs a test whose clock moves only when nothing else can, so
// that a slow machine changes nothing about who was late. Servers in it are made
// with serveOnPipes or acceptOnPipes, since the clock does not know of sockets.
func inVirtualTime(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

// pipes is a listener whose connections stay in memory.
type pipes struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newPipes() *pipes {
	return &pipes{dialled: make(chan net.Conn), closed: make(chan struct{})}
}

// dial returns the client's end of a new connection.
func (l *pipes) dial() (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case l.dialled <- far:
		return near, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-l.dialled:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// listenOnPipes serves handler without a socket until the test ends.
func (s *server) listenOnPipes(t *testing.T, handler http.HandlerFunc) {
	t.Helper()
	s.pipes = newPipes()
	s.Server = &httptest.Server{Listener: s.pipes, Config: &http.Server{Handler: handler}}
	s.Start()
	t.Cleanup(func() {
		_ = s.hub.Shutdown(context.Background())
		s.Close()
	})
}

// serveOnPipes is serve in virtual time.
func serveOnPipes(t *testing.T, config ws.Config, handle func(context.Context, *ws.Session, ws.Message) error) *server {
	t.Helper()
	s := newServer(t, config)
	s.listenOnPipes(t, s.handler(ws.HandlerFuncs{Message: handle}))
	return s
}

// acceptOnPipes is accept in virtual time.
func acceptOnPipes(t *testing.T, config ws.Config, loop func(*ws.Conn)) *server {
	t.Helper()
	s := newServer(t, config)
	s.listenOnPipes(t, s.loop(loop))
	return s
}

// dialRaw opens a connection without a handshake.
func (s *server) dialRaw(t *testing.T) net.Conn {
	t.Helper()
	conn, err := s.dialNetwork()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func (s *server) dialNetwork() (net.Conn, error) {
	if s.pipes != nil {
		return s.pipes.dial()
	}
	return net.Dial("tcp", s.Listener.Addr().String())
}

// newPeer is a peer on conn that waits at most for limit.
func newPeer(t *testing.T, conn net.Conn, limit time.Duration) *peer {
	_ = conn.SetDeadline(time.Now().Add(limit))
	return &peer{t, conn, bufio.NewReader(conn)}
}
