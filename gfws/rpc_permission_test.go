package gfws_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// drawReq has a rule that a refused caller learns nothing of.
type drawReq struct {
	g.Meta `rpc:"vault.draw"`
	Sum    int `v:"min:1"`
}

// lookReq is a call for everybody.
type lookReq struct {
	g.Meta `rpc:"vault.look"`
}

// vault counts what reached it.
type vault struct{ drawn chan int }

// Draw is the call that needs a permission.
func (v vault) Draw(_ context.Context, req *drawReq) (*struct{}, error) {
	v.drawn <- req.Sum
	return &struct{}{}, nil
}

// Look is the call that needs none.
func (v vault) Look(context.Context, *lookReq) (*int, error) {
	drawn := len(v.drawn)
	return &drawn, nil
}

// tellerOnly permits vault.draw to the user 42.
func tellerOnly(_ context.Context, identity ws.Identity, action string) error {
	switch {
	case action == "vault.look", identity.User == "42":
		return nil
	case identity.User == "coded":
		return gerror.NewCode(gcode.CodeNotAuthorized, "not by day")
	case identity.User == "banned":
		return &ws.CloseError{Code: ws.CodeForbidden, Reason: "banned"}
	}
	return gerror.Newf("%s is for tellers", action)
}

// TestRefusedCallsAreAudited holds that each call of a router is asked for by its
// method, before any middleware and any rule, and that a refusal is audited.
func TestRefusedCallsAreAudited(t *testing.T) {
	withConfiguration(t, authNode("bearer", "required: false"))
	router := jsonrpc.New()
	box := vault{make(chan int, 100)}
	if err := router.Bind(box); err != nil {
		t.Fatal(err)
	}
	router.Use(func(ctx context.Context, r *jsonrpc.Request, next jsonrpc.Next) (any, error) {
		if r.Method() == "vault.draw" && r.Session().User() != "42" {
			t.Error("a middleware saw a call that was not permitted")
		}
		return next(ctx, r)
	})
	own := &logs{}
	plugin := gfws.New(gfws.Handle(router), gfws.AuthorizeMessage(tellerOnly), gfws.Logger(own.logger()))
	h := startHost(t, plugin)

	look := `{"jsonrpc":"2.0","id":1,"method":"vault.look"}`
	draw := `{"jsonrpc":"2.0","id":2,"method":"vault.draw","params":{"sum":0}}`
	note := `{"jsonrpc":"2.0","method":"vault.draw","params":{"sum":5}}`
	stranger := h.dial("/ws")
	expectAnswer(t, stranger, look, 0, "")
	expectAnswer(t, stranger, draw, gcode.CodeSecurityReason.Code(), "vault.draw is for tellers")
	stranger.send(websocket.TextMessage, note)
	expectAnswer(t, stranger, `[`+note+`,`+draw+`]`, gcode.CodeSecurityReason.Code(), "vault.draw is for tellers")
	expectAnswer(t, stranger, `{"jsonrpc":"2.0","id":1,"method":"vault.burn"}`, jsonrpc.CodeMethodNotFound, "Method not found")

	coded := h.dial("/ws", "Authorization", "Bearer "+signToken(t, "coded", time.Hour))
	expectAnswer(t, coded, draw, gcode.CodeNotAuthorized.Code(), "not by day")
	teller := h.dial("/ws", "Authorization", "Bearer "+signToken(t, "42", time.Hour))
	expectAnswer(t, teller, draw, gcode.CodeValidationFailed.Code(), "")
	teller.send(websocket.TextMessage, note)
	if sum := receive(t, "the call", box.drawn); sum != 5 || len(box.drawn) != 0 {
		t.Errorf("drew %d, and %d more", sum, len(box.drawn))
	}
	banned := h.dial("/ws", "Authorization", "Bearer "+signToken(t, "banned", time.Hour))
	banned.send(websocket.TextMessage, draw)
	banned.expectClose(int(ws.CodeForbidden), "banned")
	if log := own.String(); strings.Count(log, "action=rejected reason=forbidden code=4403") != 6 || !strings.Contains(log, `user="coded"`) {
		t.Errorf("the log is\n%s", log)
	}
}

// expectAnswer sends a call, and compares the error of the answer to it, code 0
// for none. An empty message is not compared.
func expectAnswer(t *testing.T, p *peer, call string, code int, message string) {
	t.Helper()
	p.send(websocket.TextMessage, call)
	_ = p.SetReadDeadline(time.Now().Add(patience))
	_, data, err := p.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	answer := gjson.New(strings.Trim(string(data), "[]"))
	if answer.Get("error.code").Int() != code || message != "" && answer.Get("error.message").String() != message {
		t.Errorf("%s is answered with %s, want %d %q", call, data, code, message)
	}
}
