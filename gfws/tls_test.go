package gfws_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strconv"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/utility/devcert"
	"github.com/gfws/gf-websocket/ws"
)

// startBoth serves plain and TLS, and returns the address of the second.
func startBoth(t *testing.T, plugin *gfws.Plugin, configure ...func(*host)) (*host, string) {
	t.Helper()
	files, err := devcert.Ensure(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t)
	h.SetHTTPSAddr("127.0.0.1:0")
	h.EnableHTTPS(files.CertPath, files.KeyPath)
	h.Plugin(plugin)
	for _, each := range configure {
		each(h)
	}
	if err = h.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.stop)
	secure := net.JoinHostPort("127.0.0.1", strconv.Itoa(h.GetListenedHTTPSPort()))
	h.addr = net.JoinHostPort("127.0.0.1", strconv.Itoa(h.GetListenedPort()))
	for _, address := range []string{h.addr, secure} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
	}
	h.ask(http.MethodGet, "/")
	return h, secure
}

// dialTLS opens a connection whose certificate nobody has signed.
func (h *host) dialTLS(address, path, origin string) (*peer, *http.Response) {
	h.t.Helper()
	dialer := websocket.Dialer{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, HandshakeTimeout: patience}
	conn, res, err := dialer.Dial("wss://"+address+path, http.Header{"Origin": {origin}})
	if err != nil {
		return nil, res
	}
	h.t.Cleanup(func() { _ = conn.Close() })
	return &peer{conn, h.t, res}, res
}

// TestBothSchemes serves either path on either scheme, and on TLS refuses the
// pages that came without.
func TestBothSchemes(t *testing.T) {
	secure := make(chan bool, 2)
	plugin := gfws.New(gfws.Handle(ws.HandlerFuncs{
		Open:    func(_ context.Context, s *ws.Session) error { secure <- s.Handshake().Secure; return nil },
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error { return s.Reply(m) },
	}))
	h, address := startBoth(t, plugin)
	for _, path := range []string{"/ws", "/wss"} {
		p, res := h.dialTLS(address, path, "https://"+address)
		if p == nil {
			t.Fatalf("%s over TLS: %v", path, res)
		}
		p.echo(websocket.BinaryMessage, "over TLS")
		h.dial(path, "Origin", "http://"+h.addr).echo(websocket.TextMessage, "plain")
		if first, second := receive(t, "OnOpen", secure), receive(t, "OnOpen", secure); !first || second {
			t.Errorf("%s: secure was %v and %v", path, first, second)
		}
	}
	if p, res := h.dialTLS(address, "/wss", "http://"+address); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a plain page got %v", res)
	}
	if p, res, _ := h.tryDial("/ws", "Origin", "http://"+address); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a page of the other port got %s", res.Status)
	}
}

// TestBothSchemesAreDrained closes the sessions of both when the server stops.
func TestBothSchemesAreDrained(t *testing.T) {
	h, address := startBoth(t, gfws.New())
	plain := h.dial("/ws")
	secure, _ := h.dialTLS(address, "/wss", "https://"+address)
	done := make(chan struct{})
	go func() { defer close(done); h.stop() }()
	plain.expectClose(websocket.CloseGoingAway, "")
	secure.expectClose(websocket.CloseGoingAway, "")
	receive(t, "the server to stop", done)
}
