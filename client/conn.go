package client

import (
	"bytes"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

// Conn is a connection made by [Dial]. All its methods are safe for concurrent
// use.
type Conn struct {
	frames       *websocket.Conn
	wire         *wire
	screen       *screen
	response     *http.Response
	closeTimeout time.Duration

	inbox   *inbox
	scratch bytes.Buffer // collects a message; the reading goroutine's own
	pings   pings
	pongs   pongs

	writing   chan struct{} // holds a token while a goroutine writes
	closeOnce sync.Once
	closeErr  error                         // result of Close; behind closeOnce
	closing   atomic.Pointer[ws.CloseError] // what Close sends
	aborted   atomic.Pointer[error]         // why the connection was cut
	peerSaid  atomic.Bool                   // a close frame of the peer was read
	done      chan struct{}                 // closed when nothing is left running
}

// newConn takes over a finished handshake and starts to read.
func newConn(d *dialing, frames *websocket.Conn, response *http.Response) *Conn {
	response.TLS = d.tls
	// The request may carry credentials, and nobody needs it any more.
	response.Request = nil
	c := &Conn{
		frames:       frames,
		wire:         d.wire,
		screen:       d.screen,
		response:     response,
		closeTimeout: d.options.CloseTimeout,
		inbox:        newInbox(d.options.MaxQueued, d.options.MaxMessage),
		writing:      make(chan struct{}, 1),
		done:         make(chan struct{}),
	}
	frames.SetPingHandler(c.onPing)
	frames.SetPongHandler(c.onPong)
	go c.run()
	return c
}

// Subprotocol returns the subprotocol that the server chose, one of
// Options.Subprotocols, or "" when it chose none.
func (c *Conn) Subprotocol() string { return c.frames.Subprotocol() }

// Response returns the server's answer to the handshake: its header, and for
// wss the TLS state. Its body is empty. It must not be changed.
func (c *Conn) Response() *http.Response { return c.response }

// LocalAddr returns the local network address.
func (c *Conn) LocalAddr() net.Addr { return c.wire.LocalAddr() }

// RemoteAddr returns the network address of the server, or of the proxy.
func (c *Conn) RemoteAddr() net.Addr { return c.wire.RemoteAddr() }

// abort cuts the connection at once, for the first cause given. Everything that
// runs on it ends soon after.
func (c *Conn) abort(cause error) {
	c.aborted.CompareAndSwap(nil, &cause)
	_ = c.wire.Close()
	c.inbox.refuse()
}

// abortCause returns what abort was given, or nil.
func (c *Conn) abortCause() error {
	if cause := c.aborted.Load(); cause != nil {
		return *cause
	}
	return nil
}
