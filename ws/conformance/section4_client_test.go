package conformance_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	gfclient "github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// reply is a server's answer to our client, "KEY" in it standing for the right
// answer to the key, and whether the client may take it.
type reply struct {
	name   string
	answer string
	taken  bool
}

// clientHandshakes covers section 4.1: what a client must refuse in the answer.
func clientHandshakes() []reply {
	lines := func(status string, header ...string) string {
		return "HTTP/1.1 " + status + "\r\n" + strings.Join(header, "\r\n") + "\r\n\r\n"
	}
	const (
		status     = "101 Switching Protocols"
		upgrade    = "Upgrade: websocket"
		connection = "Connection: Upgrade"
		accept     = "Sec-WebSocket-Accept: KEY"
	)
	return []reply{
		{"as the RFC has it", lines(status, upgrade, connection, accept), true},
		{"other case", lines("101 ok", "upgrade: WebSocket", "connection: upgrade", "sec-websocket-accept: KEY"), true},
		{"other tokens of Connection", lines(status, upgrade, "Connection: keep-alive, Upgrade", accept), true},
		{"blanks around the key", lines(status, upgrade, connection, "Sec-WebSocket-Accept:  KEY "), true},
		{"unknown fields", lines(status, upgrade, connection, accept, "X-Unknown: 1"), true},
		{"first offer chosen", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: v1"), true},
		{"second offer chosen", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: v2"), true},
		{"no Upgrade", lines(status, connection, accept), false},
		{"another Upgrade", lines(status, "Upgrade: h2c", connection, accept), false},
		{"no Connection", lines(status, upgrade, accept), false},
		{"another Connection", lines(status, upgrade, "Connection: close", accept), false},
		{"no key", lines(status, upgrade, connection), false},
		{"empty key", lines(status, upgrade, connection, "Sec-WebSocket-Accept:"), false},
		{"key of another", lines(status, upgrade, connection, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), false},
		{"half a key", lines(status, upgrade, connection, "Sec-WebSocket-Accept: KEYx"), false},
		{"extension that was not offered", lines(status, upgrade, connection, accept, "Sec-WebSocket-Extensions: permessage-deflate"), false},
		{"unknown extension", lines(status, upgrade, connection, accept, "Sec-WebSocket-Extensions: x"), false},
		{"subprotocol that was not offered", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: v3"), false},
		{"subprotocol in other case", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: V1"), false},
		{"two subprotocols", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: v1, v2"), false},
		{"two lines of subprotocols", lines(status, upgrade, connection, accept, "Sec-WebSocket-Protocol: v1", "Sec-WebSocket-Protocol: v2"), false},
		{"200", lines("200 OK", upgrade, connection, accept, "Content-Length: 0"), false},
		{"100", lines("100 Continue", upgrade, connection, accept), false},
		{"301", lines("301 Moved Permanently", "Location: /", "Content-Length: 0"), false},
		{"401", lines("401 Unauthorized", "WWW-Authenticate: Basic", "Content-Length: 0"), false},
		{"403", lines("403 Forbidden", "Content-Length: 2") + "no", false},
		{"426", lines("426 Upgrade Required", upgrade, connection, "Sec-WebSocket-Version: 8", "Content-Length: 0"), false},
		{"503", lines("503 Service Unavailable", "Retry-After: 1", "Content-Length: 0"), false},
		{"no HTTP", "hello\r\n\r\n", false},
		{"nothing", "", false},
		{"half an answer", "HTTP/1.1 101 Switching", false},
	}
}

func TestClientHandshakes(t *testing.T) {
	for _, c := range clientHandshakes() {
		t.Run(c.name, func(t *testing.T) {
			listener := listen(t)
			dialled := make(chan error, 1)
			go func() { dialled <- dialOnce("ws://" + listener.Addr().String()) }()
			conn, _, key := acceptHandshake(t, listener)
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(patience))
			_, _ = io.WriteString(conn, strings.ReplaceAll(c.answer, "KEY", acceptOf(key)))
			if !c.taken {
				_ = conn.(*net.TCPConn).CloseWrite()
			}
			err := <-dialled
			var refused *gfclient.HandshakeError
			if c.taken && err != nil || !c.taken && !errors.As(err, &refused) {
				t.Errorf("dial: %v, want taken %t", err, c.taken)
			}
			// Section 4.1: a client that refuses the answer fails the connection.
			if _, err = io.Copy(io.Discard, conn); err != nil {
				t.Errorf("the client left with %v, want the end of the stream", err)
			}
		})
	}
}

func dialOnce(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := gfclient.Dial(ctx, url, gfclient.Options{Proxy: http.ProxyURL(nil), Subprotocols: []string{"v1", "v2"}})
	if err != nil {
		return err
	}
	conn.CloseNow()
	return nil
}

// TestClientRequest covers section 4.1: what a client must send.
func TestClientRequest(t *testing.T) {
	listener := listen(t)
	keys := make(map[string]bool)
	for range 5 {
		dialled := make(chan error, 1)
		go func() { dialled <- dialOnce(fmt.Sprintf("ws://%s/chat?room=1", listener.Addr())) }()
		conn, err := listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
		<-dialled // an error, since it got no answer
		if request.Method != "GET" || !request.ProtoAtLeast(1, 1) || request.RequestURI != "/chat?room=1" || request.Host != listener.Addr().String() {
			t.Errorf("request %s %s %s to %s", request.Method, request.RequestURI, request.Proto, request.Host)
		}
		if err = ws.CheckHandshake(request); err != nil {
			t.Errorf("our own server refuses it: %v", err)
		}
		header := request.Header
		if header.Get("Sec-WebSocket-Protocol") != "v1, v2" || header.Get("Origin") != "" || header["Sec-Websocket-Extensions"] != nil {
			t.Errorf("header %v", header)
		}
		key := header.Get("Sec-WebSocket-Key")
		if raw, err := base64.StdEncoding.DecodeString(key); err != nil || len(raw) != 16 || keys[key] {
			t.Errorf("key %q: must be 16 bytes, and new each time", key)
		}
		keys[key] = true
	}
}
