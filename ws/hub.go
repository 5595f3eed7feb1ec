package ws

import (
	"context"
	"crypto/rand"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/batchconn"
	"github.com/gfws/gf-websocket/utility/lazyread"
)

// ErrDraining refuses a handshake because the hub is shutting down; answer it
// with 503 and Retry-After.
var ErrDraining = gerror.NewCode(gcode.CodeServerBusy, "the server is shutting down")

// ErrNoHub is the error of sending from a nil [Hub], and of opening a session
// there.
var ErrNoHub = gerror.NewCode(gcode.CodeInvalidOperation, "there is no hub: the instance is not installed, or has another name")

// Hub owns the sessions of one endpoint: it opens them, knows them by id, room
// and user, sends to any of these, and closes them all on [Hub.Shutdown]. It is
// safe for concurrent use. A Hub without sessions has no goroutine. A nil one has
// no sessions, and says so to whoever sends: [ErrNoHub].
type Hub struct {
	config    Config
	epoch     time.Time // what Session.heard counts from
	buffers   batchconn.Buffers
	read      readBuffers
	inflaters inflaters
	deflaters deflaters
	chunks    lazyread.Chunks
	frames    sync.Pool // gorilla's write buffers
	fanouts   sync.Pool
	flushers  batchconn.Flushers
	dropped   atomic.Uint64

	directory *directory // the sessions by id
	rooms     *index
	users     *index

	node      string
	link      Link // nil without a broker
	published atomic.Uint64
	detached  sync.Once

	mu       sync.RWMutex
	open     int           // sessions that run
	opening  int           // upgrades that are not sessions yet
	closing  int           // sessions whose OnClose has not returned yet, and tellers
	draining bool          // Shutdown was called
	drained  uint64        // sessions that ended orderly since
	cut      uint64        // and those that did not
	gone     chan struct{} // closed when draining and nothing is left
}

// NewHub returns a hub with the given bounds, or an error that names the field
// of config that makes no sense, or that of its broker.
func NewHub(config Config) (*Hub, error) {
	config, err := config.normalize()
	if err != nil {
		return nil, err
	}
	h := &Hub{
		config:    config,
		epoch:     time.Now(),
		directory: newDirectory(),
		node:      rand.Text(),
		gone:      make(chan struct{}),
	}
	h.rooms, h.users = newIndex(h, RoomSessions), newIndex(h, UserSessions)
	if err = h.attach(); err != nil {
		return nil, err
	}
	return h, nil
}

// Serve upgrades r and runs the session with handler on a goroutine of its own,
// then returns, so that the server can free the request. The session's context
// carries the values of ctx, but not its end; give it a context of its own,
// since the request's keeps the request alive.
//
// Nothing is checked but the handshake itself: origin, credentials and limits
// are the caller's to check first. On an error before the upgrade nothing was
// written and the caller answers: a [HandshakeError], or [ErrDraining]. After
// any other error the connection is closed.
func (h *Hub) Serve(ctx context.Context, w http.ResponseWriter, r *http.Request, opening Opening, handler Handler) (*Session, error) {
	s, err := h.accept(ctx, w, r, opening)
	if err != nil {
		return nil, err
	}
	s.handler = handler
	h.add(s)
	go s.run()
	return s, nil
}

// Check judges a message before it reaches the host, and returns it as the host
// is to get it: as it came, or what was wrapped in it. A zero Message is for the
// check alone, and the host never sees it. An error closes the session as an
// error of [Handler.OnMessage] does.
type Check func(ctx context.Context, s *Session, m Message) (Message, error)

// Accept upgrades r like [Hub.Serve], but leaves the reading to the caller.
// check, which may be nil, sees each message first. A Conn that is dropped
// without Close is closed with 1001 when the garbage collector finds it.
func (h *Hub) Accept(ctx context.Context, w http.ResponseWriter, r *http.Request, opening Opening, check Check) (*Conn, error) {
	s, err := h.accept(ctx, w, r, opening)
	if err != nil {
		return nil, err
	}
	s.handler = HandlerFuncs{}
	s.pulled = true
	h.add(s)
	c := &Conn{session: s, check: check}
	runtime.AddCleanup(c, (*Session).abandon, s)
	return c, nil
}

// Session returns the open session of that id.
func (h *Hub) Session(id string) (*Session, bool) {
	if h == nil {
		return nil, false
	}
	return h.directory.find(id)
}

// Len returns how many sessions are open.
func (h *Hub) Len() int {
	if h == nil {
		return 0
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.open
}

// Draining reports whether [Hub.Shutdown] was called.
func (h *Hub) Draining() bool {
	if h == nil {
		return false
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.draining
}

// accept upgrades r and keeps Shutdown waiting meanwhile.
func (h *Hub) accept(ctx context.Context, w http.ResponseWriter, r *http.Request, opening Opening) (*Session, error) {
	if h == nil {
		return nil, ErrNoHub
	}
	h.mu.Lock()
	if h.draining {
		h.mu.Unlock()
		return nil, ErrDraining
	}
	h.opening++
	h.mu.Unlock()

	s, err := h.upgrade(ctx, w, r, opening)
	if err != nil {
		h.mu.Lock()
		h.opening--
		h.signalGone()
		h.mu.Unlock()
		return nil, err
	}
	s.id = rand.Text()
	s.onClosed, s.onControl, s.onIdentity = opening.OnClose, opening.OnControl, opening.OnIdentity
	s.can, s.mute = opening.Can, opening.Mute
	if opening.Identity.Known() {
		s.identity.Store(&opening.Identity)
	}
	return s, nil
}

// add makes s known. One that opened while Shutdown began is closed as the
// others are, so that none survives it.
func (h *Hub) add(s *Session) {
	s.startHeartbeat()
	s.list()
	h.mu.Lock()
	h.opening--
	h.open++
	draining := h.draining
	h.mu.Unlock()
	if draining {
		s.shutdown()
	}
}

// remove forgets s; letGo must follow once its OnClose has returned.
func (h *Hub) remove(s *Session) {
	h.directory.remove(s)
	orderly := s.bothClosed()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open--
	h.closing++
	switch {
	case !h.draining:
	case orderly:
		h.drained++
	default:
		h.cut++
	}
}

// keepWaiting keeps Shutdown waiting until letGo.
func (h *Hub) keepWaiting() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closing++
}

func (h *Hub) letGo() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closing--
	h.signalGone()
}

// signalGone lets Shutdown go when nothing is left. h.mu must be held.
func (h *Hub) signalGone() {
	if !h.draining || h.open+h.opening+h.closing > 0 {
		return
	}
	select {
	case <-h.gone:
	default:
		close(h.gone)
	}
}

func (h *Hub) now() int64 {
	return int64(time.Since(h.epoch))
}
