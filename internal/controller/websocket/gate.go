package websocket

import (
	"context"
	"sync/atomic"

	"github.com/gfws/gf-websocket/internal/lease"
	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// gate is what one session passes before its messages reach the host: it knows
// how long the session may go on. Messages pass on the session's own goroutine.
type gate struct {
	policy *model.Policy
	lease  atomic.Pointer[lease.Lease] // nil while there was no end
}

// open begins to measure the session's time.
func (g *gate) open(s *ws.Session) {
	if s.Muted() {
		g.leaseOf(s).Await(g.policy.Auth.Timeout)
		return
	}
	g.follow(s)
}

// follow lets the session go on as long as its identity holds, which is asked
// again whenever somebody has given it another. One that has to authenticate
// first does that by the call auth alone.
func (g *gate) follow(s *ws.Session) {
	if s.Muted() || g.lease.Load() == nil && s.Identity().Expires.IsZero() {
		return
	}
	g.leaseOf(s).Follow()
}

func (g *gate) leaseOf(s *ws.Session) *lease.Lease {
	if l := g.lease.Load(); l != nil {
		return l
	}
	g.lease.CompareAndSwap(nil, lease.New(s, g.policy.Auth.Warning))
	return g.lease.Load()
}

// take takes a message that is for the gate. On an error the session closes.
func (g *gate) take(ctx context.Context, s *ws.Session, m ws.Message, ticket *limit.Ticket) (taken bool, err error) {
	if !g.policy.Auth.InData {
		return false, nil
	}
	taken, err = service.Guard().AuthenticateMessage(ctx, model.AuthInput{
		Policy: g.policy, Session: s, Message: m, Ticket: ticket,
	})
	if taken && err == nil {
		g.follow(s)
	}
	return taken, err
}
