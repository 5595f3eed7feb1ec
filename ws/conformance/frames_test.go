package conformance_test

import (
	"fmt"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// limit is the most bytes of a message under test, maxFragments the most frames.
const (
	limit        = 64 << 10
	maxFragments = 100
)

// The frames that cases are made of. "part" and "more" want a continuation.

func text(s string) frame    { return frame{Opcode: rawframe.Text, Payload: s} }
func bin(s string) frame     { return frame{Opcode: rawframe.Binary, Payload: s} }
func ping(s string) frame    { return frame{Opcode: rawframe.Ping, Payload: s} }
func pong(s string) frame    { return frame{Opcode: rawframe.Pong, Payload: s} }
func part(s string) frame    { return frame{More: true, Opcode: rawframe.Text, Payload: s} }
func more(s string) frame    { return frame{More: true, Opcode: rawframe.Continuation, Payload: s} }
func last(s string) frame    { return frame{Opcode: rawframe.Continuation, Payload: s} }
func closing(s string) frame { return frame{Opcode: rawframe.Close, Payload: s} }

func closes(code ws.Code, reason string) frame {
	return closing(rawframe.CloseBody(int(code), reason))
}

// tellClose is a message on which the host under test closes.
func tellClose(code ws.Code, reason string) frame {
	return text(fmt.Sprintf("%s%d %s", closeCommand, code, reason))
}

// closeCommand begins such a message. What the host answers when it must not
// send that code is refusal.
const (
	closeCommand = "!close "
	refusal      = "refused"
)

// script is a list of steps.
func script(steps ...step) []step { return steps }
