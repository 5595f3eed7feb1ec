package jsonrpc

import (
	"bytes"
	"context"
	"sync"

	"github.com/gogf/gf/v2/i18n/gi18n"

	"github.com/gfws/gf-websocket/ws"
)

// peerKey is where a session keeps what a router knows of it.
type peerKey struct{ router *Router }

// maxWaiting is the most bytes that the requests of a session may have which
// wait for their turn.
const maxWaiting = 1 << 20

// peer is what the router knows of a session: the calls that run and wait, and
// the calls to the client that are not answered yet. All of it is bounded, but
// for the last, which are the server's own.
type peer struct {
	router  *Router
	session *ws.Session
	ctx     context.Context // the session's, with its language

	mu       sync.Mutex
	active   []*Request // running or waiting
	running  int
	waiting  queue // for one of the running to end
	orderly  queue // for the ordered one before to end
	ordering bool  // an ordered call runs or waits

	calls *pending
}

// peer returns what is known of s.
func (r *Router) peer(s *ws.Session) *peer {
	if p, ok := s.Get(peerKey{r}).(*peer); ok {
		return p
	}
	p := &peer{router: r, session: s, ctx: s.Context()}
	if language := r.options.language(p.ctx, s); language != "" {
		p.ctx = gi18n.WithLanguage(p.ctx, language)
	}
	p.calls = pendingOf(s)
	s.Set(peerKey{r}, p)
	return p
}

// queue holds requests in their order.
type queue struct {
	first, last *Request
	len, bytes  int
}

func (q *queue) push(r *Request) {
	q.bytes += r.size()
	if q.len++; q.last == nil {
		q.first, q.last = r, r
		return
	}
	q.last.next, q.last = r, r
}

// pop returns nil where there is none.
func (q *queue) pop() *Request {
	r := q.first
	if r == nil {
		return nil
	}
	q.len--
	q.bytes -= r.size()
	if q.first = r.next; q.first == nil {
		q.last = nil
	}
	r.next = nil
	return r
}

// admit starts r, has it wait for its turn, or returns false where too many
// wait already.
func (p *peer) admit(r *Request) bool {
	p.mu.Lock()
	waits := r.method.ordered && p.ordering
	full := waits || p.running >= p.router.options.concurrency
	if full && !p.hasRoom(r) {
		p.mu.Unlock()
		return false
	}
	r.waited = full
	r.index = len(p.active)
	p.active = append(p.active, r)
	switch {
	case waits:
		p.orderly.push(r)
	case full:
		p.waiting.push(r)
	default:
		p.running++
	}
	p.ordering = p.ordering || r.method.ordered
	p.mu.Unlock()
	if !full {
		p.router.workers.run(r)
	}
	return true
}

// hasRoom reports whether r may wait. p.mu must be held.
func (p *peer) hasRoom(r *Request) bool {
	return p.waiting.len+p.orderly.len < p.router.options.queue &&
		p.waiting.bytes+p.orderly.bytes+r.size() <= maxWaiting
}

// done forgets r and returns what runs in its place, nil for nothing.
func (p *peer) done(r *Request) *Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.active) - 1
	p.active[r.index], p.active[last].index = p.active[last], r.index
	p.active[last] = nil
	p.active = p.active[:last]
	if r.method.ordered {
		if next := p.orderly.pop(); next != nil {
			p.waiting.push(next)
		} else {
			p.ordering = false
		}
	}
	next := p.waiting.pop()
	if next == nil {
		p.running--
	}
	return next
}

// cancel ends the context of the calls with that id.
func (p *peer) cancel(id []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.active {
		if r.id != nil && bytes.Equal(r.id, id) {
			r.ctx.cancel(errCancelled)
		}
	}
}

// send queues a text message.
func (p *peer) send(text []byte) error {
	return p.session.Send(ws.Message{Type: ws.Text, Data: text})
}

// reply is send for the goroutine that reads: what it sends for messages that
// came together leaves together.
func (p *peer) reply(text []byte) error {
	return p.session.Reply(ws.Message{Type: ws.Text, Data: text})
}
