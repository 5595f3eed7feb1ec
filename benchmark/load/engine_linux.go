package load

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"github.com/gfws/gf-websocket/benchmark/framing"
)

// traffic decides what is sent when.
type traffic interface {
	// begin sends the first messages.
	begin() error
	// came is called for each message that was found right, at the time now.
	came(c *connection, now time.Duration) error
}

// feeder is framing.Parser or records.
type feeder interface {
	Feed(data []byte, to framing.Receiver) error
}

// connection is one of the engine's.
type connection struct {
	engine   *engine
	fd       int
	id       uint32
	parser   feeder
	sent     uint64
	received uint64
	started  []time.Duration // when the messages in flight left, by number
	unsent   []byte          // what the socket did not take yet
}

// Receive implements framing.Receiver.
func (c *connection) Receive(payload []byte, deflated bool) error {
	if err := c.engine.content.check(c.engine.sender(c), c.received, payload, deflated); err != nil {
		return err
	}
	c.received++
	return c.engine.traffic.came(c, c.engine.now)
}

// engine polls all connections from one thread without ever waiting, so that
// the server is what limits the pace and never finds the generator asleep.
type engine struct {
	content  content
	traffic  traffic
	sender   func(*connection) uint32 // whose messages a connection gets
	conns    []*connection
	recorder recorder

	poll    int
	start   time.Time
	now     time.Duration // since start
	last    time.Duration // when something came
	blocked []*connection // those with unsent bytes
	buffer  []byte
	scratch []byte
}

const bufferSize = 256 << 10

func newEngine(c content) (*engine, error) {
	poll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	return &engine{content: c, poll: poll, start: time.Now(), buffer: make([]byte, bufferSize)}, nil
}

// add takes s over.
func (e *engine) add(s socket, parser feeder, inFlight int) error {
	c := &connection{engine: e, fd: s.fd, id: uint32(len(e.conns)), parser: parser, started: make([]time.Duration, inFlight)}
	if err := unix.SetNonblock(s.fd, true); err != nil {
		return os.NewSyscallError("fcntl", err)
	}
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(c.id)}
	if err := unix.EpollCtl(e.poll, unix.EPOLL_CTL_ADD, s.fd, &event); err != nil {
		return os.NewSyscallError("epoll_ctl", err)
	}
	e.conns = append(e.conns, c)
	return nil
}

func (e *engine) clock() time.Duration { return time.Since(e.start) }

// run keeps the traffic going until the recorder has what it wants.
func (e *engine) run() error {
	if err := e.traffic.begin(); err != nil {
		return err
	}
	e.last = e.clock()
	events := make([]unix.EpollEvent, 256)
	for {
		n, err := unix.EpollWait(e.poll, events, 0)
		if err != nil && err != unix.EINTR {
			return os.NewSyscallError("epoll_wait", err)
		}
		for _, event := range events[:max(n, 0)] {
			if err = e.read(e.conns[event.Fd]); err != nil {
				return err
			}
		}
		if err = e.unblock(); err != nil {
			return err
		}
		e.now = e.clock()
		if done, err := e.recorder.step(e.now, e.last); done || err != nil {
			return err
		}
	}
}

func (e *engine) read(c *connection) error {
	n, err := unix.Read(c.fd, e.buffer)
	switch {
	case err == unix.EAGAIN || err == unix.EINTR:
		return nil
	case err != nil:
		return fmt.Errorf("connection %d: %w", c.id, err)
	case n == 0:
		return fmt.Errorf("connection %d: %w", c.id, io.ErrUnexpectedEOF)
	}
	e.now = e.clock()
	e.last = e.now
	return c.parser.Feed(e.buffer[:n], c)
}

// send sends the next count messages of c in one write.
func (e *engine) send(c *connection, count int) error {
	e.scratch = e.scratch[:0]
	now := e.clock()
	for range count {
		e.scratch = e.content.appendMessage(e.scratch, e.sender(c), c.sent)
		c.started[c.sent%uint64(len(c.started))] = now
		c.sent++
	}
	if len(c.unsent) > 0 {
		c.unsent = append(c.unsent, e.scratch...)
		return nil
	}
	written, err := write(c.fd, e.scratch)
	if err != nil {
		return fmt.Errorf("connection %d: %w", c.id, err)
	}
	if written < len(e.scratch) {
		c.unsent = append(c.unsent, e.scratch[written:]...)
		e.blocked = append(e.blocked, c)
	}
	return nil
}

// unblock tries again what sockets did not take.
func (e *engine) unblock() error {
	still := e.blocked[:0]
	for _, c := range e.blocked {
		written, err := write(c.fd, c.unsent)
		if err != nil {
			return fmt.Errorf("connection %d: %w", c.id, err)
		}
		c.unsent = c.unsent[:copy(c.unsent, c.unsent[written:])]
		if len(c.unsent) > 0 {
			still = append(still, c)
		}
	}
	e.blocked = still
	return nil
}

// write returns how much the socket took, which may be nothing.
func write(fd int, data []byte) (int, error) {
	n, err := unix.Write(fd, data)
	if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR) {
		return 0, nil
	}
	return max(n, 0), err
}
