package ws_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// BenchmarkEcho sends a message and waits for its echo, over TCP. Run with
// -benchmem: client and server share the process, and the client allocates
// nothing.
func BenchmarkEcho(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"128B", 128}, {"16KiB", 16 << 10}} {
		b.Run(size.name, func(b *testing.B) {
			conn := dialBenchmark(b)
			request := frame{fin: true, opcode: opBinary, payload: strings.Repeat("x", size.bytes)}.bytes()
			reply := make([]byte, len(frame{fin: true, opcode: opBinary, bare: true, payload: strings.Repeat("x", size.bytes)}.bytes()))
			b.SetBytes(int64(size.bytes))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := conn.Write(request); err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadFull(conn, reply); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEchoBatched sends 16 messages in one write and waits for all echoes;
// an operation is one message.
func BenchmarkEchoBatched(b *testing.B) {
	const batch, size = 16, 128
	conn := dialBenchmark(b)
	payload := strings.Repeat("x", size)
	requests := bytes.Repeat(frame{fin: true, opcode: opBinary, payload: payload}.bytes(), batch)
	replies := make([]byte, batch*len(frame{fin: true, opcode: opBinary, bare: true, payload: payload}.bytes()))
	b.ReportAllocs()
	for n := 0; n < b.N; n += batch {
		if _, err := conn.Write(requests); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(conn, replies); err != nil {
			b.Fatal(err)
		}
	}
}

// dialBenchmark connects to an echo server.
func dialBenchmark(b *testing.B) net.Conn {
	b.Helper()
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = hub.Serve(context.Background(), w, r, ws.Opening{}, ws.HandlerFuncs{Message: echo})
	}))
	b.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		server.Close()
	})
	return dialRaw(b, strings.TrimPrefix(server.URL, "http://"))
}

// dialRaw connects to a WebSocket server and returns what is behind its answer.
func dialRaw(t testing.TB, address string) net.Conn {
	t.Helper()
	conn, err := rawframe.Dial(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}
