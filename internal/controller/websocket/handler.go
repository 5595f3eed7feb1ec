package websocket

import (
	"context"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// guarded shows each message to the guard before the host's handler gets it.
// An endpoint without a handler echoes.
type guarded struct {
	endpoint *model.Endpoint
}

// OnOpen implements [ws.Handler].
func (h *guarded) OnOpen(ctx context.Context, s *ws.Session) error {
	if h.endpoint.Handler == nil {
		return nil
	}
	return h.endpoint.Handler.OnOpen(ctx, s)
}

// OnMessage implements [ws.Handler].
func (h *guarded) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	if err := service.Guard().CheckMessage(ctx, &h.endpoint.Policy, s, m); err != nil {
		return err
	}
	if h.endpoint.Handler == nil {
		return service.Echo().Echo(s, m)
	}
	return h.endpoint.Handler.OnMessage(ctx, s, m)
}

// OnClose implements [ws.Handler].
func (h *guarded) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	if h.endpoint.Handler != nil {
		h.endpoint.Handler.OnClose(ctx, s, c)
	}
}
