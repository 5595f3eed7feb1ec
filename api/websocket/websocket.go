// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package websocket

import (
	"context"

	"github.com/gfws/gf-websocket/api/websocket/v1"
)

type IWebsocketV1 interface {
	Connect(ctx context.Context, req *v1.ConnectReq) (res *v1.ConnectRes, err error)
}
