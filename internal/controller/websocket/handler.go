package websocket

import (
	"context"

	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// guarded shows each message of one session to the guard before the host's
// handler gets it. The host hears nothing of a session that has not
// authenticated where it must. An endpoint without a handler echoes.
type guarded struct {
	*visit
	opened bool // the host's OnOpen was called
}

// OnOpen implements [ws.Handler].
func (h *guarded) OnOpen(ctx context.Context, s *ws.Session) error {
	h.begin(s)
	if s.Muted() {
		return nil
	}
	return h.open(ctx, s)
}

// open tells the host of the session.
func (h *guarded) open(ctx context.Context, s *ws.Session) error {
	h.opened = true
	if h.endpoint.Handler == nil {
		return nil
	}
	return h.endpoint.Handler.OnOpen(ctx, s)
}

// OnMessage implements [ws.Handler].
func (h *guarded) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	m, taken, err := h.receive(ctx, s, m)
	switch {
	case err != nil:
		return err
	case taken && !h.opened:
		return h.open(ctx, s)
	case m.Type == 0:
		return nil
	case h.endpoint.Handler == nil:
		return service.Echo().Echo(s, m)
	}
	return h.endpoint.Handler.OnMessage(ctx, s, m)
}

// OnClose implements [ws.Handler].
func (h *guarded) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	if h.opened && h.endpoint.Handler != nil {
		h.endpoint.Handler.OnClose(ctx, s, c)
	}
}
