package gfws_test

import (
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// TestOneLine holds what the README promises: one line, and an echo is there.
func TestOneLine(t *testing.T) {
	h := startHost(t, gfws.New())
	for _, path := range []string{"/ws", "/wss"} {
		p := h.dial(path)
		for _, data := range []string{"", "hello word", "\U0001f44b 世界", strings.Repeat("x", 64<<10)} {
			p.echo(websocket.TextMessage, data)
			p.echo(websocket.BinaryMessage, data)
		}
		p.echo(websocket.BinaryMessage, "\x00\xff\xfe")
		p.closeWith(websocket.CloseNormalClosure, "")
	}
}
