package client_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

// Nobody is in Read in any of these tests.

func TestPing(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if err := conn.Ping(testContext(t)); err != nil {
				t.Errorf("ping: %v", err)
			}
		})
	}
	group.Wait()
}

func TestPingWithoutPong(t *testing.T) {
	silent := make(chan struct{})
	url := serve(t, func(conn *websocket.Conn, r *http.Request) {
		conn.SetPingHandler(func(string) error { return nil })
		close(silent)
		echo(conn, r)
	})
	conn := dial(t, url, direct())
	await(t, silent, "the server")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := conn.Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("ping: %v", err)
	}
	if err := conn.Write(testContext(t), ws.TextMessage("alive")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "alive")
}

// A server may answer only the newest of several pings, and may send pongs that
// nobody asked for.
func TestPingAnsweredTogether(t *testing.T) {
	url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
		for _, unasked := range []string{"", "x", "18446744073709551615", "99"} {
			_, _ = conn.Write(frame(0x8a, []byte(unasked)))
		}
		var newest []byte
		for range 2 {
			_, payload, err := readFrame(reader)
			if err != nil {
				t.Errorf("ping: %v", err)
				return
			}
			newest = payload
		}
		_, _ = conn.Write(frame(0x8a, newest))
		_, _, _ = readFrame(reader)
	})
	conn := dial(t, url, direct())
	results := make(chan error, 2)
	for range 2 {
		go func() { results <- conn.Ping(testContext(t)) }()
	}
	for range 2 {
		if err := await(t, results, "the pong"); err != nil {
			t.Error(err)
		}
	}
	conn.CloseNow()
}

func TestPingEndsWithTheConnection(t *testing.T) {
	url := serveRaw(t, func(_ net.Conn, reader *bufio.Reader) { _, _, _ = readFrame(reader) })
	conn := dial(t, url, direct())
	wantClose(t, conn.Ping(testContext(t)), ws.CodeAbnormal, "")
}

func TestPingOfServerIsAnswered(t *testing.T) {
	pongs := make(chan string, 10)
	url := serve(t, func(conn *websocket.Conn, r *http.Request) {
		conn.SetPongHandler(func(payload string) error {
			pongs <- payload
			return nil
		})
		_ = conn.WriteControl(websocket.PingMessage, []byte("are you there"), time.Now().Add(patience))
		echo(conn, r)
	})
	dial(t, url, direct())
	if got := await(t, pongs, "the pong"); got != "are you there" {
		t.Errorf("pong %q", got)
	}
}

// A flood of pings to which the answers are not read neither blocks reading nor
// grows without bound.
func TestPingFlood(t *testing.T) {
	url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
		ping := frame(finPing, make([]byte, 125))
		for range 100_000 {
			if _, err := conn.Write(ping); err != nil {
				return
			}
		}
		_, _ = conn.Write(frame(finText, []byte("after the flood")))
		_, _ = io.Copy(io.Discard, reader)
	})
	conn := dial(t, url, direct())
	wantMessage(t, conn, ws.Text, "after the flood")
	conn.CloseNow()
}
