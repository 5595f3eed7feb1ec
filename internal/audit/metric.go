package audit

import (
	"context"

	"github.com/gogf/gf/v2/os/gmetric"
)

// events counts for whatever exporter the process has; without one it does
// nothing. gmetric keeps every instrument for the life of the process, so there
// is one for all endpoints.
var events = gmetric.GetGlobalProvider().
	Meter(gmetric.MeterOption{Instrument: "github.com/gfws/gf-websocket"}).
	MustCounter("gfws.audit.events", gmetric.MetricOption{
		Help: "Refused handshakes, rejected messages, warnings and forced closes, by instance, action and reason",
		Unit: "",
	})

func count(ctx context.Context, instance string, e Event) {
	events.Inc(ctx, gmetric.Option{Attributes: gmetric.Attributes{
		gmetric.NewAttribute("instance", instance),
		gmetric.NewAttribute("action", string(e.Action)),
		gmetric.NewAttribute("reason", e.Reason),
	}})
}
