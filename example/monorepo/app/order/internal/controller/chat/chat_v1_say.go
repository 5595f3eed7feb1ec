package chat

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Say says something to all in a room.
func (c *ControllerV1) Say(ctx context.Context, req *v1.SayReq) (res *v1.SayRes, err error) {
	heard, err := service.Chat().Say(ctx, jsonrpc.SessionFromCtx(ctx), req.Room, req.Text)
	if err != nil {
		return nil, err
	}
	return &v1.SayRes{Heard: heard}, nil
}
