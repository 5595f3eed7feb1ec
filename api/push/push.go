// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
)

type IPushV1 interface {
	Send(ctx context.Context, req *v1.SendReq) (res *v1.SendRes, err error)
	Sessions(ctx context.Context, req *v1.SessionsReq) (res *v1.SessionsRes, err error)
	Rooms(ctx context.Context, req *v1.RoomsReq) (res *v1.RoomsRes, err error)
	Users(ctx context.Context, req *v1.UsersReq) (res *v1.UsersRes, err error)
	Disconnect(ctx context.Context, req *v1.DisconnectReq) (res *v1.DisconnectRes, err error)
	Stats(ctx context.Context, req *v1.StatsReq) (res *v1.StatsRes, err error)
}
