// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package chat

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
)

type IChatV1 interface {
	Enter(ctx context.Context, req *v1.EnterReq) (res *v1.EnterRes, err error)
	Say(ctx context.Context, req *v1.SayReq) (res *v1.SayRes, err error)
}
