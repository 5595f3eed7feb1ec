package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// Members answers with who is in a room.
func (c *ControllerV1) Members(ctx context.Context, req *v1.MembersReq) (res *v1.MembersRes, err error) {
	members, err := service.Room().Members(ctx, c.rooms(), jsonrpc.SessionFromCtx(ctx), req.Room)
	if err != nil {
		return nil, err
	}
	return &v1.MembersRes{Members: members}, nil
}
