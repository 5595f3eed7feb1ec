package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Join lets the session into a room, and answers with who is in it and what was
// said last.
func (c *ControllerV1) Join(ctx context.Context, req *v1.JoinReq) (res *v1.JoinRes, err error) {
	session := jsonrpc.SessionFromCtx(ctx)
	members, history, err := service.Room().Join(ctx, c.rooms(), session, req.Room)
	if err != nil {
		return nil, err
	}
	return &v1.JoinRes{Session: session.ID(), Members: members, History: history}, nil
}
