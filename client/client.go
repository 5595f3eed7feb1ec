package client

import (
	"context"
	"net"
	"sync"
	"sync/atomic"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Client talks JSON-RPC 2.0 with a server, and connects again by itself when
// the connection is lost. [New] makes one, [Client.Connect] starts it. Everything
// on it, and every function that takes one, is safe for concurrent use.
type Client struct {
	url     string
	options ClientOptions

	ctx    context.Context // ends with Close
	cancel context.CancelCauseFunc

	outbox   *outbox
	pending  pending
	rooms    *rooms
	handlers handlers
	incoming *incoming
	state    stateBox

	mu      sync.Mutex
	started bool
	link    *link // the connection in use, nil while there is none

	opened    chan struct{} // closed when the first connection is open
	openOnce  sync.Once
	closeOnce sync.Once
	closeErr  error         // result of Close; behind closeOnce
	closing   atomic.Bool   // Close was called
	done      chan struct{} // closed when nothing is left running
}

// New returns a client of the server at url, as [Dial] takes it. Nothing is
// sent before [Client.Connect], so handlers that are set up between the two see
// every message. The error is one about options.
func New(url string, options ClientOptions) (*Client, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	return &Client{
		url:      url,
		options:  options,
		ctx:      ctx,
		cancel:   cancel,
		outbox:   newOutbox(options.Queue),
		rooms:    newRooms(),
		incoming: newIncoming(options.MaxIncoming, options.MaxIncomingBytes),
		opened:   make(chan struct{}),
		done:     make(chan struct{}),
	}, nil
}

// Connect connects and returns once the connection is open. A server that is
// not there yet is tried again, until ctx ends: then the client is closed. What
// makes another try pointless, such as a refused token, is returned at once.
//
// The context bounds Connect alone. A client connects once in its life; the
// second Connect is an error. A client that Connect was called on must be ended
// with [Client.Close].
func (c *Client) Connect(ctx context.Context) error {
	if err := c.start(); err != nil {
		return err
	}
	select {
	case <-c.opened:
		return nil
	case <-c.done:
		return c.Err()
	case <-ctx.Done():
	}
	c.shut(because(ctx.Err(), c.State().Err))
	<-c.done
	return c.Err()
}

func (c *Client) start() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.started {
		return gerror.NewCode(gcode.CodeInvalidOperation, "the client was connected or closed before")
	}
	c.started = true
	go c.run()
	return nil
}

// Close sends what is queued, if the connection is open, and closes it with
// code 1000; both together take twice Options.CloseTimeout at most. Calls that
// were sent fail with [ErrLost], those that were not and whatever is begun from
// now on with [ErrClosed]; contexts of handlers end. Close does not wait for
// handlers, so one may call it; see [Client.Done]. It returns nil unless the
// server did not answer the close. The first call decides; later ones wait for
// it and return the same.
func (c *Client) Close() error {
	c.closeOnce.Do(func() {
		c.closing.Store(true)
		if link := c.currentLink(); link != nil {
			link.drain(c.options.Dial.CloseTimeout)
			c.closeErr = link.conn.Close(ws.CodeNormal, "")
		}
		c.shut(net.ErrClosed)
	})
	return c.closeErr
}

// Done returns a channel that is closed when the client is closed, by whatever
// cause, and nothing of it runs any more, handlers included.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err returns nil until the client is closed, and then why: the error matches
// [ErrClosed] and holds the cause, such as a [*ws.CloseError], a [*DialError]
// or, after Close, [net.ErrClosed].
func (c *Client) Err() error {
	state := c.State()
	if state.Phase != PhaseClosed {
		return nil
	}
	return state.Err
}

// shut ends the client for the first cause given.
func (c *Client) shut(cause error) {
	c.cancel(cause)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.started {
		c.started = true
		go c.run() // it finds the end, and says so
	}
}

// currentLink returns the connection in use, nil while there is none.
func (c *Client) currentLink() *link {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.link
}

// setLink makes l the connection in use.
func (c *Client) setLink(l *link) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link = l
}

// problem tells the host what has no other way to be told.
func (c *Client) problem(err error) {
	if c.options.OnError != nil {
		c.options.OnError(err)
	}
}
