package conformance_test

import (
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// masking covers sections 5.1 and 5.3: a client masks all its frames and a
// server none, and whoever gets it otherwise fails the connection. The RFC
// allows 1002 for it, and nothing fits better.
func masking() []exchange {
	cases := []exchange{
		{"key of zeros", server, script(sendRaw("\x81\x85\x00\x00\x00\x00Hello"), want(text("Hello")), lives)},
		{"key of ones", server, script(sendRaw("\x82\x82\xff\xff\xff\xff\x00\x0f"), want(bin("\xff\xf0")), lives)},
		{"mask without a payload", server, script(sendRaw("\x81\x80\x01\x02\x03\x04"), want(text("")), lives)},
		{"each fragment with a key of its own", server, script(
			sendRaw("\x01\x82\x01\x02\x03\x04"+"\x60\x60"+"\x80\x82\x10\x20\x30\x40"+"\x73\x44"), want(text("abcd")), lives)},
		{"keys that cannot be foreseen", client, script(freshKeys)},
		{"second frame not masked", server, script(
			send(text("one")), want(text("one")), sendRaw("\x81\x03two"), fails(ws.CodeProtocolError))},
		{"second fragment not masked", server, script(send(part("a")), sendRaw("\x80\x01b"), fails(ws.CodeProtocolError))},
		{"second frame masked", client, script(
			send(text("one")), want(text("one")), sendRaw("\x81\x81\x00\x00\x00\x00x"), fails(ws.CodeProtocolError))},
		{"second fragment masked", client, script(send(part("a")), sendRaw("\x80\x81\x00\x00\x00\x00b"), fails(ws.CodeProtocolError))},
	}
	kinds := []struct {
		name  string
		frame frame
	}{
		{"text", text("x")}, {"empty text", text("")}, {"binary", bin("x")}, {"fragment", part("x")}, {"ping", ping("x")}, {"pong", pong("")},
		{"close", closes(1000, "")}, {"empty close", closing("")}, {"long text", text(string(make([]byte, 70)) + string(make([]byte, 70)))},
	}
	for _, k := range kinds {
		bare, masked := k.frame, k.frame
		masked.Masked = true
		cases = append(cases,
			exchange{k.name + " not masked", server, script(sendRaw(string(bare.Bytes())), fails(ws.CodeProtocolError))},
			exchange{k.name + " masked", client, script(sendRaw(string(masked.Bytes())), fails(ws.CodeProtocolError))})
	}
	return cases
}

// freshKeys compares the keys of many frames.
func freshKeys(p *peer) {
	p.t.Helper()
	seen := make(map[[4]byte]bool)
	for range 20 {
		send(text("same"))(p)
		f, err := p.next()
		if err != nil || f.Payload != "same" || f.Opcode != rawframe.Text {
			p.t.Fatalf("got %v %v", f, err)
		}
		seen[f.Key] = true
	}
	if len(seen) < 19 { // two equal ones of 2^32 are not impossible
		p.t.Errorf("20 frames had %d keys", len(seen))
	}
}
