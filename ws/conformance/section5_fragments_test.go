package conformance_test

import (
	"fmt"
	"strings"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// fragmentation covers section 5.4.
func fragmentation() []exchange {
	broken := func(name string, frames ...frame) exchange {
		return exchange{name, "", script(send(frames...), fails(ws.CodeProtocolError))}
	}
	echoed := func(name string, answer frame, frames ...frame) exchange {
		return exchange{name, "", script(send(frames...), wantMessage(answer.Opcode, answer.Payload), lives)}
	}
	binPart := frame{More: true, Opcode: rawframe.Binary, Payload: "\x00"}
	many := []frame{part("0")}
	for range maxFragments - 2 {
		many = append(many, more("x"))
	}
	cases := []exchange{
		echoed("two fragments", text("ab"), part("a"), last("b")),
		echoed("three fragments", text("abc"), part("a"), more("b"), last("c")),
		echoed("binary takes its type from the first", bin("\x00\xff"), binPart, last("\xff")),
		echoed("empty first", text("b"), part(""), last("b")),
		echoed("empty middle", text("ab"), part("a"), more(""), last("b")),
		echoed("empty last", text("a"), part("a"), last("")),
		echoed("all empty", text(""), part(""), more(""), more(""), last("")),
		echoed("as many as may be", text("0"+strings.Repeat("x", maxFragments-2)+"z"), append(append([]frame{}, many...), last("z"))...),
		echoed("as large as may be", bin("\x00"+strings.Repeat("y", limit-1)), binPart, more(strings.Repeat("y", limit/2)), last(strings.Repeat("y", limit/2-1))),
		{"one too many fragments", server, script(send(append(append([]frame{}, many...), more(""), more(""))...), fails(ws.CodeMessageTooBig))},
		{"one byte too large in fragments", "", script(
			send(binPart, more(strings.Repeat("y", limit/2)), last(strings.Repeat("y", limit/2))), fails(ws.CodeMessageTooBig))},
		broken("continuation of nothing", last("x")),
		broken("open continuation of nothing", more("x")),
		broken("empty continuation of nothing", last("")),
		broken("text inside a text", part("a"), text("b")),
		broken("open text inside a text", part("a"), part("b")),
		broken("binary inside a text", part("a"), bin("b")),
		broken("text inside a binary", binPart, text("b")),
		broken("empty text inside a text", part("a"), text("")),
		broken("text after a continuation", part("a"), more("b"), text("c")),
		broken("ping in two fragments", frame{More: true, Opcode: rawframe.Ping, Payload: "a"}, last("b")),
		broken("pong in two fragments", frame{More: true, Opcode: rawframe.Pong, Payload: "a"}, last("b")),
		broken("close in two fragments", frame{More: true, Opcode: rawframe.Close, Payload: "\x03\xe8"}, last("bye")),
		broken("empty close in fragments", frame{More: true, Opcode: rawframe.Close}),
		broken("ping in fragments inside a message", part("a"), frame{More: true, Opcode: rawframe.Ping}),
		{"continuation behind a whole message", "", script(send(text("a")), want(text("a")), send(last("b")), fails(ws.CodeProtocolError))},
		{"continuation behind the last fragment", "", script(
			send(part("a"), last("b")), want(text("ab")), send(last("c")), fails(ws.CodeProtocolError))},
		{"second message in fragments", "", script(
			send(part("a"), last("b")), want(text("ab")), send(binPart, last("c")), want(bin("\x00c")), lives)},
		{"message behind fragments", server, script(send(part("a"), last("b"), text("c")), want(text("ab"), text("c")), lives)},
	}
	return append(cases, interleaved()...)
}

// interleaved are control frames between the fragments of a message, which
// section 5.4 allows, and which are answered at once.
func interleaved() []exchange {
	cases := []exchange{
		{"ping between fragments", "", script(send(part("a"), ping("p")), want(pong("p")), send(last("b")), want(text("ab")), lives)},
		{"pong between fragments", "", script(send(part("a"), pong("p"), last("b")), want(text("ab")), lives)},
		{"ping behind each of many fragments", "", script(
			send(part("a"), ping("1")), want(pong("1")), send(more("b"), ping("2")), want(pong("2")),
			send(more("c"), ping("3")), want(pong("3")), send(last("d")), want(text("abcd")), lives)},
		{"ping inside a rune", "", script(send(part("\xe4"), ping("")), want(pong("")), send(more("\xb8"), last("\x96")), want(text("世")), lives)},
		{"several pings between two fragments", server, script(
			send(part("a"), ping("1"), ping("2"), ping("3"), last("b")), want(pong("1"), pong("2"), pong("3"), text("ab")), lives)},
		{"largest ping between fragments", "", script(
			send(part("a"), ping(strings.Repeat("p", 125))), want(pong(strings.Repeat("p", 125))), send(last("b")), want(text("ab")), lives)},
		{"close between fragments", "", script(send(part("a"), closes(1000, "")), want(closes(1000, "")), ends, tells(1000))},
		{"empty close between fragments", "", script(send(part("a"), closing("")), want(closing("")), ends, tells(1005))},
		{"end of the stream between fragments", "", script(send(part("a")), hangsUp, ends, tells(1006))},
		{"bad opcode between fragments", "", script(send(part("a"), frame{Opcode: 0xb}), fails(ws.CodeProtocolError), hangsUp, tells(1002))},
	}
	for _, n := range []int{1, 2, 5, 50} {
		frames := []frame{part("")}
		for i := range n {
			frames = append(frames, more(fmt.Sprint(i%10)), pong("keep"))
		}
		payload := strings.Repeat("0123456789", 5)[:n]
		cases = append(cases, exchange{fmt.Sprintf("%d fragments with a pong behind each", n), "", script(
			send(append(frames, last("."))...), want(text(payload+".")), lives)})
	}
	return cases
}
