package conformance_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/ws"
)

// subject is a server under test.
type subject struct {
	addr, path string
	told       *verdicts
}

// verdicts are what OnClose was told, by the query of the request.
type verdicts struct {
	last  atomic.Int64
	codes sync.Map // of chan ws.Code
}

// expect returns a query of its own and the channel for what is told.
func (v *verdicts) expect() (query string, told <-chan ws.Code) {
	query = strconv.FormatInt(v.last.Add(1), 10)
	codes := make(chan ws.Code, 1)
	v.codes.Store(query, codes)
	return query, codes
}

func (v *verdicts) handler() ws.Handler {
	return ws.HandlerFuncs{Message: onMessage, Close: func(_ context.Context, s *ws.Session, c ws.Close) {
		if codes, ok := v.codes.Load(s.Handshake().RawQuery); ok {
			codes.(chan ws.Code) <- c.Code
		}
	}}
}

// serve runs a hub on net/http.
func serve(t testing.TB, config ws.Config) *subject {
	t.Helper()
	config.MaxMessage, config.MaxFragments = limit, maxFragments
	config.Logger = silent()
	hub, err := ws.NewHub(config)
	if err != nil {
		t.Fatal(err)
	}
	told := &verdicts{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := hub.Serve(context.Background(), w, r, ws.Opening{}, told.handler())
		if err != nil {
			refuse(w, err)
		}
	}))
	t.Cleanup(func() {
		if err := hub.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		s.Close()
	})
	return &subject{addr: s.Listener.Addr().String(), path: "/", told: told}
}

func refuse(w http.ResponseWriter, err error) {
	refused, ok := err.(*ws.HandshakeError)
	if !ok {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	for name, values := range refused.Header() {
		w.Header()[name] = values
	}
	http.Error(w, refused.Message, refused.Status)
}

func silent() *glog.Logger {
	logger := glog.New()
	logger.SetStdoutPrint(false)
	return logger
}

// dial opens a TCP connection to the server.
func (s *subject) dial(t testing.TB) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// connect opens a connection without extensions.
func (s *subject) connect(t testing.TB) *peer {
	t.Helper()
	p, _ := s.connectWith(t, "")
	return p
}

// connectWith opens a connection with more header lines.
func (s *subject) connectWith(t testing.TB, lines string) (*peer, http.Header) {
	t.Helper()
	query, told := s.told.expect()
	conn := s.dial(t)
	in := bufio.NewReader(conn)
	p := newPeer(t, server, conn, in, told)
	_, _ = fmt.Fprintf(conn, "GET %s?%s HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n", s.path, query, lines)
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		body, _ := io.ReadAll(response.Body)
		t.Fatalf("handshake answered %s: %s", response.Status, body)
	}
	return p, response.Header
}

func parseCommand(m ws.Message) (code ws.Code, reason string, ok bool) {
	command, ok := strings.CutPrefix(string(m.Data), closeCommand)
	if !ok {
		return 0, "", false
	}
	number, reason, _ := strings.Cut(command, " ")
	n, err := strconv.Atoi(number)
	return ws.Code(n), reason, err == nil
}
