package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// Sessions lists sessions, by id.
func (c *ControllerV1) Sessions(ctx context.Context, req *v1.SessionsReq) (res *v1.SessionsRes, err error) {
	page, total := service.Push().Sessions(c.hub(), model.PushSessions{
		PushList: model.PushList{Page: req.Page, Size: req.Size},
		Room:     req.Room,
		User:     req.User,
	})
	res = &v1.SessionsRes{Total: total, Sessions: make([]v1.Session, 0, len(page))}
	for _, session := range page {
		res.Sessions = append(res.Sessions, describe(session))
	}
	return res, nil
}

func describe(s *ws.Session) v1.Session {
	identity, handshake := s.Identity(), s.Handshake()
	described := v1.Session{
		Session:     s.ID(),
		User:        identity.User,
		Address:     addressOf(handshake),
		Subprotocol: handshake.Subprotocol,
		Rooms:       s.Rooms(),
	}
	if !identity.Expires.IsZero() {
		described.Expires = &identity.Expires
	}
	return described
}

// addressOf is where the client is, or its socket where that has no IP address.
func addressOf(handshake ws.Handshake) string {
	if !handshake.ClientAddr.IsValid() {
		return handshake.RemoteAddr
	}
	return handshake.ClientAddr.String()
}
