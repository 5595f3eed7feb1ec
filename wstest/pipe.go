package wstest

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// capacity is how many bytes are under way in one direction, as in the buffers
// of a socket.
const capacity = 256 << 10

// newPipe returns the two ends of a connection in memory. Like a socket, and
// unlike [net.Pipe], it takes a write before that is read.
func newPipe(client, server net.Addr) (near, far *pipeConn) {
	up, down := newStream(), newStream()
	return &pipeConn{in: down, out: up, local: client, remote: server},
		&pipeConn{in: up, out: down, local: server, remote: client}
}

// pipeConn is one end of a connection.
type pipeConn struct {
	in, out       *stream
	local, remote net.Addr
}

func (c *pipeConn) Read(data []byte) (int, error)  { return c.in.read(data) }
func (c *pipeConn) Write(data []byte) (int, error) { return c.out.write(data) }
func (c *pipeConn) LocalAddr() net.Addr            { return c.local }
func (c *pipeConn) RemoteAddr() net.Addr           { return c.remote }

// CloseWrite ends what the other end reads, behind what was written.
func (c *pipeConn) CloseWrite() error {
	c.out.end()
	return nil
}

// Close ends both directions.
func (c *pipeConn) Close() error {
	c.in.abandon()
	c.out.end()
	return nil
}

func (c *pipeConn) SetDeadline(t time.Time) error {
	c.in.reading.set(c.in, t)
	c.out.writing.set(c.out, t)
	return nil
}

func (c *pipeConn) SetReadDeadline(t time.Time) error {
	c.in.reading.set(c.in, t)
	return nil
}

func (c *pipeConn) SetWriteDeadline(t time.Time) error {
	c.out.writing.set(c.out, t)
	return nil
}

// stream is one direction.
type stream struct {
	mu      sync.Mutex
	changed sync.Cond
	data    []byte
	ended   bool // nothing more is written
	gone    bool // nobody reads any more
	stalled bool // nobody reads for now
	reading deadline
	writing deadline
}

func newStream() *stream {
	s := &stream{}
	s.changed.L = &s.mu
	return s
}

func (s *stream) read(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.gone:
			return 0, net.ErrClosed
		case s.reading.over():
			return 0, os.ErrDeadlineExceeded
		case s.stalled:
		case len(s.data) > 0:
			n := copy(data, s.data)
			s.data = s.data[n:]
			s.changed.Broadcast()
			return n, nil
		case s.ended:
			return 0, io.EOF
		}
		s.changed.Wait()
	}
}

func (s *stream) write(data []byte) (written int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(data) > 0 {
		switch room := capacity - len(s.data); {
		case s.ended:
			return written, net.ErrClosed
		case s.gone:
			return written, io.ErrClosedPipe
		case s.writing.over():
			return written, os.ErrDeadlineExceeded
		case room > 0:
			n := min(room, len(data))
			s.data = append(s.data, data[:n]...)
			written, data = written+n, data[n:]
			s.changed.Broadcast()
		default:
			s.changed.Wait()
		}
	}
	return written, nil
}

// stall has readers wait, or go on.
func (s *stream) stall(stalled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stalled = stalled
	s.changed.Broadcast()
}

func (s *stream) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.changed.Broadcast()
}

func (s *stream) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone, s.data = true, nil
	s.changed.Broadcast()
}

// deadline is when reads or writes of a stream end. stream.mu guards it.
type deadline struct {
	at    time.Time // zero for never
	timer *time.Timer
}

func (d *deadline) over() bool { return !d.at.IsZero() && !time.Now().Before(d.at) }

// set moves the deadline, and wakes those who wait once it is there.
func (d *deadline) set(s *stream, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.timer != nil {
		d.timer.Stop()
	}
	d.at, d.timer = at, nil
	s.changed.Broadcast()
	if at.IsZero() {
		return
	}
	d.timer = time.AfterFunc(time.Until(at), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})
}
