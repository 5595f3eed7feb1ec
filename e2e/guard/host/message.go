package main

import (
	"context"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// whoami answers each message with whom its session belongs to.
func whoami() ws.Handler {
	return ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
		return s.Reply(ws.TextMessage("user " + s.User()))
	}}
}

func guestsOnlyWrite(_ context.Context, identity ws.Identity, action string) error {
	if identity.User == "guest" && action == "binary" {
		return gerror.New("guests send text")
	}
	return nil
}

func listenersOnlyListen(_ context.Context, identity ws.Identity, action string) error {
	if identity.User == "guest" && action == "room.say" {
		return gerror.NewCode(gcode.CodeNotAuthorized, "guests listen")
	}
	return nil
}

func noStaffRoom(_ context.Context, s *ws.Session, room string) error {
	if room == "staff" && s.User() == "guest" {
		return gerror.New("for the staff")
	}
	return nil
}

// checkRequest answers as the header asks.
func checkRequest(r *ghttp.Request) error {
	switch r.Header.Get("X-Check") {
	case "login":
		return gerror.NewCode(gcode.CodeNotAuthorized, "log in")
	case "parameter":
		return gerror.NewCode(gcode.CodeInvalidParameter, "a bad parameter")
	case "nowhere":
		return gerror.NewCode(gcode.CodeNotFound, "no such room")
	case "busy":
		return gerror.NewCode(gcode.CodeServerBusy, "come later")
	case "no":
		return gerror.New("not today")
	default:
		return nil
	}
}

// order is the form of a message.
type order struct {
	Room  string `json:"room"  v:"required"`
	Count int    `json:"count" v:"between:1,9"`
}

func checkOrder(_ context.Context, _ *ws.Session, m ws.Message) error {
	if strings.Contains(string(m.Data), "cellar") {
		return gerror.New("the cellar is closed")
	}
	if strings.Contains(string(m.Data), "roof") {
		return &ws.CloseError{Code: 4010, Reason: "come down"}
	}
	return nil
}
