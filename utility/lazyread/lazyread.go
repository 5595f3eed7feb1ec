// Package lazyread reads from a connection with a buffer that it borrows only
// once there is something to read, so that a connection which waits holds none.
package lazyread

import (
	"io"
	"net"
	"sync"
	"syscall"
)

// chunkSize is what one system call reads at most: a batch of small messages,
// or one of 16 KiB with its header. It is a size that the allocator has.
const chunkSize = 18 << 10

// Chunks shares buffers among the readers of one owner. The zero value is
// ready, and safe for concurrent use.
type Chunks struct {
	pool sync.Pool
}

func (c *Chunks) get() *[chunkSize]byte {
	if chunk, ok := c.pool.Get().(*[chunkSize]byte); ok {
		return chunk
	}
	return new([chunkSize]byte)
}

// Reader reads from a connection. One goroutine uses it at a time.
type Reader struct {
	conn   net.Conn
	raw    syscall.RawConn // nil where waiting without a buffer cannot be had
	chunks *Chunks
	try    func(fd uintptr) bool // tryRead, made once

	chunk      *[chunkSize]byte // nil while nothing is left of it
	start, end int              // what is left of chunk
	err        error            // of the last try
	failed     error            // what Wait met, for Read
}

// New returns a reader of conn. It waits without a buffer where conn is plain
// TCP on a Unix; elsewhere it reads as conn does. Whoever wraps conn in
// something with a buffer of its own, such as TLS, must not hand out the socket
// beneath.
func New(conn net.Conn, chunks *Chunks) *Reader {
	r := &Reader{conn: conn, chunks: chunks}
	tcp, ok := conn.(*net.TCPConn)
	if !ok || !canTry {
		return r
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return r
	}
	r.raw, r.try = raw, r.tryRead
	return r
}

// Waits reports whether r waits without a buffer.
func (r *Reader) Waits() bool {
	return r.raw != nil
}

// Buffered returns how many bytes are read and not yet asked for.
func (r *Reader) Buffered() int {
	return r.end - r.start
}

// Peek returns what Buffered counts. It is valid until the next call.
func (r *Reader) Peek() []byte {
	if r.chunk == nil {
		return nil
	}
	return r.chunk[r.start:r.end]
}

// Discard passes over the next n buffered bytes.
func (r *Reader) Discard(n int) {
	r.start += n
	if r.start == r.end {
		r.release()
	}
}

// Wait returns when something is buffered, or when Read has an error to tell. A
// reader that cannot wait without a buffer returns at once. A goroutine that
// waits here instead of in Read, from deep in its callers, can do with the
// smallest stack.
func (r *Reader) Wait() {
	if r.raw == nil || r.chunk != nil || r.failed != nil {
		return
	}
	r.failed = r.fill()
}

// Read implements [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	if r.failed != nil {
		return 0, r.failed
	}
	if r.chunk == nil {
		if r.raw == nil || len(p) >= chunkSize {
			return r.conn.Read(p)
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.Peek())
	r.Discard(n)
	return n, nil
}

// fill waits until there is something to read, and reads it into a chunk.
func (r *Reader) fill() error {
	if err := r.raw.Read(r.try); err != nil {
		return err
	}
	if r.err != nil {
		return r.err
	}
	if r.end == 0 {
		return io.EOF
	}
	return nil
}

// finish takes what a try has read into chunk.
func (r *Reader) finish(chunk *[chunkSize]byte, n int, err error) {
	r.chunk, r.start, r.end, r.err = chunk, 0, max(n, 0), err
	if r.end == 0 {
		r.release()
	}
}

func (r *Reader) release() {
	r.chunks.pool.Put(r.chunk)
	r.chunk, r.start, r.end = nil, 0, 0
}
