package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Say says something in a room, and answers with the number of the message.
func (c *ControllerV1) Say(ctx context.Context, req *v1.SayReq) (res *v1.SayRes, err error) {
	seq, err := service.Room().Say(ctx, c.rooms(), jsonrpc.SessionFromCtx(ctx), req.Room, req.Text)
	if err != nil {
		return nil, err
	}
	return &v1.SayRes{Seq: seq}, nil
}
