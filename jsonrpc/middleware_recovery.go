package jsonrpc

import "context"

// Recovery returns a middleware that turns a panic of what it wraps into an
// error: it is logged with its stack and answered with [CodeInternal]. The
// router does so too with what reaches it; use this below middlewares that
// shall see the error, such as [Logging] and [Metrics].
func Recovery() Middleware {
	return func(ctx context.Context, r *Request, next Next) (result any, err error) {
		defer func() {
			if exception := recover(); exception != nil {
				result, err = nil, r.panicked(ctx, exception)
			}
		}()
		return next(ctx, r)
	}
}
