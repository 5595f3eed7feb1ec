// Command gf-websocket serves a WebSocket echo and the page that talks to it.
package main

import (
	_ "github.com/gfws/gf-websocket/internal/logic"

	"os"

	"github.com/gogf/gf/v2/os/gctx"

	"github.com/gfws/gf-websocket/internal/cmd"
)

func main() {
	os.Exit(cmd.Run(gctx.GetInitCtx(), os.Args, os.Stderr))
}
