package main

import (
	"context"
	"crypto/subtle"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// logIn begins the session of the user that the form names.
func logIn(r *ghttp.Request) {
	r.Session.MustSet("uid", r.GetForm("user").String())
}

// membersOnly is a middleware that lets in who has logged in.
func membersOnly(r *ghttp.Request) {
	if r.Session.MustGet("uid").IsEmpty() {
		r.Response.WriteStatusExit(http.StatusUnauthorized, "log in first")
	}
	r.Middleware.Next()
}

// owner returns whose a secret is, of those that the configuration has by that
// name; "" for nobody's.
func owner(ctx context.Context, name, shown string) string {
	found := ""
	for secret, user := range g.Cfg().MustGet(ctx, name).MapStrStr() {
		if subtle.ConstantTimeCompare([]byte(secret), []byte(shown)) == 1 {
			found = user
		}
	}
	return found
}

func byToken(ctx context.Context, token string) (ws.Identity, error) {
	user := owner(ctx, "tokens", token)
	if user == "" {
		return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "nobody has that token")
	}
	return ws.Identity{User: user}, nil
}

// byBadge is for people at a door. It says itself what is wrong, and that the
// reader is out of order.
func byBadge(r *ghttp.Request) (ws.Identity, error) {
	switch badge := r.Header.Get("X-Badge"); badge {
	case "broken":
		return ws.Identity{}, gerror.New("no text for others to read")
	case "busy":
		return ws.Identity{}, gerror.NewCode(gcode.CodeServerBusy, "the reader is out of order")
	default:
		return ws.Identity{User: badge}, nil
	}
}

func byDevice(r *ghttp.Request) (ws.Identity, error) {
	key := r.Header.Get("X-Device-Key")
	if key == "" {
		return ws.Identity{}, nil
	}
	device := owner(r.Context(), "devices", key)
	if device == "" {
		return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "no device has that key")
	}
	return ws.Identity{User: device}, nil
}

// gateway is a middleware that finds out who asks in a way of its own.
func gateway(r *ghttp.Request) {
	r.SetCtxVar("visitor", r.Header.Get("X-Gateway-User"))
	r.Middleware.Next()
}

func byGateway(r *ghttp.Request) ws.Identity {
	return ws.Identity{User: r.GetCtxVar("visitor").String()}
}

func byOperator(r *ghttp.Request) error {
	if owner(r.Context(), "operators", r.Header.Get("X-Operator")) == "" {
		return gerror.NewCode(gcode.CodeNotAuthorized, "operators only")
	}
	return nil
}

func notBanned(_ context.Context, identity ws.Identity, _ ws.Handshake) error {
	if identity.User == "banned" {
		return gerror.NewCode(gcode.New(77001, "", nil), "you are banned")
	}
	return nil
}
