package websocket

import (
	"context"
	"errors"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// arrive begins the visit of who has sent r. The place that it may get is given
// back by leaveUnlessBegun, which the caller defers, or at the session's end.
func (c *ControllerV1) arrive(r *ghttp.Request) *visit {
	endpoint := c.endpoint.Load()
	c.watchShutdown(r.Context(), endpoint)
	return newVisit(r, endpoint)
}

// admit asks the guard, and returns who asks. On an error the request has been
// answered.
func (v *visit) admit(r *ghttp.Request) (ws.Identity, error) {
	identity, err := service.Guard().CheckHandshake(model.HandshakeInput{
		Request:  r,
		Policy:   &v.endpoint.Policy,
		Draining: v.endpoint.Hub.Draining(),
		Client:   v.client,
		Ticket:   &v.ticket,
	})
	if err == nil {
		err = service.Guard().CheckUser(&v.ticket, identity.User)
	}
	if err != nil {
		v.refuse(r, err)
	}
	return identity, err
}

// leaveUnlessBegun gives the place back where no session has come of it, even if
// that is because the application's own code has panicked.
func (v *visit) leaveUnlessBegun() {
	if !v.begun {
		v.ticket.Leave()
	}
}

// Discreet is a middleware that takes the tokens out of a request when it has been
// answered, whoever has answered it: ghttp logs its query after that.
func (c *ControllerV1) Discreet(r *ghttp.Request) {
	defer service.Guard().HideTokens(r.Request, &c.endpoint.Load().Policy)
	r.Middleware.Next()
}

// Refuse answers a request whose method cannot be a handshake's.
func (c *ControllerV1) Refuse(r *ghttp.Request) {
	v := c.arrive(r)
	defer v.leaveUnlessBegun()
	_, _ = v.admit(r)
}

// refuse gives the place back, answers in GoFrame's JSON form and tells the
// audit. After the connection was taken over there is nothing to answer any more.
func (v *visit) refuse(r *ghttp.Request, err error) {
	v.ticket.Leave()
	refusal := asRefusal(err)
	v.endpoint.Audit.Record(r.Context(), audit.Event{
		Action: audit.Refused,
		Reason: refusal.Reason,
		Code:   refusal.Status,
		Remote: r.RemoteAddr,
		Client: v.forwarded(r.RemoteAddr),
		Path:   r.URL.Path,
		Err:    refusal.Cause,
	})
	if r.Response.IsHijacked() {
		return
	}
	for name, values := range refusal.Header {
		for _, value := range values {
			r.Response.Header().Add(name, value)
		}
	}
	r.Response.WriteHeader(refusal.Status)
	r.Response.ClearBuffer()
	r.Response.WriteJson(ghttp.DefaultHandlerResponse{Code: refusal.Code.Code(), Message: refusal.Message})
}

func asRefusal(err error) *model.Refusal {
	var refusal *model.Refusal
	switch {
	case errors.As(err, &refusal):
		return refusal
	case errors.Is(err, ws.ErrDraining):
		return &model.Refusal{
			Status:  http.StatusServiceUnavailable,
			Code:    gcode.CodeServerBusy,
			Message: "the server is shutting down",
			Header:  http.Header{"Retry-After": {"5"}},
			Reason:  "draining",
		}
	default:
		return &model.Refusal{
			Status:  http.StatusInternalServerError,
			Code:    gcode.CodeInternalError,
			Message: "the connection could not be upgraded",
			Reason:  "upgrade",
			Cause:   err,
		}
	}
}

// watchShutdown has the endpoint leave when the HTTP server that carries the
// request shuts down, since ghttp does not tell plugins of every shutdown.
func (c *ControllerV1) watchShutdown(ctx context.Context, endpoint *model.Endpoint) {
	server := serverOf(ctx)
	if server == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watched[server] == endpoint {
		return
	}
	c.watched[server] = endpoint
	server.RegisterOnShutdown(endpoint.Leave)
}

// Serves reports whether a request has come before from the HTTP server that
// carries the one of ctx. A server that starts again has new ones.
func (c *ControllerV1) Serves(ctx context.Context) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, known := c.watched[serverOf(ctx)]
	return known
}

// serverOf returns the HTTP server that carries the request, or nil.
func serverOf(ctx context.Context) *http.Server {
	server, _ := ctx.Value(http.ServerContextKey).(*http.Server)
	return server
}
