package jsonrpc

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gmetric"
)

// Metrics returns a middleware that counts calls in the gmetric counter
// jsonrpc.server.calls and observes how long they take in the histogram
// jsonrpc.server.duration, in milliseconds, both with the attributes method and
// code, which is 0 for success. Make one for a process: each registers the two
// anew.
func Metrics() (Middleware, error) {
	meter := gmetric.GetGlobalProvider().Meter(gmetric.MeterOption{Instrument: "gfws/jsonrpc"})
	calls, err := meter.Counter("jsonrpc.server.calls", gmetric.MetricOption{Help: "Calls that were answered", Unit: "1"})
	if err != nil {
		return nil, gerror.Wrap(err, "metric of calls")
	}
	duration, err := meter.Histogram("jsonrpc.server.duration", gmetric.MetricOption{
		Help: "How long calls take", Unit: "ms",
		Buckets: []float64{0.1, 0.5, 1, 5, 10, 50, 100, 500, 1000, 5000, 10000, 30000},
	})
	if err != nil {
		return nil, gerror.Wrap(err, "metric of durations")
	}
	return func(ctx context.Context, r *Request, next Next) (any, error) {
		result, err := next(ctx, r)
		option := gmetric.Option{Attributes: gmetric.Attributes{
			gmetric.NewAttribute("method", r.Method()),
			gmetric.NewAttribute("code", r.code(err)),
		}}
		calls.Inc(ctx, option)
		duration.Record(float64(time.Since(r.Began()))/float64(time.Millisecond), option)
		return result, err
	}, nil
}
