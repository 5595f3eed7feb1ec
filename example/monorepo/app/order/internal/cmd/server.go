package cmd

import (
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/controller/chat"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/controller/order"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// setUp adds all that the app serves to s, but the chat.
func setUp(s *ghttp.Server) {
	s.SetSessionStorage(gsession.NewStorageMemory())
	s.Use(ghttp.MiddlewareHandlerResponse)
	s.Group("/", func(group *ghttp.RouterGroup) {
		group.Bind(order.NewV1())
	})
	// The echo of GoFrame's WebSocket chapter at /ws: one import, one line.
	s.Plugin(gfws.New())
	// A second endpoint, with a handler of this app.
	s.Plugin(gfws.New(gfws.Name("notify"), gfws.Path("/notify"), gfws.Handle(service.Notify())))
}

// chatOptions make the endpoint of the chat: a controller, called by JSON-RPC,
// for those who have logged in, as the configuration says.
func chatOptions() ([]gfws.Option, error) {
	router := jsonrpc.New()
	if err := router.Bind(chat.NewV1()); err != nil {
		return nil, gerror.Wrap(err, "chat")
	}
	return []gfws.Option{gfws.Name("chat"), gfws.Path("/chat"), gfws.Handle(router)}, nil
}
