package gfws_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// renewing gives its session, by the text of a message, an identity that ends.
func renewing() ws.Handler {
	return ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
		life, err := time.ParseDuration(string(m.Data))
		if err != nil {
			return err
		}
		s.SetIdentity(ws.Identity{User: "42", Expires: time.Now().Add(life)})
		return nil
	}}
}

// TestIdentityOfTheHostExpires holds that an identity which the host has found
// out in a way of its own ends as another does, also where nobody is asked.
func TestIdentityOfTheHostExpires(t *testing.T) {
	for name, node := range map[string]string{
		"nobody is asked": "websocket:\n  auth: {warning: 1h}\n",
		"tokens":          authNode("bearer", "required: false\n    warning: 1h"),
	} {
		t.Run(name, func(t *testing.T) {
			withConfiguration(t, node)
			h := startHost(t, gfws.New(gfws.Handle(renewing())))
			p := h.dial("/ws")
			p.send(websocket.TextMessage, "30m")
			if warning := p.expectJSON(); warning.Get("method").String() != "auth.expiring" {
				t.Errorf("warned with %s", warning.MustToJsonString())
			}
			p.send(websocket.TextMessage, "-1s")
			p.expectClose(int(ws.CodeUnauthorized), "has expired")
		})
	}
}
