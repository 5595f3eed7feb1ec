package ws

import (
	"bufio"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Session is one open WebSocket connection. All its methods are safe for
// concurrent use, and none of them waits for the peer.
type Session struct {
	id        string
	hub       *Hub
	handler   Handler
	handshake Handshake
	conn      *websocket.Conn
	out       *wire
	reader    *bufio.Reader
	talked    bool     // a message has come; the receiving goroutine's own
	pulled    bool     // a host's own loop reads, see [Conn]
	standing  standing // by joining

	ctx    context.Context
	cancel context.CancelFunc

	heard    atomic.Int64 // when the peer last sent something, by Hub.now
	handling atomic.Bool  // the host's code runs, nobody reads
	backup   atomic.Bool  // a backup flush is on its way

	writing    sync.Mutex // gorilla allows one writer; guards the next fields too
	mute       bool       // only replies are sent
	closed     bool       // close is set
	peerClosed bool       // the peer's close frame has come
	close      Close      // how the session ends
	pinged     int64      // when the unanswered ping left, by Hub.now, 0 for none
	timer      *time.Timer

	reading sync.Mutex // one goroutine at a time receives
	ended   sync.Once

	onClosed  func(context.Context, *Session, Close) // see Opening.OnClose
	onControl func(context.Context, *Session) error  // see Opening.OnControl

	onIdentity func(*Session) // see Opening.OnIdentity

	valuesMu sync.RWMutex
	values   map[any]any

	identity atomic.Pointer[Identity] // nil for a stranger
	can      Permission               // nil for all

	joining sync.Mutex             // guards the next fields
	rooms   map[string]*membership // nil until the first Join
	person  *membership            // among the sessions of its user, nil for a stranger
}

func newSession(ctx context.Context, h *Hub, conn *websocket.Conn, j *hijacker, handshake Handshake) *Session {
	s := &Session{hub: h, conn: conn, out: j.out, reader: j.reader, handshake: handshake}
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.heard.Store(h.now())
	s.handling.Store(true)
	conn.SetPingHandler(s.onPing)
	conn.SetPongHandler(s.onPong)
	conn.SetCloseHandler(s.onClose)
	return s
}

// ID returns the session's identifier, unique and not to be guessed.
func (s *Session) ID() string { return s.id }

// Handshake returns what is kept of the request that opened the session.
func (s *Session) Handshake() Handshake { return s.handshake }

// Context returns the session's context, which is cancelled when the session
// ends and carries the trace of the request that opened it.
func (s *Session) Context() context.Context { return s.ctx }

// Hub returns the hub that the session belongs to.
func (s *Session) Hub() *Hub { return s.hub }

// Heard returns when the peer last sent something. It costs less than asking the
// clock.
func (s *Session) Heard() time.Time {
	return s.hub.epoch.Add(time.Duration(s.heard.Load()))
}

// Set keeps value under key for the life of the session.
func (s *Session) Set(key, value any) {
	s.valuesMu.Lock()
	defer s.valuesMu.Unlock()
	if s.values == nil {
		s.values = make(map[any]any)
	}
	s.values[key] = value
}

// Get returns what Set kept under key, or nil.
func (s *Session) Get(key any) any {
	s.valuesMu.RLock()
	defer s.valuesMu.RUnlock()
	return s.values[key]
}
