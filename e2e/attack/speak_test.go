package attack

import (
	"strings"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// speakFirst says things to a session that waits for its owner to authenticate.
func speakFirst(a *arena) {
	good := a.issue(nil)
	a.keep("a good token", good)
	call := authCall(good)
	tests := []struct {
		what  string
		frame wire.Frame
	}{
		{"a text", wire.TextFrame("hello")},
		{"bytes", wire.Frame{Opcode: wire.Binary, Payload: []byte("hello")}},
		{"an empty message", wire.TextFrame("")},
		{"another call", wire.TextFrame(`{"jsonrpc":"2.0","id":1,"method":"room.join","params":{"room":"auth"}}`)},
		{"the call as bytes", wire.Frame{Opcode: wire.Binary, Payload: []byte(call)}},
		{"the call in a list", wire.TextFrame("[" + call + "]")},
		{"the call twice", wire.TextFrame(call + call)},
		{"the call in other letters", wire.TextFrame(strings.Replace(call, `"auth"`, `"Auth"`, 1))},
		{"the call without a version", wire.TextFrame(strings.Replace(call, `"jsonrpc":"2.0",`, "", 1))},
		{"the call without a token", wire.TextFrame(`{"jsonrpc":"2.0","id":1,"method":"auth"}`)},
		{"a token that is a number", wire.TextFrame(`{"jsonrpc":"2.0","id":1,"method":"auth","params":{"token":1}}`)},
		{"a token that is empty", wire.TextFrame(authCall(""))},
		{"a token in a list", wire.TextFrame(`{"jsonrpc":"2.0","id":1,"method":"auth","params":["` + good + `"]}`)},
		{"half of the call", wire.TextFrame(call[:len(call)/2])},
	}
	for _, test := range tests {
		if conn, ok := a.openAs(); ok {
			_ = conn.Send(test.frame)
			a.closed(test.what, conn, 4401)
		}
	}
	a.becomeAnother(good)
}

// becomeAnother authenticates, and then as somebody else.
func (a *arena) becomeAnother(good string) {
	other := a.issue(map[string]any{"sub": "root"})
	a.keep("a token of another user", other)
	conn, ok := a.openAs(bearer(good))
	if !ok {
		return
	}
	_ = conn.Send(wire.TextFrame(authCall(other)))
	a.closed("another user's token in the same session", conn, 4403)
}

// stayMute opens sessions that neither authenticate nor go, some of which ping.
func stayMute(a *arena) {
	n := many(100, 2000)
	conns := make([]*wire.Conn, n)
	a.each(n, func(i int) {
		conn, ok := a.openAs()
		if ok && i%2 == 0 {
			_ = conn.Send(wire.Frame{Opcode: wire.Ping})
		}
		conns[i] = conn
	})
	for _, conn := range conns {
		if conn != nil {
			a.closed("a silent session", conn, 4401)
		}
	}
}
