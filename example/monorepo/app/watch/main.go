// Command watch prints the orders of a customer as they come in.
package main

import (
	"github.com/gogf/gf/v2/os/gctx"

	"github.com/gfws/gf-websocket/example/monorepo/app/watch/internal/cmd"
)

func main() {
	cmd.Main().Run(gctx.GetInitCtx())
}
