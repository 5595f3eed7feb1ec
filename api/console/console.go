// =================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// =================================================================================

package console

import (
	"context"

	"github.com/gfws/gf-websocket/api/console/v1"
)

type IConsoleV1 interface {
	Settings(ctx context.Context, req *v1.SettingsReq) (res *v1.SettingsRes, err error)
}
