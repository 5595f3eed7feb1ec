package jsonrpc_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/glog"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// server serves one router on a loopback port.
type server struct {
	*httptest.Server
	hub    *ws.Hub
	opened chan *ws.Session
}

func silent() *glog.Logger {
	logger := glog.New()
	logger.SetStdoutPrint(false)
	return logger
}

// newRouter returns a router with the handlers bound.
func newRouter(t testing.TB, handlers []any, opts ...jsonrpc.Option) *jsonrpc.Router {
	t.Helper()
	router := jsonrpc.New(append([]jsonrpc.Option{jsonrpc.Logger(silent())}, opts...)...)
	if err := router.Bind(handlers...); err != nil {
		t.Fatal(err)
	}
	return router
}

// serve starts a server with the handler, and stops it at the end of the test.
func serve(t testing.TB, handler ws.Handler) *server {
	t.Helper()
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{hub: hub, opened: make(chan *ws.Session, 64)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := hub.Serve(context.Background(), w, r, ws.Opening{Identity: ws.Identity{User: r.URL.Query().Get("user")}}, handler)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.opened <- session
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		s.Server.Close()
	})
	return s
}

// peer is gorilla's client with what the tests ask of it.
type peer struct {
	*websocket.Conn
	t testing.TB
}

func (s *server) dial(t testing.TB, header http.Header) *peer {
	t.Helper()
	conn, response, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http")+"?user=ann", header)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = response.Body.Close()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	return &peer{conn, t}
}

func (p *peer) send(text string) {
	p.t.Helper()
	if err := p.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) receive() string {
	p.t.Helper()
	_, data, err := p.ReadMessage()
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

// ask sends a message and returns what comes next.
func (p *peer) ask(text string) string {
	p.t.Helper()
	p.send(text)
	return p.receive()
}

// expectNothing makes sure that nothing came before the answer to one call
// more.
func (p *peer) expectNothing() {
	p.t.Helper()
	const sentinel = `{"jsonrpc":"2.0","id":"sentinel","method":"$/nothing"}`
	if got := p.ask(sentinel); !strings.Contains(got, `"sentinel"`) {
		p.t.Errorf("came unexpectedly: %s", got)
	}
}

// sameJSON compares two texts as JSON, the text in data of errors left out
// where want has none.
func sameJSON(t testing.TB, got, want string) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatalf("not JSON: %s", got)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatalf("not JSON: %s", want)
	}
	if !reflect.DeepEqual(withoutDetail(a), withoutDetail(b)) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// withoutDetail takes off the data of errors that is a mere text.
func withoutDetail(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutDetail(v[i])
		}
	case map[string]any:
		fault, _ := v["error"].(map[string]any)
		if _, isText := fault["data"].(string); isText {
			delete(fault, "data")
		}
	}
	return v
}

// waitFor receives from c or fails.
func waitFor[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case value := <-c:
		return value
	case <-time.After(patience):
		t.Fatalf("no %s within %s", what, patience)
		panic("unreachable")
	}
}
