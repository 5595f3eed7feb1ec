package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// History answers with what was said last in a room.
func (c *ControllerV1) History(ctx context.Context, req *v1.HistoryReq) (res *v1.HistoryRes, err error) {
	messages, err := service.Room().History(c.rooms(), jsonrpc.SessionFromCtx(ctx), req.Room, req.Limit)
	if err != nil {
		return nil, err
	}
	return &v1.HistoryRes{Messages: messages}, nil
}
