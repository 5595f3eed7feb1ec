package batchconn_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/gfws/gf-websocket/utility/batchconn"
)

const patience = 10 * time.Second

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counting counts the writes that reach the network.
type counting struct {
	net.Conn
	mu     sync.Mutex
	writes int
}

func (c *counting) Write(p []byte) (int, error) {
	c.mu.Lock()
	c.writes++
	c.mu.Unlock()
	return c.Conn.Write(p)
}

func (c *counting) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writes
}

// connect returns both ends of a TCP connection.
func connect(t *testing.T) (near, far net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	near, err = net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	far, err = listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_ = far.SetDeadline(time.Now().Add(patience))
	return near, far
}

// pair returns a batching connection over TCP, the peer's end, and a counter.
func pair(t *testing.T, options batchconn.Options) (*batchconn.Conn, net.Conn, *counting) {
	t.Helper()
	near, far := connect(t)
	counter := &counting{Conn: near}
	conn := batchconn.New(counter, options)
	t.Cleanup(func() { _ = conn.Close(); _ = far.Close() })
	return conn, far, counter
}

func write(t *testing.T, conn *batchconn.Conn, text string) {
	t.Helper()
	if n, err := conn.Write([]byte(text)); err != nil || n != len(text) {
		t.Fatalf("Write: %d, %v", n, err)
	}
}

func expect(t *testing.T, far net.Conn, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(far, got); err != nil || string(got) != want {
		t.Fatalf("the peer got %q, %v, want %q", got, err, want)
	}
}

func TestWritesLeaveTogether(t *testing.T) {
	conn, far, counter := pair(t, batchconn.Options{})
	for _, text := range []string{"one ", "two ", "three"} {
		write(t, conn, text)
	}
	if n := counter.count(); n != 0 {
		t.Fatalf("%d writes before the flush", n)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "one two three")
	if n := counter.count(); n != 1 {
		t.Errorf("%d writes, want 1", n)
	}
	if n, m := conn.Queued(); n != 0 || m != 0 {
		t.Errorf("%d bytes and %d messages are queued", n, m)
	}
}

func TestReadFlushesFirst(t *testing.T) {
	conn, far, _ := pair(t, batchconn.Options{})
	write(t, conn, "question")
	go func() {
		got := make([]byte, len("question"))
		if _, err := io.ReadFull(far, got); err == nil {
			_, _ = far.Write([]byte("answer"))
		}
	}()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	got := make([]byte, len("answer"))
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != "answer" {
		t.Fatalf("got %q, %v", got, err)
	}
}

// TestConcurrentUse writes, flushes and drains from many goroutines; every byte
// arrives once.
func TestConcurrentUse(t *testing.T) {
	const writers, each = 20, 200
	conn, far, _ := pair(t, batchconn.Options{})
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for i := range each {
				_, _ = conn.Write([]byte("x"))
				switch i % 3 {
				case 0:
					conn.FlushAsync()
				case 1:
					_ = conn.Flush()
				}
			}
		})
	}
	got := make([]byte, writers*each)
	read := make(chan error, 1)
	go func() {
		_, err := io.ReadFull(far, got)
		read <- err
	}()
	all.Wait()
	if err := conn.Drain(patience); err != nil {
		t.Fatal(err)
	}
	if err := <-read; err != nil {
		t.Fatal(err)
	}
	if want := bytes.Repeat([]byte("x"), len(got)); !bytes.Equal(got, want) {
		t.Error("bytes were changed")
	}
}

func TestBoundIsKept(t *testing.T) {
	conn, far, _ := pair(t, batchconn.Options{MaxPending: 10})
	write(t, conn, "0123456789")
	if _, err := conn.Write([]byte("x")); !errors.Is(err, batchconn.ErrFull) {
		t.Fatalf("over the bound: %v, want ErrFull", err)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "0123456789")
	write(t, conn, "again")
}

