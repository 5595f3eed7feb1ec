// Command quickstart is the program of the README: a server with one endpoint.
package main

import (
	"context"
	"strings"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

func main() {
	s := g.Server()
	s.SetAddr("127.0.0.1:8000")
	s.Plugin(gfws.New(gfws.Handle(ws.HandlerFuncs{Message: shout})))
	s.Run()
}

// shout answers each message in capitals.
func shout(ctx context.Context, session *ws.Session, m ws.Message) error {
	return session.Reply(ws.TextMessage(strings.ToUpper(string(m.Data))))
}
