// Package cmd is the command line of order.
package cmd

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/controller/order"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/gfws"
)

// Main returns the command that serves.
func Main() *gcmd.Command {
	return &gcmd.Command{
		Name:  "order",
		Brief: "serve the orders' API",
		Func: func(context.Context, *gcmd.Parser) error {
			s := g.Server()
			s.Use(ghttp.MiddlewareHandlerResponse)
			s.Group("/", func(group *ghttp.RouterGroup) {
				group.Bind(order.NewV1())
			})
			// The echo of GoFrame's WebSocket chapter at /ws: one import, one line.
			s.Plugin(gfws.New())
			// A second endpoint, with a handler of this app.
			s.Plugin(gfws.New(gfws.Name("notify"), gfws.Path("/notify"), gfws.Handle(service.Notify())))
			s.Run()
			return nil
		},
	}
}
