package cmd

import (
	"errors"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
	v1order "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/controller/chat"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/controller/order"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
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
// for those who have logged in, as the configuration says. /asyncapi.json tells
// what can be called, and /asyncapi.html tells people.
func chatOptions() ([]gfws.Option, error) {
	router := jsonrpc.New()
	err := errors.Join(
		router.Bind(chat.NewV1()),
		router.Sends(v1.SaidMethod, v1.Said{}),
		router.Sends(v1.OrderMethod, v1order.Order{}),
	)
	if err != nil {
		return nil, gerror.Wrap(err, "chat")
	}
	described := gfws.AsyncAPI("/asyncapi.json", asyncapi.Info{Title: "Chat of the orders", Version: "1.0.0"})
	return []gfws.Option{gfws.Name("chat"), gfws.Path("/chat"), gfws.Handle(router), described}, nil
}
