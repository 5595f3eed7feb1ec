package gfws

import (
	"context"

	"github.com/gogf/gf/v2/os/gmetric"
)

// The gauge asks the registry, so an instance that was removed is in it no more.
// gmetric keeps every instrument for the life of the process, so there is one for
// all instances.
var _ = gmetric.GetGlobalProvider().
	Meter(gmetric.MeterOption{Instrument: "github.com/gfws/gf-websocket"}).
	MustObservableGauge("gfws.sessions", gmetric.MetricOption{
		Help:     "Open sessions, by instance",
		Callback: observeSessions,
	})

func observeSessions(_ context.Context, observer gmetric.MetricObserver) error {
	for name, sessions := range instances.sessions() {
		observer.Observe(float64(sessions), gmetric.Option{Attributes: gmetric.Attributes{
			gmetric.NewAttribute("instance", name),
		}})
	}
	return nil
}

// sessions counts those of all servers by the name of the instance.
func (r *registry) sessions() map[string]int {
	r.mu.RLock()
	entries := r.entries[:len(r.entries):len(r.entries)]
	r.mu.RUnlock()
	counts := make(map[string]int)
	for _, e := range entries {
		if hub := e.plugin.Hub(); hub != nil && !e.plugin.hasLeft() {
			counts[e.name] += hub.Len()
		}
	}
	return counts
}