// TestCorkKeepsAMessageWhole flushes between the two writes of one message.
func TestCorkKeepsAMessageWhole(t *testing.T) {
	conn, far, counter := pair(t, batchconn.Options{})
	conn.Cork()
	write(t, conn, "first half, ")
	conn.FlushAsync()
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := counter.count(); n != 0 {
		t.Fatalf("half a message left in %d writes", n)
	}
	write(t, conn, "second half")
	conn.Uncork()
	if _, messages := conn.Queued(); messages != 1 {
		t.Errorf("%d messages are queued, want 1", messages)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "first half, second half")
}

func TestDiscardDropsWhatIsNotTaken(t *testing.T) {
	conn, far, _ := pair(t, batchconn.Options{})
	write(t, conn, "dropped")
	conn.Discard()
	write(t, conn, "kept")
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "kept")
}

// TestPeerThatNeverReads is found by the write timeout. The error shows at the
// next write, and ends a read that waits.
func TestPeerThatNeverReads(t *testing.T) {
	conn, _, _ := pair(t, batchconn.Options{WriteTimeout: 50 * time.Millisecond})
	read := make(chan error, 1)
	go func() {
		_, err := conn.Read(make([]byte, 1))
		read <- err
	}()
	write(t, conn, string(make([]byte, 32<<20)))
	began := time.Now()
	if err := conn.Flush(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("Flush: %v, want a timeout", err)
	}
	if took := time.Since(began); took > patience {
		t.Errorf("took %s", took)
	}
	if _, err := conn.Write([]byte("x")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Write after it: %v", err)
	}
	select {
	case err := <-read:
		if !errors.Is(err, net.ErrClosed) {
			t.Errorf("Read: %v, want the end", err)
		}
	case <-time.After(patience):
		t.Error("Read still waits")
	}
}

// TestSlowPeerIsNotBroken reads a little at a time, each time within the write
// timeout, for longer than that in all. The clock is a virtual one, so that the
// peer is never slower than that, however slow the machine.
func TestSlowPeerIsNotBroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size, timeout = 1 << 20, time.Second
		near, far := net.Pipe()
		conn := batchconn.New(near, batchconn.Options{WriteTimeout: timeout})
		defer far.Close()
		write(t, conn, string(make([]byte, size)))
		done := make(chan error, 1)
		go func() { done <- conn.Flush() }()
		piece := make([]byte, 10<<10)
		for got := 0; got < size; {
			time.Sleep(timeout - timeout/10)
			n, err := far.Read(piece)
			if err != nil {
				t.Fatal(err)
			}
			got += n
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestDrainTimesOut(t *testing.T) {
	conn, _, _ := pair(t, batchconn.Options{})
	write(t, conn, string(make([]byte, 32<<20)))
	if err := conn.Drain(50 * time.Millisecond); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Drain: %v, want a timeout", err)
	}
}

func TestCloseLetsWaitersGo(t *testing.T) {
	conn, _, _ := pair(t, batchconn.Options{})
	write(t, conn, string(make([]byte, 32<<20)))
	conn.FlushAsync()
	done := make(chan error, 1)
	go func() { done <- conn.Drain(0) }()
	_ = conn.Close()
	select {
	case err := <-done:
		if err == nil {
			t.Error("Drain of a closed connection succeeded")
		}
	case <-time.After(patience):
		t.Fatal("Drain still waits")
	}
	if _, err := conn.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Write after Close: %v", err)
	}
}

// TestDropOldestKeepsTheRest drops messages from between control frames, often
// enough to compact the buffer.
func TestDropOldestKeepsTheRest(t *testing.T) {
	conn, far, _ := pair(t, batchconn.Options{})
	message := func(text string) {
		conn.Cork()
		write(t, conn, text)
		conn.Uncork()
	}
	write(t, conn, "<ping>")
	message("one")
	write(t, conn, "<pong>")
	for range 100 {
		message("a longer message")
	}
	message("last")
	for range 101 {
		if !conn.DropOldest() {
			t.Fatal("nothing to drop")
		}
	}
	if n, messages := conn.Queued(); n != len("<ping><pong>last") || messages != 1 {
		t.Errorf("%d bytes and %d messages are queued", n, messages)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	expect(t, far, "<ping><pong>last")
	if conn.DropOldest() {
		t.Error("a message was dropped that is not there")
	}
}
