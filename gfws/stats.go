package gfws

import "github.com/gfws/gf-websocket/internal/audit"

// Stats are figures of an instance since it was installed.
type Stats struct {
	// Sessions is how many are open, Connections how many are counted against
	// connections.total: those and the handshakes that are under way.
	Sessions, Connections int
	// Dropped is how many messages queue.full has dropped.
	Dropped uint64
	// Refused counts handshakes that were refused, by the reason that stands in
	// the log, such as "origin" or "connections".
	Refused map[string]uint64
	// Closed counts sessions that were closed for what the peer did or failed to
	// do, by the reason, such as "rate" or "size".
	Closed map[string]uint64
	// Rejected counts messages that were refused with an answer.
	Rejected map[string]uint64
	// Warned counts sessions that have come over a rate, by the reason.
	Warned map[string]uint64
}

// Stats returns the figures of the moment; the zero value before the instance is
// installed, and where p is nil. gf's gmetric has the counters too, as
// gfws.audit.events with the attributes instance, action and reason, and the
// sessions as the gauge gfws.sessions with the attribute instance.
func (p *Plugin) Stats() Stats {
	if p == nil {
		return Stats{}
	}
	p.mu.Lock()
	endpoint := p.endpoint
	p.mu.Unlock()
	if endpoint == nil {
		return Stats{}
	}
	hub := endpoint.Hub.Stats()
	return Stats{
		Sessions:    hub.Sessions,
		Connections: endpoint.Limits.Sessions(),
		Dropped:     hub.Dropped,
		Refused:     endpoint.Audit.Totals(audit.Refused),
		Closed:      endpoint.Audit.Totals(audit.Closed),
		Rejected:    endpoint.Audit.Totals(audit.Rejected),
		Warned:      endpoint.Audit.Totals(audit.Warned),
	}
}
