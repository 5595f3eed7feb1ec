package websocket

import (
	"context"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// visit is one client, from its handshake until its session has ended.
type visit struct {
	endpoint *model.Endpoint
	ticket   limit.Ticket
	client   netip.Addr
	gate     gate
	session  atomic.Pointer[ws.Session] // nil until it is told of
	begun    bool                       // there is a session, which gives the place back
}

// newVisit returns the visit of who has sent r.
func newVisit(r *ghttp.Request, endpoint *model.Endpoint) *visit {
	return &visit{
		endpoint: endpoint,
		ticket:   endpoint.Limits.Ticket(),
		gate:     gate{policy: &endpoint.Policy},
		client:   service.Guard().ClientAddr(r.Request, &endpoint.Policy.Proxy),
	}
}

// opening tells the session what the guard has found out.
func (v *visit) opening(r *ghttp.Request, identity ws.Identity) ws.Opening {
	auth := &v.endpoint.Policy.Auth
	return ws.Opening{
		Header:     upgradeHeader(r),
		Identity:   identity,
		ClientAddr: v.client,
		Can:        v.permission(),
		Mute:       auth.Mutes(identity),
		OnClose:    v.ended,
		OnControl:  v.checkControl,
		// The host may renew an identity, or find one out, in its own way.
		OnIdentity: v.gate.follow,
	}
}

// begin is told of the session before anything else is.
func (v *visit) begin(s *ws.Session) {
	v.session.Store(s)
	v.gate.open(s)
}

// receive shows a message to the gate and the guard, and returns what the host
// gets of it: a zero message for none. taken tells that the gate has kept it.
func (v *visit) receive(ctx context.Context, s *ws.Session, m ws.Message) (_ ws.Message, taken bool, err error) {
	if err = v.checkRate(ctx, s, m); err != nil {
		return ws.Message{}, false, err
	}
	if m, err = service.Guard().OpenMessage(&v.endpoint.Policy, m); err != nil {
		return ws.Message{}, false, v.reject(ctx, s, err)
	}
	if taken, err = v.gate.take(ctx, s, m, &v.ticket); taken || err != nil {
		return ws.Message{}, taken, err
	}
	if err = service.Guard().CheckMessage(ctx, &v.endpoint.Policy, s, m); err != nil {
		return ws.Message{}, false, v.reject(ctx, s, err)
	}
	return m, false, service.Guard().CheckIdentity(&v.ticket, s)
}

// checkControl counts a ping or a pong as a message without content: it costs as
// much.
func (v *visit) checkControl(ctx context.Context, s *ws.Session) error {
	return v.checkRate(ctx, s, ws.Message{})
}

// checkRate counts a message. Where the policy is to delay, the one who sent too
// much waits here: nothing more of it is read meanwhile.
func (v *visit) checkRate(ctx context.Context, s *ws.Session, m ws.Message) error {
	verdict, err := service.Guard().CheckRate(&v.ticket, s, m)
	if verdict.Warn && err == nil {
		v.record(ctx, s, audit.Event{Action: audit.Warned, Reason: verdict.Reason})
	}
	if err != nil || verdict.Wait == 0 {
		return err
	}
	return pause(ctx, verdict.Wait)
}

// pause returns after d, or with an error when ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ended tells of an end that was forced, and gives the place back.
func (v *visit) ended(ctx context.Context, s *ws.Session, c ws.Close) {
	defer v.ticket.Leave()
	reason := forced(c)
	if reason == "" {
		return
	}
	e := v.event(s, audit.Event{Action: audit.Closed, Reason: reason, Code: int(c.Code)})
	if c.Code == ws.CodeInternalError {
		v.endpoint.Audit.Count(ctx, e) // the error itself has been logged
		return
	}
	v.endpoint.Audit.Record(ctx, e)
}

// record tells of something that happens to an open session.
func (v *visit) record(ctx context.Context, s *ws.Session, e audit.Event) {
	v.endpoint.Audit.Record(ctx, v.event(s, e))
}

// event fills in who it happened to.
func (v *visit) event(s *ws.Session, e audit.Event) audit.Event {
	handshake := s.Handshake()
	e.Remote, e.Path, e.User, e.Session = handshake.RemoteAddr, handshake.Path, s.User(), s.ID()
	e.Client = v.forwarded(e.Remote)
	return e
}

// forwarded is the client's address where it is not the peer's.
func (v *visit) forwarded(remote string) string {
	peer, err := netip.ParseAddrPort(remote)
	if err == nil && peer.Addr().Unmap().WithZone("") == v.client || !v.client.IsValid() {
		return ""
	}
	return v.client.String()
}
