package gfws_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/glog"
	"github.com/gogf/gf/v2/os/gsession"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/syncbuffer"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// httpClient asks without keep-alive, so that no connection outlives its test,
// and shows what was sent, compressed or not.
var httpClient = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true, DisableCompression: true},
	Timeout:       patience,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// host is a GoFrame server of a test's own.
type host struct {
	*ghttp.Server
	t    *testing.T
	addr string
	logs *logs
}

var hosts atomic.Int64

// newHost returns a server that is not started, with a log of its own.
func newHost(t *testing.T) *host {
	t.Helper()
	h := &host{Server: g.Server(fmt.Sprintf("%s-%d", t.Name(), hosts.Add(1))), t: t, logs: &logs{}}
	h.SetAddr("127.0.0.1:0")
	h.SetDumpRouterMap(false)
	h.SetSessionStorage(gsession.NewStorageMemory())
	h.SetLogger(h.logs.logger())
	h.SetLogStdout(false)
	return h
}

// start starts the server, and shuts it down when the test ends.
func (h *host) start() *host {
	h.t.Helper()
	if err := h.Start(); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(h.stop)
	h.awaitServing()
	return h
}

// startHost starts a server with plugins.
func startHost(t *testing.T, plugins ...ghttp.Plugin) *host {
	t.Helper()
	h := newHost(t)
	h.Plugin(plugins...)
	return h.start()
}

// awaitServing waits for an answer: before the first one a Shutdown of ghttp
// may find nothing to shut down.
func (h *host) awaitServing() {
	h.t.Helper()
	ports := h.GetListenedPorts() // those of an earlier start come first
	h.addr = net.JoinHostPort("127.0.0.1", fmt.Sprint(ports[len(ports)-1]))
	waitFor(h.t, "the server to answer", func() bool {
		res, err := httpClient.Get("http://" + h.addr + "/gfws-test-is-it-up")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return true
	})
}

func (h *host) stop() {
	if err := h.Shutdown(); err != nil {
		h.t.Error(err)
	}
}

// ask sends a request and returns the answer with its body read. Headers come
// in pairs of name and value.
func (h *host) ask(method, path string, header ...string) (*http.Response, string) {
	h.t.Helper()
	req, err := http.NewRequest(method, "http://"+h.addr+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	res, err := httpClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(body)
}

// peer is a client's connection.
type peer struct {
	*websocket.Conn
	t   *testing.T
	res *http.Response // the 101
}

// tryDial is dial for a handshake that may be refused: the response is then
// the refusal, with its body.
func (h *host) tryDial(path string, header ...string) (*peer, *http.Response, string) {
	h.t.Helper()
	headers := http.Header{}
	for i := 0; i < len(header); i += 2 {
		headers.Add(header[i], header[i+1])
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, res, err := websocket.DefaultDialer.DialContext(ctx, "ws://"+h.addr+path, headers)
	if err == nil {
		h.t.Cleanup(func() { _ = conn.Close() })
		return &peer{conn, h.t, res}, res, ""
	}
	if !errors.Is(err, websocket.ErrBadHandshake) {
		h.t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	return nil, res, string(body)
}

// dial opens a connection that must be let in.
func (h *host) dial(path string, header ...string) *peer {
	h.t.Helper()
	p, res, body := h.tryDial(path, header...)
	if p == nil {
		h.t.Fatalf("%s was refused with %s: %s", path, res.Status, body)
	}
	return p
}

// echo sends a message and expects it back.
func (p *peer) echo(kind int, data string) {
	p.t.Helper()
	p.send(kind, data)
	p.expect(kind, data)
}

func (p *peer) send(kind int, data string) {
	p.t.Helper()
	if err := p.WriteMessage(kind, []byte(data)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) expect(kind int, data string) {
	p.t.Helper()
	_ = p.SetReadDeadline(time.Now().Add(patience))
	gotKind, got, err := p.ReadMessage()
	if err != nil {
		p.t.Fatal(err)
	}
	if gotKind != kind || string(got) != data {
		p.t.Fatalf("got %d %.80q, want %d %.80q", gotKind, got, kind, data)
	}
}

// expectClose reads until the server's close frame, compares its code and a part
// of its reason, and leaves.
func (p *peer) expectClose(code int, reason string) {
	p.t.Helper()
	_ = p.SetReadDeadline(time.Now().Add(patience))
	for {
		_, _, err := p.ReadMessage()
		if err == nil {
			continue
		}
		var closing *websocket.CloseError
		if !errors.As(err, &closing) || closing.Code != code || !strings.Contains(closing.Text, reason) {
			p.t.Fatalf("closed with %v, want %d %q", err, code, reason)
		}
		_ = p.Close()
		return
	}
}

// closeWith sends a close frame and waits for the answer to it.
func (p *peer) closeWith(code int, reason string) {
	p.t.Helper()
	frame := websocket.FormatCloseMessage(code, reason)
	if err := p.WriteControl(websocket.CloseMessage, frame, time.Now().Add(patience)); err != nil {
		p.t.Fatal(err)
	}
	p.expectClose(code, "")
}

// waitFor polls a condition that nothing announces.
func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s", patience, what)
		}
	}
}

// receive waits for a value.
func receive[T any](t *testing.T, what string, values <-chan T) T {
	t.Helper()
	select {
	case value := <-values:
		return value
	case <-time.After(patience):
		t.Fatalf("waited %s for %s", patience, what)
		panic("unreachable")
	}
}

// logs keeps what loggers write.
type logs struct{ syncbuffer.Buffer }

func (l *logs) logger() *glog.Logger {
	logger := glog.New()
	logger.SetWriter(l)
	logger.SetStdoutPrint(false)
	return logger
}
