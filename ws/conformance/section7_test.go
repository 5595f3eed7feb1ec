package conformance_test

import (
	"fmt"
	"strings"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// closingHandshake covers sections 5.5.1, 7.1 and 7.2: who gets a close frame
// first answers with one, typically of the same code (the RFC's words; ours is
// always the same code, and no reason), and after that the connection ends, from
// the server's side where both are there.
func closingHandshake() []exchange {
	bye := closes(4000, "bye")
	cases := []exchange{
		{"peer closes", "", script(send(closes(1000, "done")), want(closes(1000, "")), ends, tells(1000))},
		{"peer closes without a code", "", script(send(closing("")), want(closing("")), ends, tells(1005))},
		{"peer closes behind a message", server, script(send(text("last"), closes(1001, "")), want(text("last"), closes(1001, "")), ends, tells(1001))},
		{"peer closes and hangs up", "", script(send(closes(1000, "")), hangsUp, want(closes(1000, "")), ends, tells(1000))},
		{"peer closes twice", "", script(send(closes(1000, ""), closes(1001, "")), want(closes(1000, "")), ends, tells(1000))},
		{"message behind the peer's close", "", script(send(closes(1000, ""), text("late")), want(closes(1000, "")), ends, tells(1000))},
		{"ping behind the peer's close", "", script(send(closes(1000, ""), ping("late")), want(closes(1000, "")), ends, tells(1000))},
		{"garbage behind the peer's close", "", script(send(closes(1000, ""), frame{Opcode: 3, RSV: 0x70}), want(closes(1000, "")), ends, tells(1000))},
		{"pongs before the peer's close", "", script(send(pong(""), pong("x"), closes(3000, "")), want(closes(3000, "")), ends, tells(3000))},
		{"peer closes in single bytes", "", script(sendBytewise(closes(3001, "slow")), want(closes(3001, "")), ends, tells(3001))},

		{"host closes", "", script(send(tellClose(4000, "bye")), want(bye), send(closes(4000, "")), ends, tells(4000))},
		{"host closes, peer answers with its own code", "", script(send(tellClose(4000, "bye")), want(bye), send(closes(1000, "")), ends, tells(4000))},
		{"host closes, peer answers without a code", "", script(send(tellClose(4000, "bye")), want(bye), send(closing("")), ends, tells(4000))},
		{"host closes without a reason", "", script(send(tellClose(1001, "")), want(closes(1001, "")), send(closes(1001, "")), ends, tells(1001))},
		{"both close at once", server, script(send(tellClose(4000, "bye"), closes(1000, "")), want(bye), ends, tells(4000))},
		{"host closes, peer still sends", "", script(
			send(tellClose(4000, "bye")), want(bye), send(text("late"), part("la"), last("te")), send(closes(1000, "")), ends, tells(4000))},
		{"host closes, peer sends a large message", server, script(
			send(tellClose(4000, "bye")), want(bye), send(bin(strings.Repeat("x", limit))), send(closes(1000, "")), ends, tells(4000))},
		{"host closes inside the peer's message", server, script(
			send(tellClose(4000, "bye")), want(bye), send(part("begun"), closes(1000, "")), ends, tells(4000))},
		// Section 5.5.2: a ping is answered unless a close frame was received.
		{"host closes, peer pings first", server, script(
			send(tellClose(4000, "bye")), want(bye), send(ping("?")), want(pong("?")), send(closes(1000, "")), ends, tells(4000))},
		{"host closes, peer hangs up", "", script(send(tellClose(4000, "bye")), want(bye), hangsUp, ends, tells(4000))},
		{"host closes, peer breaks the rules", server, script(
			send(tellClose(4000, "bye")), want(bye), send(frame{Opcode: 3}), ends, hangsUp, tells(4000))},
		{"host closes, peer's close breaks the rules", server, script(
			send(tellClose(4000, "bye")), want(bye), send(closes(1005, "")), ends, hangsUp, tells(4000))},
		{"host closes, peer's text is not UTF-8", server, script(
			send(tellClose(4000, "bye")), want(bye), send(text("\xff")), ends, hangsUp, tells(4000))},
		{"host closes twice", server, script(
			send(tellClose(4000, "bye"), tellClose(4001, "again")), want(bye), send(closes(4000, "")), ends, tells(4000))},

		{"peer hangs up", "", script(hangsUp, ends, tells(1006))},
		{"peer hangs up behind a message", server, script(send(text("last")), want(text("last")), hangsUp, ends, tells(1006))},
		{"peer hangs up in a header", "", script(sendRaw("\x81"), hangsUp, ends, tells(1006))},
		{"peer hangs up in a long header", server, script(sendRaw("\x81\xfe\x01"), hangsUp, ends, tells(1006))},
		{"peer hangs up in a long header", client, script(sendRaw("\x81\x7e\x01"), hangsUp, ends, tells(1006))},
		{"peer hangs up in a payload", "", script(send(frame{Opcode: rawframe.Text, Announce: 10, Payload: "five5"}), hangsUp, ends, tells(1006))},
		{"peer hangs up before a payload", "", script(send(frame{Opcode: rawframe.Binary, Announce: 10}), hangsUp, ends, tells(1006))},
		{"peer hangs up in a ping", "", script(send(frame{Opcode: rawframe.Ping, Announce: 10, Payload: "five5"}), hangsUp, ends, tells(1006))},
		{"peer hangs up in a close frame", "", script(send(frame{Opcode: rawframe.Close, Announce: 10, Payload: "\x03\xe8"}), hangsUp, ends, tells(1006))},
		{"peer hangs up inside a rune", "", script(send(frame{Opcode: rawframe.Text, Announce: 10, Payload: "\xe4\xb8"}), hangsUp, ends, tells(1006))},
		{"peer resets", "", script(send(text("x")), want(text("x")), resets, tells(1006))},
		{"peer resets in a payload", "", script(
			send(text("x")), want(text("x")), send(frame{Opcode: rawframe.Text, Announce: 10, Payload: "five5"}), resets, tells(1006))},
		{"host is told its own code after a failure", "", script(send(last("")), fails(ws.CodeProtocolError), hangsUp, tells(1002))},
	}
	return append(cases, sentCodes()...)
}

// sentCodes are the codes that a host closes with. 1005, 1006 and 1015 must
// never be sent (section 7.4.1); nor do we send what nobody has defined.
func sentCodes() []exchange {
	var cases []exchange
	for _, code := range []ws.Code{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1014, 3000, 3999, 4000, 4999} {
		cases = append(cases, exchange{fmt.Sprintf("host closes with %d", code), "", script(
			send(tellClose(code, "because")), want(closes(code, "because")), send(closes(code, "")), ends, tells(code))})
	}
	for _, code := range []ws.Code{-1, 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1999, 2000, 2999, 5000, 65535, 65536 + 1000} {
		cases = append(cases, exchange{fmt.Sprintf("host may not close with %d", code), "", script(
			send(tellClose(code, "")), want(text(refusal)), lives)})
	}
	for _, r := range []struct{ name, reason, sent string }{
		{"of 123 bytes", strings.Repeat("r", 123), strings.Repeat("r", 123)},
		{"of 124 bytes", strings.Repeat("r", 124), strings.Repeat("r", 123)},
		{"cut before a rune of 2 bytes", strings.Repeat("r", 122) + "ü", strings.Repeat("r", 122)},
		{"cut before a rune of 3 bytes", strings.Repeat("世", 42), strings.Repeat("世", 41)},
		{"cut before a rune of 4 bytes", "123" + strings.Repeat("😀", 31), "123" + strings.Repeat("😀", 30)},
		{"of 4 KiB", strings.Repeat("r", 4096), strings.Repeat("r", 123)},
	} {
		cases = append(cases, exchange{"host's reason " + r.name, "", script(
			send(tellClose(1000, r.reason)), want(closes(1000, r.sent)), send(closes(1000, "")), ends, tells(1000))})
	}
	return cases
}

// closeCodes covers section 7.4 for codes that are received. Those that the RFC
// and its registry give out for the wire and 3000 to 4999 are taken; 1005, 1006
// and 1015, and what nobody has defined, break the protocol. The RFC does not
// name a consequence for the latter; a peer that makes up codes is as wrong as
// one that makes up opcodes.
func closeCodes() []exchange {
	var cases []exchange
	for _, code := range []ws.Code{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001, 4999} {
		cases = append(cases, exchange{fmt.Sprintf("%d", code), "", script(send(closes(code, "")), want(closes(code, "")), ends, tells(code))})
	}
	for _, code := range []ws.Code{0, 1, 255, 256, 500, 999, 1004, 1005, 1006, 1015, 1016, 1017, 1100, 1999, 2000, 2001, 2500, 2999, 5000, 5001, 9999, 32768, 65535} {
		cases = append(cases,
			exchange{fmt.Sprintf("%d", code), "", script(send(closes(code, "")), fails(ws.CodeProtocolError), hangsUp, tells(1002))},
			exchange{fmt.Sprintf("%d with a reason", code), "", script(send(closes(code, "reason")), fails(ws.CodeProtocolError))})
	}
	for first := range 256 {
		if first%32 != 3 {
			continue
		}
		cases = append(cases, exchange{fmt.Sprintf("half a code, %#x", first), "", script(send(closing(string([]byte{byte(first)}))), fails(ws.CodeProtocolError))})
	}
	for _, n := range []int{1, 2, 60, 122, 123} {
		cases = append(cases, exchange{fmt.Sprintf("reason of %d bytes", n), "", script(
			send(closes(1000, strings.Repeat("r", n))), want(closes(1000, "")), ends, tells(1000))})
	}
	return cases
}
