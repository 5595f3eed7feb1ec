// Command host is an application in GoFrame that lets gfws ask it who connects, and
// what they may say. Tests build it, run it as a process, and talk to it.
package main

import (
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gcmd"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/gfws"
)

func main() {
	s := g.Server()
	s.SetAddr(gcmd.GetOpt("address").String())
	s.SetDumpRouterMap(false)
	s.SetSessionStorage(gsession.NewStorageMemory())
	s.BindHandler("POST:/login", logIn)
	s.BindMiddleware("/desk/*", membersOnly)
	s.BindHandler("GET:/loop", loop)
	for _, plugin := range []*gfws.Plugin{
		gfws.New(gfws.Name("page"), gfws.Origins("https://app.example")),
		gfws.New(gfws.Name("member"), gfws.Authorize(notBanned), gfws.Handle(whoami())),
		gfws.New(gfws.Name("device"), gfws.Handle(whoami()),
			gfws.Authenticate(byBadge), gfws.Authenticate(byDevice), gfws.VerifyToken(byToken), gfws.Authorize(notBanned)),
		gfws.New(gfws.Name("token"), gfws.Handle(whoami()),
			gfws.VerifyToken(byToken), gfws.Authorize(notBanned), gfws.AuthorizeMessage(guestsOnlyWrite)),
		gfws.New(gfws.Name("known"), gfws.Handle(whoami()),
			gfws.Middleware(gateway), gfws.Recognize(byGateway), gfws.Authorize(notBanned)),
		gfws.New(gfws.Name("checked"), gfws.CheckRequest(checkRequest)),
		gfws.New(gfws.Name("strict"), gfws.ValidateMessage(order{}), gfws.CheckMessage(checkOrder)),
		gfws.New(gfws.Name("lenient"), gfws.ValidateMessage(order{}), gfws.CheckMessage(checkOrder)),
		gfws.New(gfws.Name("fields"), gfws.ValidateMessage(map[string]string{"room": "required|length:1,8"})),
		gfws.New(gfws.Name("short"), gfws.ValidateMessage("length:1,8")),
		gfws.New(gfws.Name("calls"), gfws.RoomService(), gfws.VerifyToken(byToken),
			gfws.AuthorizeMessage(listenersOnlyListen), gfws.AuthorizeJoin(noStaffRoom), gfws.Push("/push", byOperator)),
		fragile(),
		gfws.New(gfws.Name("loop"), gfws.Path(), gfws.VerifyToken(byToken), gfws.Authorize(notBanned)),
	} {
		s.Plugin(plugin)
	}
	s.Run()
}

// loop is a handler with a loop of its own.
func loop(r *ghttp.Request) {
	conn, err := gfws.Accept(r, "loop")
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	for {
		kind, _, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err = conn.WriteMessage(kind, []byte("user "+conn.Session().User())); err != nil {
			return
		}
	}
}
