package conformance_test

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"

	gfclient "github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// serveClient starts a client under test and returns its raw server.
func serveClient(t testing.TB) *peer {
	t.Helper()
	listener := listen(t)
	told := make(chan ws.Code, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		told <- runClient(t, "ws://"+listener.Addr().String())
	}()
	conn, in, key := acceptHandshake(t, listener)
	t.Cleanup(func() {
		_ = conn.Close()
		<-ended
	})
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\n\r\n", acceptOf(key))
	return newPeer(t, client, conn, in, told)
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

// acceptHandshake accepts a connection and reads the client's request.
func acceptHandshake(t testing.TB, listener net.Listener) (net.Conn, *bufio.Reader, string) {
	t.Helper()
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	request, err := http.ReadRequest(in)
	if err != nil {
		t.Fatal(err)
	}
	return conn, in, request.Header.Get("Sec-WebSocket-Key")
}

// acceptOf is the answer to a key, RFC 6455 section 4.2.2.
func acceptOf(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// runClient is the host's code around a client. It returns the code it was told.
func runClient(t testing.TB, url string) ws.Code {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := gfclient.Dial(ctx, url, gfclient.Options{Proxy: http.ProxyURL(nil), MaxMessage: limit})
	if err != nil {
		t.Errorf("dial: %v", err)
		return 0
	}
	defer conn.CloseNow()
	for err == nil {
		var m ws.Message
		if m, err = conn.Read(ctx); err == nil {
			err = answer(m, conn.Close, func(m ws.Message) error { return conn.Write(ctx, m) })
		}
	}
	// Close waits for what CloseNow cuts: that the peer leaves in its own time.
	_ = conn.Close(ws.CodeNormal, "")
	return codeOf(err)
}

// codeOf returns the close code that err holds, or 0.
func codeOf(err error) ws.Code {
	var closed *ws.CloseError
	if errors.As(err, &closed) {
		return closed.Code
	}
	return 0
}
