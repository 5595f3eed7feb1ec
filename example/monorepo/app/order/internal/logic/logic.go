// ==========================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// ==========================================================================

package logic

import (
	_ "github.com/gfws/gf-websocket/example/monorepo/app/order/internal/logic/chat"
	_ "github.com/gfws/gf-websocket/example/monorepo/app/order/internal/logic/notify"
	_ "github.com/gfws/gf-websocket/example/monorepo/app/order/internal/logic/order"
)
