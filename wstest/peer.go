package wstest

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// Peer is a client's end of a connection. It takes what comes at any time, and
// keeps it for the assertions. Its methods are for the test's goroutine.
type Peer struct {
	t       testing.TB
	conn    *websocket.Conn
	pipe    *pipeConn
	session *ws.Session
	calls   int // how many the peer has made
	pings   int

	mu      sync.Mutex
	inbox   []ws.Message
	ponged  int
	closed  *ws.CloseError // nil while the connection is open
	changed chan struct{}  // closed when one of the above has changed
	ended   chan struct{}  // closed when nothing more comes
}

func newPeer(t testing.TB, conn *websocket.Conn, pipe *pipeConn) *Peer {
	p := &Peer{t: t, conn: conn, pipe: pipe, changed: make(chan struct{}), ended: make(chan struct{})}
	conn.SetPongHandler(p.onPong)
	go p.receive()
	t.Cleanup(p.Cut)
	return p
}

// Session returns the server's end, for what the business code does with it; nil
// where it was gone before the peer had connected.
func (p *Peer) Session() *ws.Session { return p.session }

// Subprotocol returns the one agreed on; empty for none.
func (p *Peer) Subprotocol() string { return p.conn.Subprotocol() }

// Send sends a message.
func (p *Peer) Send(m ws.Message) {
	p.t.Helper()
	if err := p.conn.WriteMessage(int(m.Type), m.Data); err != nil {
		p.await("the connection to close", func() bool { return p.closed != nil })
		p.t.Fatalf("sending: %v: closed with %v", err, p.closed)
	}
}

// Text sends a text message.
func (p *Peer) Text(text string) {
	p.t.Helper()
	p.Send(ws.TextMessage(text))
}

// Receive returns the next message, for what no assertion is made for. It fails the
// test where the connection ends without one.
func (p *Peer) Receive() ws.Message {
	p.t.Helper()
	return p.take("a message", func(ws.Message) bool { return true })
}

// Close says goodbye, and waits until the server has answered.
func (p *Peer) Close(code ws.Code, reason string) {
	p.t.Helper()
	frame := websocket.FormatCloseMessage(int(code), reason)
	if err := p.conn.WriteControl(websocket.CloseMessage, frame, time.Now().Add(patience)); err != nil {
		p.t.Fatalf("closing: %v", err)
	}
	p.await("the server to answer the close", func() bool { return p.closed != nil })
}

// Cut breaks the connection without a goodbye, as a lost network does.
func (p *Peer) Cut() {
	_ = p.conn.Close()
	<-p.ended
}

// Stall has the peer take nothing any more, not even pings, as one does whose
// network is gone or that is too busy. What was on the way to it may still come.
func (p *Peer) Stall() { p.pipe.in.stall(true) }

// Resume ends a Stall.
func (p *Peer) Resume() { p.pipe.in.stall(false) }

// receive takes what comes until the connection ends.
func (p *Peer) receive() {
	defer close(p.ended)
	for {
		kind, data, err := p.conn.ReadMessage()
		if err != nil {
			p.change(func() { p.closed = closeOf(err) })
			_ = p.conn.Close()
			return
		}
		p.change(func() { p.inbox = append(p.inbox, ws.Message{Type: ws.Type(kind), Data: data}) })
	}
}

// closeOf tells how a connection ended; 1006 without a close frame.
func closeOf(err error) *ws.CloseError {
	var frame *websocket.CloseError
	if errors.As(err, &frame) {
		return &ws.CloseError{Code: ws.Code(frame.Code), Reason: frame.Text}
	}
	return &ws.CloseError{Code: ws.CodeAbnormal, Reason: err.Error()}
}

func (p *Peer) onPong(payload string) error {
	if number, err := strconv.Atoi(payload); err == nil {
		p.change(func() { p.ponged = number })
	}
	return nil
}

// change changes what assertions wait for, and wakes them.
func (p *Peer) change(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// await waits until ready, which is called with p.mu held.
func (p *Peer) await(what string, ready func() bool) {
	p.t.Helper()
	over := time.After(patience)
	for {
		p.mu.Lock()
		done, changed := ready(), p.changed
		p.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-over:
			p.t.Fatalf("waited %s for %s", patience, what)
		}
	}
}

// take returns the first message that fits, in the order they came in, and
// fails when the connection ends without one.
func (p *Peer) take(what string, fits func(m ws.Message) bool) ws.Message {
	p.t.Helper()
	var taken *ws.Message
	p.await(what, func() bool {
		for i, m := range p.inbox {
			if fits(m) {
				taken = &m
				p.inbox = append(p.inbox[:i:i], p.inbox[i+1:]...)
				return true
			}
		}
		return p.closed != nil
	})
	if taken == nil {
		p.t.Fatalf("closed with %v, while waiting for %s", p.closed, what)
	}
	return *taken
}

// barrier returns once all that the server has sent before it was asked is here.
func (p *Peer) barrier() {
	p.t.Helper()
	p.pings++
	want := p.pings
	// It fails only where the connection is closing, which is then awaited.
	_ = p.conn.WriteControl(websocket.PingMessage, []byte(strconv.Itoa(want)), time.Now().Add(patience))
	p.await("the answer to a ping", func() bool { return p.ponged >= want || p.closed != nil })
}
