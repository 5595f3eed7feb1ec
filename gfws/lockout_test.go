package gfws_test

import (
	"net/http"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
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
