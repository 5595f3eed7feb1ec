package jsonrpc

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// Router is a [ws.Handler] that answers JSON-RPC 2.0. It is safe for concurrent
// use, and serves any number of hubs. A Router without calls has no goroutine.
type Router struct {
	options options
	workers workers

	mu          sync.Mutex // of Bind, Use and Sends
	err         error      // the first that went wrong in them
	middlewares []Middleware
	outgoing    []outgoing
	table       atomic.Pointer[table]
	chain       atomic.Pointer[Next]
}

// table is what is bound. It is replaced, never changed.
type table map[string]*method

var _ ws.Handler = (*Router)(nil)

// New returns a router with nothing bound.
func New(opts ...Option) *Router {
	r := &Router{}
	for _, opt := range opts {
		opt(&r.options)
	}
	r.options.fill()
	r.table.Store(&table{})
	r.Use()
	return r
}

// logger is asked for when there is something to log, since the configuration
// may not be there yet when the router is made.
func (r *Router) logger() *glog.Logger {
	if r.options.logger != nil {
		return r.options.logger
	}
	return g.Log("websocket")
}

// Check returns the first error of [Router.Bind], [Router.Sends] and
// [Router.Calls]. gfws asks for it when it installs the router, so that a host
// which has not looked at theirs still learns of it.
func (r *Router) Check() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// Methods returns the names of the methods that are bound, sorted.
func (r *Router) Methods() []string {
	return slices.Sorted(maps.Keys(*r.table.Load()))
}

// note keeps the first error for [Router.Check]. r.mu must be held.
func (r *Router) note(err error) error {
	if r.err == nil {
		r.err = err
	}
	return err
}

// add makes methods known. r.mu must be held.
func (r *Router) add(methods []*method) {
	bound := maps.Clone(*r.table.Load())
	for _, m := range methods {
		bound[m.name] = m
	}
	r.table.Store(&bound)
}

func (r *Router) method(name []byte) *method { return (*r.table.Load())[string(name)] }

// OnOpen implements [ws.Handler].
func (r *Router) OnOpen(ctx context.Context, s *ws.Session) error {
	if r.options.onOpen == nil {
		return nil
	}
	return r.options.onOpen(ctx, s)
}

// OnMessage implements [ws.Handler]. It waits for no call but those of methods
// that ask for it: calls run on goroutines of their own.
func (r *Router) OnMessage(_ context.Context, s *ws.Session, m ws.Message) error {
	var single [1]rpcwire.Message // most are no batch
	messages, batch, problem := rpcwire.Parse(single[:0], m.Data, r.options.batch)
	p := r.peer(s)
	switch {
	case problem != nil:
		_ = p.reply(appendFault(nil, nil, refusal(problem)))
	case batch:
		r.serveBatch(p, messages)
	default:
		r.serve(p, &messages[0], nil, 0)
	}
	return nil
}

// OnClose implements [ws.Handler].
func (r *Router) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	if r.options.onClose != nil {
		r.options.onClose(ctx, s, c)
	}
}
