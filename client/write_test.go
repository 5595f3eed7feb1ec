package client_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

func insecureTLS() *tls.Config { return &tls.Config{InsecureSkipVerify: true} }

func TestWriteConcurrently(t *testing.T) {
	const writers, each = 100, 6
	type arrival struct{ writer, number, size int }
	arrivals := make(chan arrival, writers*each)
	session := func(conn *websocket.Conn, _ *http.Request) {
		for {
			_, data, err := conn.ReadMessage()
			if err != nil {
				close(arrivals)
				return
			}
			var a arrival
			_, _ = fmt.Sscanf(string(data), "%d %d", &a.writer, &a.number)
			a.size = len(data)
			arrivals <- a
		}
	}
	conn := dial(t, serve(t, session), direct())
	var group sync.WaitGroup
	for writer := range writers {
		group.Go(func() {
			for number := range each {
				// Some messages take several frames.
				text := fmt.Sprintf("%d %d %s", writer, number, strings.Repeat(".", writer*400))
				if err := conn.Write(testContext(t), ws.TextMessage(text)); err != nil {
					t.Errorf("write: %v", err)
					return
				}
				if number%3 == 0 {
					if err := conn.Ping(testContext(t)); err != nil {
						t.Errorf("ping: %v", err)
					}
				}
			}
		})
	}
	group.Wait()
	if err := conn.Close(ws.CodeNormal, ""); err != nil {
		t.Fatal(err)
	}
	next := map[int]int{}
	for a := range arrivals {
		if a.number != next[a.writer] {
			t.Fatalf("writer %d: got number %d, want %d", a.writer, a.number, next[a.writer])
		}
		if a.size < a.writer*400 {
			t.Fatalf("writer %d: message of %d bytes", a.writer, a.size)
		}
		next[a.writer]++
	}
	for writer := range writers {
		if next[writer] != each {
			t.Errorf("writer %d: %d messages arrived", writer, next[writer])
		}
	}
}

func TestWriteRefusesBadMessages(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	for name, m := range map[string]ws.Message{
		"no type":             {Data: []byte("x")},
		"close frame":         {Type: 8, Data: []byte{3, 232}},
		"text that is no utf": {Type: ws.Text, Data: []byte{0xff}},
	} {
		err := conn.Write(testContext(t), m)
		if gerror.Code(err) != gcode.CodeInvalidParameter {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := conn.Write(testContext(t), ws.TextMessage("alive")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "alive")
}

// stalling is a server that reads the handshake and then nothing more. The
// returned function ends it.
func stalling(t *testing.T) (url string, leave func()) {
	t.Helper()
	left := make(chan struct{})
	leave = sync.OnceFunc(func() { close(left) })
	url = serveRaw(t, func(net.Conn, *bufio.Reader) { <-left })
	t.Cleanup(leave)
	return url, leave
}

// enormous does not fit into the buffers of any loopback.
func enormous() ws.Message { return ws.BinaryMessage(make([]byte, 16<<20)) }

func TestWriteCancelledHalfway(t *testing.T) {
	begun, leave := make(chan struct{}), make(chan struct{})
	url := serveRaw(t, func(_ net.Conn, reader *bufio.Reader) {
		_, _ = reader.Discard(1)
		close(begun)
		<-leave
	})
	defer close(leave)
	conn := dial(t, url, direct())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result := make(chan error, 1)
	go func() { result <- conn.Write(ctx, enormous()) }()
	await(t, begun, "the write to begin")
	cancel()
	if err := await(t, result, "the write"); !errors.Is(err, context.Canceled) {
		t.Fatalf("write: %v", err)
	}
	// Half a message is on the wire, so the connection is gone.
	err := readError(t, conn)
	wantClose(t, err, ws.CodeAbnormal, "")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("no cause in %v", err)
	}
}

func TestWriteDeadlineHalfway(t *testing.T) {
	url, _ := stalling(t)
	conn := dial(t, url, direct())
	// On a busy machine a deadline may pass before the write has begun, which
	// leaves the connection alone: then a longer one must cut it.
	for deadline := 50 * time.Millisecond; deadline < patience; deadline *= 2 {
		if err := writeWithin(t, conn, deadline); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("write: %v", err)
		}
		err := readWithin(t, conn, time.Second)
		var closed *ws.CloseError
		if !errors.As(err, &closed) {
			continue
		}
		if closed.Code != ws.CodeAbnormal || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("read: %v", err)
		}
		return
	}
	t.Error("no deadline cut the connection")
}

