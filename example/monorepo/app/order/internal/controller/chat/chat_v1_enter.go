package chat

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Enter lets the session into a room and answers with who is there.
func (c *ControllerV1) Enter(ctx context.Context, req *v1.EnterReq) (res *v1.EnterRes, err error) {
	customers, err := service.Chat().Enter(ctx, jsonrpc.SessionFromCtx(ctx), req.Room)
	if err != nil {
		return nil, err
	}
	return &v1.EnterRes{Customers: customers}, nil
}
