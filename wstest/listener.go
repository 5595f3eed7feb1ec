package wstest

import (
	"context"
	"net"
	"sync"
)

// listener accepts connections that stay in memory.
type listener struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

// serverAddr is where every listener seems to be: ghttp wants to see a port.
var serverAddr = net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}

func newListener() *listener {
	return &listener{dialled: make(chan net.Conn), closed: make(chan struct{})}
}

// dial connects from an address.
func (l *listener) dial(ctx context.Context, from net.Addr) (*pipeConn, error) {
	near, far := newPipe(from, l.Addr())
	select {
	case l.dialled <- far:
		return near, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Accept implements [net.Listener].
func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.dialled:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements [net.Listener].
func (l *listener) Addr() net.Addr {
	addr := serverAddr
	return &addr
}