func writeWithin(t *testing.T, conn *client.Conn, limit time.Duration) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	return conn.Write(ctx, enormous())
}

func readWithin(t *testing.T, conn *client.Conn, limit time.Duration) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	_, err := conn.Read(ctx)
	return err
}

// A write that waits for its turn can be given up without harm, and with a
// context that is over nothing is begun.
func TestWriteCancelledWhileWaiting(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	var received int64
	ended := make(chan struct{})
	url := serveRaw(t, func(_ net.Conn, reader *bufio.Reader) {
		defer close(ended)
		_, _ = reader.Discard(1)
		close(begun)
		<-release
		received, _ = io.Copy(io.Discard, reader)
	})
	conn := dial(t, url, direct())
	first := make(chan error, 1)
	go func() { first <- conn.Write(testContext(t), enormous()) }()
	await(t, begun, "the first write to begin")
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
		err := conn.Write(ctx, enormous())
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("write: %v", err)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := conn.Write(over, ws.BinaryMessage(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("write with a context that is over: %v", err)
	}
	close(release)
	if err := await(t, first, "the first write"); err != nil {
		t.Fatalf("the first write: %v", err)
	}
	if err := conn.Write(testContext(t), ws.BinaryMessage(nil)); err != nil {
		t.Errorf("a later write: %v", err)
	}
	conn.CloseNow()
	await(t, ended, "the server")
	if size := int64(16 << 20); received < size || received > size+size/2 {
		t.Errorf("%d bytes arrived", received)
	}
}

// Whoever waits to write learns that the connection ended.
func TestWriteWhileConnectionEnds(t *testing.T) {
	url, leave := stalling(t)
	conn := dial(t, url, direct())
	results := make(chan error, 10)
	for range 10 {
		go func() { results <- conn.Write(t.Context(), enormous()) }()
	}
	leave()
	for range 10 {
		if err := await(t, results, "a writer"); err == nil {
			t.Error("a write that cannot have succeeded told nothing")
		}
	}
}

// A server that closes while this side writes: Read tells the code, whatever
// the write told.
func TestWriteRefusedByServer(t *testing.T) {
	url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
		conn.SetReadLimit(1000)
		_ = drain(conn)
		// As a server should, it waits for the answer to its close frame.
		_, _ = io.Copy(io.Discard, conn.NetConn())
	})
	conn := dial(t, url, direct())
	_ = conn.Write(testContext(t), ws.BinaryMessage(make([]byte, 1<<20)))
	wantClose(t, readError(t, conn), ws.CodeMessageTooBig, "")
}

// Two sides that both send more than the network holds get through, since each
// reads in the background.
func TestWriteBothWaysAtOnce(t *testing.T) {
	url := serve(t, echo)
	conn := dial(t, url, client.Options{Proxy: http.ProxyURL(nil), MaxMessage: 1 << 20})
	const messages = 24
	failed := make(chan error, 1)
	go func() {
		for range messages {
			if err := conn.Write(testContext(t), ws.BinaryMessage(make([]byte, 1<<20))); err != nil {
				failed <- err
				return
			}
		}
		failed <- nil
	}()
	for range messages {
		if _, err := conn.Read(testContext(t)); err != nil {
			t.Fatal(err)
		}
	}
	if err := await(t, failed, "the writer"); err != nil {
		t.Fatal(err)
	}
}

func TestWriteToServerThatDoesNotReadOverTLS(t *testing.T) {
	left := make(chan struct{})
	server := startServer(t, httptest.NewTLSServer, func(*websocket.Conn, *http.Request) { <-left })
	defer close(left)
	conn := dial(t, webSocketURL(server.URL), insecure())
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := conn.Write(ctx, enormous()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("write: %v", err)
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		conn.CloseNow()
	}()
	await(t, closed, "CloseNow")
}
