package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// Disconnect closes a session, or all of a user.
func (c *ControllerV1) Disconnect(ctx context.Context, req *v1.DisconnectReq) (res *v1.DisconnectRes, err error) {
	closing, err := service.Push().Close(c.hub(), model.PushClose{
		Session: req.Session,
		User:    req.User,
		Code:    ws.Code(req.Code),
		Reason:  req.Reason,
	})
	if err != nil {
		return nil, err
	}
	return &v1.DisconnectRes{Closing: closing}, nil
}
