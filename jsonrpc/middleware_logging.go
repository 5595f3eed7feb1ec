package jsonrpc

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/os/glog"
)

// Logging returns a middleware that writes a line for each call: its method,
// session and user, how long it took and, for one that failed, the error and
// its code. Failed calls are warnings, others debug messages. Neither params
// nor results are written.
func Logging(logger *glog.Logger) Middleware {
	return func(ctx context.Context, r *Request, next Next) (any, error) {
		result, err := next(ctx, r)
		took := time.Since(r.Began())
		if err != nil {
			logger.Warningf(ctx, "jsonrpc %s session=%s user=%q took=%s code=%d: %v",
				r.Method(), r.Session().ID(), r.Session().User(), took, r.code(err), err)
			return result, err
		}
		logger.Debugf(ctx, "jsonrpc %s session=%s user=%q took=%s",
			r.Method(), r.Session().ID(), r.Session().User(), took)
		return result, err
	}
}

// code is the code that err is answered with, 0 for none.
func (r *Request) code(err error) int {
	if err == nil {
		return 0
	}
	return r.fault(err).Code
}
