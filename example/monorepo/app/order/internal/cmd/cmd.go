// Package cmd is the command line of order.
package cmd

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/gfws"
)

// Main returns the command that serves.
func Main() *gcmd.Command {
	return &gcmd.Command{
		Name:  "order",
		Brief: "serve the orders' API",
		Func: func(context.Context, *gcmd.Parser) error {
			s := g.Server()
			setUp(s)
			chat, err := chatOptions()
			if err != nil {
				return err
			}
			s.Plugin(gfws.New(chat...))
			s.Run()
			return nil
		},
	}
}
