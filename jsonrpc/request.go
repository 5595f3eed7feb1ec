package jsonrpc

import (
	"context"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// Request is one call or notification that a client has sent. It may be kept
// after the call; what it returns must not be changed.
type Request struct {
	peer   *peer
	method *method
	id     []byte // nil for a notification
	params []byte
	began  time.Time
	ctx    callContext

	batch *batch // nil for a request of its own
	place int    // in the batch
	index int    // in peer.active

	waited bool // for its turn
	next   *Request
}

// Method returns the name of the method.
func (r *Request) Method() string { return r.method.name }

// ID returns the id as JSON, as it came; nil for a notification.
func (r *Request) ID() []byte { return r.id }

// IsNotification reports whether the client wants no answer.
func (r *Request) IsNotification() bool { return r.id == nil }

// Params returns the params as JSON, as they came: an object, an array, or nil
// for none.
func (r *Request) Params() []byte { return r.params }

// Session returns the session that the request came from.
func (r *Request) Session() *ws.Session { return r.peer.session }

// Meta returns a tag of the g.Meta of the request's type, "" for none, such as
// a role that a middleware asks for.
func (r *Request) Meta(tag string) string { return r.method.meta[tag] }

// Began returns when the request came.
func (r *Request) Began() time.Time { return r.began }

// run calls the handler through the middlewares and answers. It is the last
// place where a panic can be caught, that of a result which encodes itself
// included.
func (r *Request) run() {
	defer r.ctx.finish()
	defer func() {
		if exception := recover(); exception != nil {
			r.answer(nil, r.panicked(&r.ctx, exception))
		}
	}()
	if err := r.late(); err != nil {
		r.answer(nil, err)
		return
	}
	if err := r.permitted(); err != nil {
		r.answer(nil, err)
		return
	}
	r.answer((*r.peer.router.chain.Load())(&r.ctx, r))
}

// late returns why a request that has waited for its turn need not run any
// more, nil where it must.
func (r *Request) late() error {
	if cause := r.ctx.cancelled(); cause != nil {
		return cause
	}
	if r.waited {
		return r.ctx.Err()
	}
	return nil
}

// RequestFromCtx returns the request that a handler was called for, nil where
// ctx is not a handler's.
func RequestFromCtx(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}

// SessionFromCtx returns the session that a handler was called by, nil where
// ctx is not a handler's.
func SessionFromCtx(ctx context.Context) *ws.Session {
	if r := RequestFromCtx(ctx); r != nil {
		return r.Session()
	}
	return nil
}

// IdentityFromCtx returns who called, as the session knows it now; a stranger
// where ctx is not a handler's.
func IdentityFromCtx(ctx context.Context) ws.Identity {
	if s := SessionFromCtx(ctx); s != nil {
		return s.Identity()
	}
	return ws.Identity{}
}

// HandshakeFromCtx returns what is kept of the request that opened the session;
// the zero value where ctx is not a handler's.
func HandshakeFromCtx(ctx context.Context) ws.Handshake {
	if s := SessionFromCtx(ctx); s != nil {
		return s.Handshake()
	}
	return ws.Handshake{}
}
