package main

import (
	"context"
	"net/http"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// fragile is an endpoint each of whose functions panics where the client's name for
// itself, or a message, is the function's.
func fragile() *gfws.Plugin {
	return gfws.New(gfws.Name("fragile"),
		gfws.Middleware(func(r *ghttp.Request) {
			breakAt("Middleware", r.UserAgent())
			if r.UserAgent() == "nobody" {
				r.Response.WriteStatusExit(http.StatusTeapot)
			}
			r.Middleware.Next()
		}),
		gfws.VerifyToken(func(ctx context.Context, token string) (ws.Identity, error) {
			identity, err := byToken(ctx, token)
			breakAt("banned", identity.User)
			return identity, err
		}),
		gfws.Authenticate(func(r *ghttp.Request) (ws.Identity, error) {
			breakAt("Authenticate", r.UserAgent())
			return ws.Identity{}, nil
		}),
		gfws.Authorize(func(_ context.Context, _ ws.Identity, h ws.Handshake) error {
			breakAt("Authorize", h.UserAgent)
			return nil
		}),
		gfws.CheckRequest(func(r *ghttp.Request) error {
			breakAt("CheckRequest", r.UserAgent())
			return nil
		}),
		gfws.CheckMessage(func(_ context.Context, _ *ws.Session, m ws.Message) error {
			breakAt("CheckMessage", string(m.Data))
			return nil
		}),
		gfws.AuthorizeMessage(func(_ context.Context, identity ws.Identity, _ string) error {
			breakAt("guest", identity.User)
			return nil
		}),
		gfws.Handle(ws.HandlerFuncs{
			Open: func(_ context.Context, s *ws.Session) error {
				breakAt("OnOpen", s.Handshake().UserAgent)
				return nil
			},
			Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
				breakAt("OnMessage", string(m.Data))
				return s.Reply(m)
			},
			Close: func(_ context.Context, s *ws.Session, _ ws.Close) {
				breakAt("OnClose", s.Handshake().UserAgent)
			},
		}),
	)
}

func breakAt(place, named string) {
	if place == named {
		panic("broken on purpose at " + place)
	}
}
