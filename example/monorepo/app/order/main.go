// Command order serves an API of orders, and tells of each new one over WebSocket.
package main

import (
	_ "github.com/gfws/gf-websocket/example/monorepo/app/order/internal/logic"

	"github.com/gogf/gf/v2/os/gctx"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/cmd"
)

func main() {
	cmd.Main().Run(gctx.GetInitCtx())
}
