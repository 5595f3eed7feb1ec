package batchconn_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/utility/batchconn"
)

// tcp returns a batching connection over plain TCP, where writes can be tried,
// and the peer's end.
func tcp(t *testing.T, options batchconn.Options) (*batchconn.Conn, net.Conn) {
	t.Helper()
	near, far := connect(t)
	conn := batchconn.New(near, options)
	t.Cleanup(func() { _ = conn.Close(); _ = far.Close() })
	return conn, far
}

func share(t *testing.T, conn *batchconn.Conn, text string) bool {
	t.Helper()
	flush, err := conn.WriteShared([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return flush
}

// TestSharedAmongOthers mixes shared messages with the connection's own in
// every order.
func TestSharedAmongOthers(t *testing.T) {
	for _, order := range []string{"s", "ss", "sw", "ws", "sws", "wsw", "sssw", "csc", "scs"} {
		t.Run(order, func(t *testing.T) {
			conn, far := tcp(t, batchconn.Options{})
			want := ""
			for i, kind := range order {
				text := strings.Repeat(string('a'+rune(i)), 3)
				want += text
				switch kind {
				case 's':
					share(t, conn, text)
				case 'w':
					write(t, conn, text)
				case 'c':
					conn.Cork()
					write(t, conn, text)
					conn.Uncork()
				}
			}
			if bytes, _ := conn.Queued(); bytes != len(want) {
				t.Errorf("%d bytes are queued, want %d", bytes, len(want))
			}
			if err := conn.Flush(); err != nil {
				t.Fatal(err)
			}
			expect(t, far, want)
			if bytes, messages := conn.Queued(); bytes != 0 || messages != 0 {
				t.Errorf("%d bytes and %d messages are left", bytes, messages)
			}
		})
	}
}

func TestSharedIsDropped(t *testing.T) {
	for name, drop := range map[string]func(*batchconn.Conn){
		"discard":     func(c *batchconn.Conn) { c.Discard() },
		"drop oldest": func(c *batchconn.Conn) { c.DropOldest() },
	} {
		t.Run(name, func(t *testing.T) {
			conn, far := tcp(t, batchconn.Options{})
			share(t, conn, "dropped")
			drop(conn)
			share(t, conn, "kept")
			if _, messages := conn.Queued(); messages != 1 {
				t.Errorf("%d messages are queued, want 1", messages)
			}
			if err := conn.Flush(); err != nil {
				t.Fatal(err)
			}
			expect(t, far, "kept")
		})
	}
}

func TestSharedIsBounded(t *testing.T) {
	conn, _ := tcp(t, batchconn.Options{MaxPending: 10})
	if _, err := conn.WriteShared(make([]byte, 11)); !errors.Is(err, batchconn.ErrFull) {
		t.Errorf("a message over the bound: %v, want ErrFull", err)
	}
	share(t, conn, "0123456789")
	if _, err := conn.WriteShared([]byte("x")); !errors.Is(err, batchconn.ErrFull) {
		t.Errorf("a second message over the bound: %v, want ErrFull", err)
	}
	_ = conn.Close()
	if _, err := conn.WriteShared([]byte("x")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v, want ErrClosed", err)
	}
}

// TestFlushersPassBy has one peer that does not read among many that do.
func TestFlushersPassBy(t *testing.T) {
	const peers = 100
	var (
		flushers batchconn.Flushers
		conns    []*batchconn.Conn
		far      []net.Conn
	)
	for range peers {
		conn, peer := tcp(t, batchconn.Options{WriteTimeout: patience})
		conns, far = append(conns, conn), append(far, peer)
	}
	large := make([]byte, 16<<20)
	if flush, err := conns[0].WriteShared(large); err != nil || !flush {
		t.Fatalf("WriteShared: %v, %v", flush, err)
	}
	flushers.Add(conns[:1])
	for round := range 20 {
		var waiting []*batchconn.Conn
		for _, conn := range conns {
			if share(t, conn, "hello") {
				waiting = append(waiting, conn)
			}
		}
		flushers.Add(waiting)
		for _, peer := range far[1:] {
			expect(t, peer, "hello")
		}
		if bytes, _ := conns[0].Queued(); bytes < 5*(round+1) {
			t.Fatalf("the peer that does not read has %d bytes queued", bytes)
		}
	}
	if _, err := io.ReadFull(far[0], large); err != nil {
		t.Fatal(err)
	}
	expect(t, far[0], strings.Repeat("hello", 20))
}

// TestFlushersFromAllSides adds the same connections from many goroutines, and
// one that is closed.
func TestFlushersFromAllSides(t *testing.T) {
	const senders, each = 8, 100
	var flushers batchconn.Flushers
	for name, open := range map[string]func() (*batchconn.Conn, net.Conn){
		"tried":   func() (*batchconn.Conn, net.Conn) { return tcp(t, batchconn.Options{}) },
		"waiting": func() (*batchconn.Conn, net.Conn) { conn, far, _ := pair(t, batchconn.Options{}); return conn, far },
	} {
		t.Run(name, func(t *testing.T) {
			conn, far := open()
			closed, _ := open()
			_ = closed.Close()
			var all sync.WaitGroup
			for range senders {
				all.Go(func() {
					for range each {
						if flush, err := conn.WriteShared([]byte("x")); err != nil {
							t.Error(err)
						} else if flush {
							flushers.Add([]*batchconn.Conn{closed, conn})
						}
					}
				})
			}
			expect(t, far, strings.Repeat("x", senders*each))
			all.Wait()
		})
	}
}

// TestTryAfterWaiting holds that a deadline of a write that had to wait does
// not fail a later one that is only tried.
func TestTryAfterWaiting(t *testing.T) {
	const timeout = 4 * time.Second // a try may wait for a quarter of it
	conn, far := tcp(t, batchconn.Options{WriteTimeout: timeout})
	large := make([]byte, 16<<20)
	write(t, conn, string(large))
	conn.FlushAsync()
	if _, err := io.ReadFull(far, large); err != nil {
		t.Fatal(err)
	}
	if err := conn.Drain(patience); err != nil {
		t.Fatal(err)
	}
	<-time.After(timeout * 3 / 10)
	write(t, conn, "again")
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "again")
}
