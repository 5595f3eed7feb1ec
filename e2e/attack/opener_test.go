package attack

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

const (
	quickHeartbeat = "  heartbeat: {interval: 2s, timeout: 7s}\n"
	compressed     = "  compression: {enabled: true}\n"
)

// opener is a connection that never comes to be a session.
type opener struct {
	what, say string
	count     int
	drips     bool // and then a byte from time to time
	conn      *wire.Conn
}

func (o *opener) open(a *arena) {
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		a.Errorf("%s: %v", o.what, err)
		return
	}
	a.hold(conn)
	_, _ = io.WriteString(conn.Conn, o.say) // it may be cut in the middle
	if o.drips {
		go drip(conn)
	}
	o.conn = conn
}

// ended waits until the server has cut the connection.
func (o *opener) ended() bool {
	if o.conn == nil {
		return true // told already
	}
	_, err := io.Copy(io.Discard, o.conn.Reader)
	return !errors.Is(err, os.ErrDeadlineExceeded)
}

// openSlowly opens connections that never come to be a session, and has them all
// open at once beside the honest clients.
func openSlowly(a *arena) {
	const begin = "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
	openers := []opener{
		{"silence", "", many(300, 10_000), false, nil},
		{"half a line", "GET /w", many(20, 200), false, nil},
		{"half a handshake", begin, many(20, 200), false, nil},
		{"a handshake that never ends", begin + "X-Slow: ", many(20, 200), true, nil},
		{"a body that never comes", begin + "Content-Length: 10\r\n\r\n", many(20, 200), false, nil},
		{"a body that comes slowly", "POST /ws HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", many(20, 200), true, nil},
		{"half a handshake of TLS", "\x16\x03\x01\x02\x00\x01\x00", many(20, 200), false, nil},
		{"another protocol", "SSH-2.0-client\r\n", many(20, 200), false, nil},
		{"HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", many(20, 200), false, nil},
		{"one long line", "GET /" + strings.Repeat("x", 100_000), many(20, 200), false, nil},
	}
	var opened []opener
	for _, o := range openers {
		for range o.count {
			opened = append(opened, o)
		}
	}
	needFiles(a, len(opened))
	began := time.Now()
	a.each(len(opened), func(i int) { opened[i].open(a) })
	// The server cuts the first of them when its time is over.
	if took := time.Since(began); isFull() && took > readTimeout {
		a.Errorf("it took %s to open %d connections, so that they were not all open at once", took, len(opened))
	}
	a.visitors.await(many(10, 100))
	for _, o := range opened {
		a.try(o.ended(), "%s: it is still open after %s", o.what, patience)
	}
}

// drip sends a byte now and then, until the connection is closed.
func drip(conn *wire.Conn) {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for range ticker.C {
		if _, err := conn.Write([]byte("x")); err != nil {
			return
		}
	}
}

// endlessFrames has sessions begin a message and fall silent in it.
func endlessFrames(a *arena) {
	tests := []struct {
		what  string
		frame wire.Frame
	}{
		{"a frame of which most is missing", wire.Frame{Opcode: wire.Binary, Payload: []byte("begin"), Length: 60_000}},
		{"a message of which a fragment is missing", wire.Frame{Opcode: wire.Text, Payload: []byte("begin"), More: true}},
		{"a ping of which a byte is missing", wire.Frame{Opcode: wire.Ping, Payload: []byte("begin"), Length: 6}},
	}
	var conns []*wire.Conn
	var whats []string
	for _, test := range tests {
		for range many(20, 500) {
			if conn, ok := a.open(); ok {
				_ = conn.Send(test.frame)
				conns, whats = append(conns, conn), append(whats, test.what)
			}
		}
	}
	for i, conn := range conns {
		_, err := read(conn)
		a.try(err == nil, "%s: it is still open after %s", whats[i], patience)
	}
}

// deflate returns zeros of that size, compressed as RFC 7692 asks.
func deflate(a *arena, size int64) []byte {
	a.Helper()
	var small bytes.Buffer
	w, err := flate.NewWriter(&small, flate.BestCompression)
	if err != nil {
		a.Fatal(err)
	}
	if _, err = io.CopyN(w, zeros{}, size); err != nil {
		a.Fatal(err)
	}
	if err = w.Flush(); err != nil {
		a.Fatal(err)
	}
	return bytes.TrimSuffix(small.Bytes(), []byte{0, 0, 0xff, 0xff})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func compressionBombs(a *arena) {
	const extension = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover"
	large, larger := deflate(a, 1<<20), deflate(a, 48<<20)
	tests := []struct {
		what   string
		frames []wire.Frame
	}{
		{"1 MiB of zeros", []wire.Frame{{Opcode: wire.Text, Reserved: wire.Compressed, Payload: large}}},
		{"48 MiB of zeros", []wire.Frame{{Opcode: wire.Binary, Reserved: wire.Compressed, Payload: larger}}},
		{"48 MiB of zeros in fragments", []wire.Frame{
			{Opcode: wire.Text, Reserved: wire.Compressed, Payload: larger[:len(larger)/2], More: true},
			{Opcode: wire.Continuation, Payload: larger[len(larger)/2:]}}},
	}
	for _, test := range tests {
		a.each(many(16, 100), func(int) {
			if conn, ok := a.open(extension); ok {
				_ = conn.Send(test.frames...)
				a.closed(test.what, conn, 1009)
			}
		})
	}
	if conn, ok := a.open(extension); ok {
		_ = conn.Send(wire.Frame{Opcode: wire.Text, Reserved: wire.Compressed, Payload: []byte("no deflate at all")})
		a.closed("what is not compressed", conn, 1002, 1007)
	}
}

func longLengths(a *arena) {
	const whole = 64 << 10
	for _, length := range []uint64{whole + 1, 1 << 31, 1 << 32, 1 << 62, 1<<63 - 1, 1 << 63, 1<<64 - 1} {
		for _, opcode := range []byte{wire.Text, wire.Binary} {
			if conn, ok := a.open(); ok {
				_ = conn.Send(wire.Frame{Opcode: opcode, Length: length, LongLength: true, Payload: []byte("begin")})
				a.closed("a length of a frame", conn, 1002, 1009)
			}
			if conn, ok := a.open(); ok {
				_ = conn.Send(wire.Frame{Opcode: opcode, Payload: []byte("begin"), More: true},
					wire.Frame{Opcode: wire.Continuation, Length: length, LongLength: true})
				a.closed("a length of a fragment", conn, 1002, 1009)
			}
		}
	}
}
