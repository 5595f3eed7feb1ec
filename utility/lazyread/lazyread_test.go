package lazyread_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"

	"github.com/gfws/gf-websocket/utility/lazyread"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pair returns two ends of a TCP connection.
func pair(t *testing.T) (near, far net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if near, err = net.Dial("tcp", listener.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if far, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = near.Close(); _ = far.Close() })
	_ = near.SetDeadline(time.Now().Add(10 * time.Second))
	return near, far
}

// TestReadsWhatWasWritten reads in pieces of many sizes, over plain TCP and
// over a connection that is not.
func TestReadsWhatWasWritten(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 5000)
	tests := []struct {
		name string
		wrap func(net.Conn) net.Conn
		read func(io.Reader) io.Reader
	}{
		{"tcp", plain, whole},
		{"tcp byte by byte", plain, iotest.OneByteReader},
		{"tcp in halves", plain, iotest.HalfReader},
		{"wrapped", wrapped, whole},
		{"wrapped byte by byte", wrapped, iotest.OneByteReader},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			near, far := pair(t)
			go func() {
				_, _ = far.Write(data)
				_ = far.Close()
			}()
			got, err := io.ReadAll(tt.read(lazyread.New(tt.wrap(near), &lazyread.Chunks{})))
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("got %d bytes, %v, want %d", len(got), err, len(data))
			}
		})
	}
}

func plain(conn net.Conn) net.Conn { return conn }
func whole(r io.Reader) io.Reader  { return r }

// wrapped hides that conn is TCP.
func wrapped(conn net.Conn) net.Conn { return struct{ net.Conn }{conn} }

func TestErrors(t *testing.T) {
	tests := []struct {
		name string
		act  func(near, far net.Conn)
		want error
	}{
		{"end", func(_, far net.Conn) { _ = far.Close() }, io.EOF},
		{"deadline", func(near, _ net.Conn) { _ = near.SetReadDeadline(time.Now().Add(20 * time.Millisecond)) }, os.ErrDeadlineExceeded},
		{"closed here", func(near, _ net.Conn) { _ = near.Close() }, net.ErrClosed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			near, far := pair(t)
			reader := lazyread.New(near, &lazyread.Chunks{})
			done := make(chan error, 1)
			go func() {
				_, err := reader.Read(make([]byte, 10))
				done <- err
			}()
			tt.act(near, far)
			if err := <-done; !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// TestOneCallReadsABatch asks for little at a time: the rest must be there
// without another wait.
func TestOneCallReadsABatch(t *testing.T) {
	near, far := pair(t)
	reader := lazyread.New(near, &lazyread.Chunks{})
	if !reader.Waits() {
		return // not a Unix: nothing is buffered
	}
	if _, err := far.Write(make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(reader, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if n := reader.Buffered(); n != 990 {
		t.Errorf("%d bytes are buffered, want 990", n)
	}
}
