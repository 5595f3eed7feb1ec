package client_test

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// TestChaos kills the server again and again under callers. Every call ends
// once: with its own answer, or as one that may be lost.
func TestChaos(t *testing.T) {
	server := startRPC(t)
	options := client.ClientOptions{Dial: direct(), Backoff: client.Backoff{Min: time.Millisecond, Max: 5 * time.Millisecond}}
	c, err := client.New(server.url(), options)
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	var answering sync.WaitGroup
	answering.Go(func() { answerAll(server, over, &answering) })
	if err := c.Connect(testContext(t)); err != nil {
		t.Fatal(err)
	}
	answered := make(chan struct{})
	var callers sync.WaitGroup
	ctx, stop := context.WithCancel(testContext(t))
	for range 8 {
		callers.Go(func() { callUntil(t, ctx, c, answered) })
	}
	for range 10 {
		for range 50 {
			await(t, answered, "an answer")
		}
		server.kill()
		server.start()
	}
	stop()
	callers.Wait()
	if err := c.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Log(err) // the server may just have been killed
	}
	await(t, c.Done(), "the end")
	server.kill()
	close(over)
	answering.Wait()
}

// answerAll echoes on every connection, and in any order.
func answerAll(server *rpcServer, over <-chan struct{}, group *sync.WaitGroup) {
	for {
		select {
		case s := <-server.sessions:
			group.Go(func() {
				for m := range s.received {
					if m.ID != nil {
						s.reply(m, string(m.Params))
					}
				}
			})
		case <-over:
			return
		}
	}
}

func callUntil(t *testing.T, ctx context.Context, c *client.Client, answered chan<- struct{}) {
	for i := 0; ctx.Err() == nil; i++ {
		got, err := client.Call[[]int](ctx, c, "echo", []int{i})
		switch {
		case err == nil && len(got) == 1 && got[0] == i:
			select {
			case answered <- struct{}{}:
			case <-ctx.Done():
			}
		case err == nil:
			t.Errorf("%d: got %v", i, got)
		case !errors.Is(err, client.ErrLost) && !errors.Is(err, context.Canceled):
			t.Errorf("%d: %v", i, err)
		}
	}
}

// A server that vanished without a word, as behind a cut cable, is found out by
// its silence.
func TestHalfOpen(t *testing.T) {
	called, left := make(chan struct{}), make(chan struct{})
	url := serveRaw(t, func(_ net.Conn, reader *bufio.Reader) {
		_, _, _ = readFrame(reader)
		close(called)
		<-left
	})
	t.Cleanup(func() { close(left) })
	w := watch(t, url, client.ClientOptions{})
	if err := w.Connect(testContext(t)); err != nil {
		t.Fatal(err)
	}
	lost := w.calling("m", nil)
	await(t, called, "the call to be sent")
	w.clock.fire(t, client.DefaultPingInterval)
	w.clock.fire(t, client.DefaultPongTimeout)
	if err := await(t, lost, "the call"); !errors.Is(err, client.ErrLost) {
		t.Errorf("%v", err)
	}
	if err := w.until(client.PhaseWaiting).Err; err == nil || !strings.Contains(err.Error(), "no answer to a ping within 10s") {
		t.Errorf("%v", err)
	}
}

// A server that answers pings is left alone, however little it says.
func TestSilentServerIsAlive(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	for range 3 {
		w.clock.fire(t, client.DefaultPingInterval)
	}
	if err := w.Notify(testContext(t), "n", nil); err != nil {
		t.Fatal(err)
	}
	s.expect("n")
	w.until(client.PhaseOpen)
}

// A server that does not read holds callers up only as long as they want.
func TestStalledServer(t *testing.T) {
	url, leave := stalling(t)
	w := watch(t, url, client.ClientOptions{Queue: client.Queue{Bytes: 32 << 20, Messages: 2}})
	if err := w.Connect(testContext(t)); err != nil {
		t.Fatal(err)
	}
	large := []string{strings.Repeat("x", 16<<20)}
	var err error
	for err == nil {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		err = w.Notify(ctx, "large", large)
		cancel()
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	w.clock.fire(t, client.DefaultPingInterval)
	w.clock.fire(t, client.DefaultPongTimeout)
	w.until(client.PhaseWaiting)
	if d := await(t, w.dropped, "the message that was cut"); d.Method != "large" || d.Incoming {
		t.Errorf("dropped %s", d.Method)
	}
	leave()
}

// A message over the limit closes the client for good: it would come again.
func TestOversizedMessage(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{Dial: client.Options{MaxMessage: 1000}})
	s.notify("n", `["`+strings.Repeat("x", 1000)+`"]`)
	await(t, w.Done(), "the end")
	var closed *ws.CloseError
	if !errors.As(w.Err(), &closed) || closed.Code != ws.CodeMessageTooBig {
		t.Errorf("%v", w.Err())
	}
}

// What hangs up instead of a handshake, or in the middle of a frame, is tried
// again.
func TestServersThatBreak(t *testing.T) {
	for name, serve := range map[string]func(net.Conn, *bufio.Reader){
		"hangs up":    func(net.Conn, *bufio.Reader) {},
		"half frame":  func(conn net.Conn, _ *bufio.Reader) { _, _ = conn.Write([]byte{finText, 100, '{'}) },
		"half header": func(conn net.Conn, _ *bufio.Reader) { _, _ = conn.Write([]byte{finText}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := watch(t, serveRaw(t, serve), client.ClientOptions{})
			connected := make(chan error, 1)
			go func() { connected <- w.Connect(testContext(t)) }()
			w.until(client.PhaseWaiting)
			w.clock.fire(t, 200*time.Millisecond)
			w.until(client.PhaseWaiting)
			_ = w.Close()
			// It may have been open for a moment.
			if err := await(t, connected, "the end"); err != nil && !errors.Is(err, client.ErrClosed) {
				t.Error(err)
			}
		})
	}
}
