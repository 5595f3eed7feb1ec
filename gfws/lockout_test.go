package gfws_test

import (
	"net/http"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestForeignPageLocksNobodyOut has a page of somebody else's connect from the
// user's browser, and so from the user's address, as often as it likes.
func TestForeignPageLocksNobodyOut(t *testing.T) {
	h := startHost(t, gfws.New(connections(gfws.ConnectionsConfig{IP: 1, Handshakes: 1})))
	for range 20 {
		_, res, body := h.tryDial("/ws", "Origin", "https://evil.example")
		expectRefusal(t, res, body, http.StatusForbidden, gcode.CodeSecurityReason, "origin")
	}
	h.dial("/ws").echo(websocket.TextMessage, "it is my address")
}

// TestPanicsTakeNoPlace has the application's own code panic about handshakes,
// for which the server answers 500 and goes on.
func TestPanicsTakeNoPlace(t *testing.T) {
	panics := func(r *ghttp.Request) bool { return r.Header.Get("X-Panic") != "" }
	tests := []struct {
		name   string
		option gfws.Option
	}{
		{"CheckRequest", gfws.CheckRequest(func(r *ghttp.Request) error {
			if panics(r) {
				panic("what a request")
			}
			return nil
		})},
		{"Authenticate", gfws.Authenticate(func(r *ghttp.Request) (ws.Identity, error) {
			if panics(r) {
				panic("what credentials")
			}
			return ws.Identity{User: "42"}, nil
		})},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plugin := gfws.New(test.option, connections(gfws.ConnectionsConfig{IP: 2, User: 2}))
			h := startHost(t, plugin)
			for range 5 {
				_, res, _ := h.tryDial("/ws", "X-Panic", "yes")
				if res == nil || res.StatusCode != http.StatusInternalServerError {
					t.Fatalf("answered with %v", res)
				}
			}
			if n := plugin.Stats().Connections; n != 0 {
				t.Errorf("%d places are taken by nobody", n)
			}
			h.dial("/ws").echo(websocket.TextMessage, "there is room")
		})
	}
}
