// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package console

import (
	"context"

	"github.com/gfws/gf-websocket/api/console/v1"
)

type IConsoleV1 interface {
	Check(ctx context.Context, req *v1.CheckReq) (res *v1.CheckRes, err error)
	Settings(ctx context.Context, req *v1.SettingsReq) (res *v1.SettingsRes, err error)
}
