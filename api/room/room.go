// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package room

import (
	"context"

	"github.com/gfws/gf-websocket/api/room/v1"
)

type IRoomV1 interface {
	Join(ctx context.Context, req *v1.JoinReq) (res *v1.JoinRes, err error)
	Leave(ctx context.Context, req *v1.LeaveReq) (res *v1.LeaveRes, err error)
	Say(ctx context.Context, req *v1.SayReq) (res *v1.SayRes, err error)
	History(ctx context.Context, req *v1.HistoryReq) (res *v1.HistoryRes, err error)
	Members(ctx context.Context, req *v1.MembersReq) (res *v1.MembersRes, err error)
}
