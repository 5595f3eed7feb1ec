package conformance_test

import (
	"fmt"
	"strings"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// opcodes covers section 5.2: opcodes 3 to 7 and 11 to 15 are reserved.
func opcodes() []exchange {
	var cases []exchange
	for _, opcode := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		f := frame{Opcode: opcode}
		open, full := f, f
		open.More, full.Payload = true, "payload"
		cases = append(cases,
			exchange{fmt.Sprintf("%d", opcode), "", script(send(f), fails(ws.CodeProtocolError))},
			exchange{fmt.Sprintf("%d with FIN not set", opcode), "", script(send(open), fails(ws.CodeProtocolError))},
			exchange{fmt.Sprintf("%d with a payload", opcode), "", script(send(full), fails(ws.CodeProtocolError))},
			exchange{fmt.Sprintf("%d inside a message", opcode), "", script(send(part("a"), full), fails(ws.CodeProtocolError))},
			exchange{fmt.Sprintf("%d after a message", opcode), "", script(
				send(text("a"), full), wantMessageThenFail("a"))})
	}
	return cases
}

// wantMessageThenFail expects the answer to a good message before the failure:
// what came in order is handled in order. The client's answer races its own
// close, so there it may be missing.
func wantMessageThenFail(payload string) step {
	return func(p *peer) {
		p.t.Helper()
		if p.opposite == server {
			want(text(payload))(p)
			fails(ws.CodeProtocolError)(p)
			return
		}
		f, err := p.next()
		if err == nil && f.Opcode == rawframe.Text {
			f, err = p.next()
		}
		if err != nil || f.Opcode != rawframe.Close || f.Payload[:2] != rawframe.CloseBody(1002, "") {
			p.t.Fatalf("got %v %v, want a close frame with 1002", f, err)
		}
	}
}

// reservedBits covers section 5.2: RSV1 to RSV3 are zero while no extension
// gives them a meaning.
func reservedBits() []exchange {
	kinds := []struct {
		name   string
		before []frame
		frame  frame
	}{
		{"text", nil, text("x")},
		{"binary", nil, bin("x")},
		{"fragment", nil, part("x")},
		{"continuation", []frame{part("x")}, last("y")},
		{"close", nil, closes(1000, "")},
		{"ping", nil, ping("")},
		{"pong", nil, pong("")},
	}
	var cases []exchange
	for _, k := range kinds {
		for bits := byte(rawframe.RSV3); bits <= 0x70; bits += rawframe.RSV3 {
			f := k.frame
			f.RSV = bits
			frames := append(append([]frame{}, k.before...), f)
			cases = append(cases, exchange{fmt.Sprintf("%03b on a %s", bits>>4, k.name), "", script(send(frames...), fails(ws.CodeProtocolError))})
		}
	}
	return cases
}

// lengths covers section 5.2: a payload length in 7, 7+16 or 7+64 bits, the
// minimal number of them, the most significant of 64 bits zero.
func lengths() []exchange {
	var cases []exchange
	for _, n := range []int{0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 1023, 1024, 4095, 4096, 32767, 32768, 65534, 65535, limit} {
		payload := strings.Repeat("x", n)
		cases = append(cases,
			exchange{fmt.Sprintf("text of %d bytes", n), "", script(send(text(payload)), wantMessage(rawframe.Text, payload), lives)},
			exchange{fmt.Sprintf("binary of %d bytes", n), "", script(send(bin(payload)), wantMessage(rawframe.Binary, payload), lives)})
	}
	for _, n := range []int{0, 1, 125} {
		cases = append(cases, tooLong("16", rawframe.In16Bits, n)...)
	}
	for _, n := range []int{0, 1, 125, 126, 65535} {
		cases = append(cases, tooLong("64", rawframe.In64Bits, n)...)
	}
	for _, n := range []uint64{limit + 1, 1 << 31, 1 << 32, 1<<32 + 1, 1 << 48, 1 << 62, 1<<63 - 1} {
		cases = append(cases, announced(n, ws.CodeMessageTooBig)...)
	}
	for _, n := range []uint64{1 << 63, 1<<63 + 1, 1<<63 + 125, 3 << 62, 1<<64 - 1} {
		cases = append(cases, announced(n, ws.CodeProtocolError)...)
	}
	for _, f := range []frame{text("short"), text(strings.Repeat("m", 300)), text(strings.Repeat("l", 65536))} {
		cases = append(cases, exchange{fmt.Sprintf("header of %d bytes in single bytes", len(f.Payload)), "", script(
			headerBytewise(f), wantMessage(rawframe.Text, f.Payload), lives)})
	}
	return cases
}

// tooLong are frames whose length takes more bits than it needs.
func tooLong(bits string, length rawframe.Length, n int) []exchange {
	payload := strings.Repeat("x", n)
	var cases []exchange
	for _, k := range []struct {
		name   string
		frames []frame
	}{
		{"text", []frame{{Opcode: rawframe.Text, Payload: payload, Length: length}}},
		{"binary", []frame{{Opcode: rawframe.Binary, Payload: payload, Length: length}}},
		{"continuation", []frame{part(""), {Payload: payload, Length: length}}},
		{"ping", []frame{{Opcode: rawframe.Ping, Payload: payload, Length: length}}},
	} {
		name := fmt.Sprintf("%s of %d bytes in %s bits", k.name, n, bits)
		cases = append(cases, exchange{name, "", script(send(k.frames...), fails(ws.CodeProtocolError))})
	}
	return cases
}

// announced are frames that announce n bytes and send none: nobody may wait for
// them, and no sum may wrap around. Over the limit is 1009; that a length of
// more than 63 bits breaks the protocol comes first.
func announced(n uint64, code ws.Code) []exchange {
	return []exchange{
		{fmt.Sprintf("%#x bytes announced", n), "", script(
			send(frame{Opcode: rawframe.Binary, Announce: n}), fails(code))},
		{fmt.Sprintf("%#x bytes announced in a continuation", n), "", script(
			send(part("begun"), frame{Announce: n}), fails(code))},
	}
}

// headerBytewise sends the header in writes of one byte and the payload in one.
func headerBytewise(f frame) step {
	return func(p *peer) {
		all := p.encode([]frame{f})
		size := len(all) - len(f.Payload)
		for _, b := range all[:size] {
			p.write([]byte{b})
		}
		p.write(all[size:])
	}
}
