package websocket

import (
	"context"

	"github.com/gfws/gf-websocket/internal/lease"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// gate is what one session passes before its messages reach the host: it knows
// how long the session may go on. It is used by the session's own goroutine. A
// nil gate, where nobody is asked who he is, lets everything through.
type gate struct {
	policy *model.Policy
	lease  *lease.Lease
}

// newGate returns the gate of a session of endpoint.
func newGate(endpoint *model.Endpoint) *gate {
	if !endpoint.Policy.Auth.Asks() {
		return nil
	}
	return &gate{policy: &endpoint.Policy}
}

// open begins to measure the session's time.
func (g *gate) open(s *ws.Session) {
	if g == nil {
		return
	}
	g.lease = lease.New(s, g.policy.Auth.Warning)
	if s.Muted() {
		g.lease.Await(g.policy.Auth.Timeout)
		return
	}
	g.lease.Renew(s.Identity().Expires)
}

// take takes a message that is for the gate. On an error the session closes.
func (g *gate) take(ctx context.Context, s *ws.Session, m ws.Message) (taken bool, err error) {
	if g == nil || !g.policy.Auth.InData {
		return false, nil
	}
	taken, err = service.Guard().AuthenticateMessage(ctx, model.AuthInput{Policy: g.policy, Session: s, Message: m})
	if taken && err == nil {
		g.lease.Renew(s.Identity().Expires)
	}
	return taken, err
}
