package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Leave takes the session out of a room.
func (c *ControllerV1) Leave(ctx context.Context, req *v1.LeaveReq) (res *v1.LeaveRes, err error) {
	if err = service.Room().Leave(jsonrpc.SessionFromCtx(ctx), req.Room); err != nil {
		return nil, err
	}
	return &v1.LeaveRes{}, nil
}
