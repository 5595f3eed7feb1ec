package gfws_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// A message to the endpoint joins the room that it names; a request to the HTTP
// API sends to a room.
func ExampleAuthorizeJoin() {
	s := g.Server("example-rooms")
	s.Plugin(gfws.New(
		gfws.Name("rooms"),
		gfws.Handle(ws.HandlerFuncs{
			Message: func(ctx context.Context, session *ws.Session, m ws.Message) error {
				if err := session.Join(string(m.Data)); err != nil {
					return session.Reply(ws.TextMessage(err.Error()))
				}
				return session.Reply(ws.TextMessage("joined"))
			},
		}),
		gfws.AuthorizeJoin(func(ctx context.Context, session *ws.Session, room string) error {
			if strings.HasPrefix(room, "staff") && session.User() == "" {
				return gerror.NewCode(gcode.CodeNotAuthorized, "log in first")
			}
			return nil
		}),
		gfws.Configure(func(c *gfws.Config) { c.Room.MaxSize = 500 }),
	))
	s.BindHandler("POST:/announce", func(r *ghttp.Request) {
		hub := gfws.InstanceOf(s, "rooms").Hub()
		queued, err := hub.Room("news").Send(ws.TextMessage(r.GetBodyString()))
		r.Response.WriteJson(g.Map{"queued": queued, "failed": err != nil})
	})

	err := serveExample(s, func(address string) error {
		ctx := context.Background()
		conn, err := client.Dial(ctx, "ws://"+address+"/rooms", client.Options{})
		if err != nil {
			return err
		}
		defer conn.CloseNow()
		for _, room := range []string{"staff", "news"} {
			if err = conn.Write(ctx, ws.TextMessage(room)); err != nil {
				return err
			}
			m, err := conn.Read(ctx)
			if err != nil {
				return err
			}
			fmt.Println(string(m.Data))
		}
		fmt.Println(g.Client().PostContent(ctx, "http://"+address+"/announce", "it is noon"))
		m, err := conn.Read(ctx)
		fmt.Println(string(m.Data))
		return err
	})
	fmt.Println(err)
	// Output:
	// room "staff" cannot be joined: log in first
	// joined
	// {"failed":false,"queued":1}
	// it is noon
	// <nil>
}
