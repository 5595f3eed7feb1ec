package jsonrpc

import "context"

// Next is what a middleware wraps: the next one, or the handler with its
// parsing and validation.
type Next func(ctx context.Context, r *Request) (any, error)

// Middleware runs around every call of a bound method, notifications included.
// It may look at the request, answer in place of next, and change the result or
// the error of it.
type Middleware func(ctx context.Context, r *Request, next Next) (any, error)

// Use adds middlewares for all methods, those bound before as well. The first
// one is the outermost.
func (r *Router) Use(middlewares ...Middleware) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.middlewares = append(r.middlewares, middlewares...)
	chain := Next(callMethod)
	for i := len(r.middlewares) - 1; i >= 0; i-- {
		chain = wrap(r.middlewares[i], chain)
	}
	r.chain.Store(&chain)
}

func wrap(m Middleware, next Next) Next {
	return func(ctx context.Context, r *Request) (any, error) { return m(ctx, r, next) }
}

func callMethod(ctx context.Context, r *Request) (any, error) {
	return r.method.call(ctx, r)
}
