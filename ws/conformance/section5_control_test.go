package conformance_test

import (
	"fmt"
	"strings"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// controlFrames covers section 5.5: at most 125 bytes, not fragmented; a ping is
// answered by a pong with its data (5.5.2), an unsolicited pong by nothing
// (5.5.3).
func controlFrames() []exchange {
	allBytes := make([]byte, 0, 256)
	for i := range 256 {
		allBytes = append(allBytes, byte(i))
	}
	low, high := string(allBytes[:125]), string(allBytes[131:])
	cases := []exchange{
		{"ping of bytes that are no text", "", script(send(ping(low)), want(pong(low)), send(ping(high)), want(pong(high)), lives)},
		{"pong that nobody asked for", "", script(send(pong("surprise")), lives)},
		{"empty pong that nobody asked for", "", script(send(pong("")), lives)},
		{"ping, then text", "", script(send(ping("p")), want(pong("p")), send(text("t")), want(text("t")))},
		{"ten pings at once", server, script(
			send(ping("0"), ping("1"), ping("2"), ping("3"), ping("4"), ping("5"), ping("6"), ping("7"), ping("8"), ping("9")),
			want(pong("0"), pong("1"), pong("2"), pong("3"), pong("4"), pong("5"), pong("6"), pong("7"), pong("8"), pong("9")), lives)},
		{"ping in single bytes", "", script(sendBytewise(ping("bytes")), want(pong("bytes")), lives)},
		{"largest ping in single bytes", "", script(sendBytewise(ping(low)), want(pong(low)), lives)},
		{"texts and pings in turn", server, script(
			send(text("a"), ping("1"), bin("b"), ping("2"), text("c")), want(text("a"), pong("1"), bin("b"), pong("2"), text("c")), lives)},
	}
	for _, n := range []int{0, 1, 2, 64, 124, 125} {
		payload := strings.Repeat("p", n)
		cases = append(cases,
			exchange{fmt.Sprintf("ping of %d bytes", n), "", script(send(ping(payload)), want(pong(payload)), lives)},
			exchange{fmt.Sprintf("pong of %d bytes", n), "", script(send(pong(payload)), lives)})
	}
	kinds := []struct {
		name   string
		opcode byte
	}{{"ping", rawframe.Ping}, {"pong", rawframe.Pong}, {"close", rawframe.Close}}
	for _, k := range kinds {
		for _, n := range []int{126, 127, 1000, 65536} {
			f := frame{Opcode: k.opcode, Payload: rawframe.CloseBody(1000, strings.Repeat("x", n-2))}
			cases = append(cases, exchange{fmt.Sprintf("%s of %d bytes", k.name, n), "", script(send(f), fails(ws.CodeProtocolError))})
		}
		huge := frame{Opcode: k.opcode, Announce: 1<<63 - 1}
		open := frame{Opcode: k.opcode, More: true}
		cases = append(cases,
			exchange{k.name + " of 2^63-1 bytes", "", script(send(huge), fails(ws.CodeProtocolError))},
			exchange{k.name + " with FIN not set", "", script(send(open), fails(ws.CodeProtocolError))})
	}
	return cases
}

// dataFrames covers section 5.6: text is UTF-8, binary is any bytes.
func dataFrames() []exchange {
	var cases []exchange
	for _, t := range []struct{ name, payload string }{
		{"letters", "hello"}, {"nothing", ""}, {"NUL", "\x00"}, {"two and three bytes", "grün 世界"}, {"four bytes", "𝔊😀"},
		{"line ends", "a\r\nb\n"}, {"JSON", `{"a":[1,2]}`}, {"looks like a frame", "\x01\x02\x08"}, {"controls", "\x1b[0m\x07"},
	} {
		cases = append(cases,
			exchange{"text of " + t.name, "", script(send(text(t.payload)), want(text(t.payload)), lives)},
			exchange{"binary of " + t.name, "", script(send(bin(t.payload)), want(bin(t.payload)), lives)})
	}
	for _, t := range []struct{ name, payload string }{
		{"no UTF-8", "\xff\xfe\xc0\x80"}, {"a cut rune", "\xe4\xb8"}, {"a surrogate", "\xed\xa0\x80"}, {"frames", "\x81\x85\x88\x80\x89"}, {"a close body", "\x03\xe8bye"},
	} {
		cases = append(cases, exchange{"binary of " + t.name, "", script(send(bin(t.payload)), want(bin(t.payload)), lives)})
	}
	return cases
}

// examples are the frames of section 5.7, byte by byte.
func examples() []exchange {
	k256, k64 := strings.Repeat("\x01\x02\x03\x04", 64), strings.Repeat("\xfe", 65536)
	return []exchange{
		{"text not masked", client, script(sendRaw("\x81\x05\x48\x65\x6c\x6c\x6f"), want(text("Hello")))},
		{"text masked", server, script(sendRaw("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), want(text("Hello")))},
		{"text in fragments", client, script(sendRaw("\x01\x03\x48\x65\x6c"+"\x80\x02\x6c\x6f"), want(text("Hello")))},
		{"text in masked fragments", server, script(
			sendRaw("\x01\x83\x37\xfa\x21\x3d\x7f\x9f\x4d"+"\x80\x82\x37\xfa\x21\x3d\x5b\x95"), want(text("Hello")))},
		{"ping not masked", client, script(sendRaw("\x89\x05\x48\x65\x6c\x6c\x6f"), want(pong("Hello")))},
		{"ping masked", server, script(sendRaw("\x89\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), want(pong("Hello")))},
		{"pong masked", server, script(sendRaw("\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), lives)},
		{"256 bytes of binary", client, script(sendRaw("\x82\x7e\x01\x00"+k256), want(bin(k256)))},
		{"64 KiB of binary", client, script(sendRaw("\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00"+k64), wantMessage(rawframe.Binary, k64))},
		{"256 bytes of binary masked", server, script(sendRaw("\x82\xfe\x01\x00\x00\x00\x00\x00"+k256), want(bin(k256)))},
		{"64 KiB of binary masked", server, script(sendRaw("\x82\xff\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"+k64), wantMessage(rawframe.Binary, k64))},
	}
}
