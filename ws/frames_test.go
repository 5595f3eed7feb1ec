package ws_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// TestEchoOfFrames drives whole messages through, in the pieces that RFC 6455
// section 5 allows.
func TestEchoOfFrames(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	large := strings.Repeat("x", ws.DefaultMaxMessage)
	tests := []struct {
		name   string
		frames []frame
		want   []frame
	}{
		{"text", []frame{{fin: true, opcode: opText, payload: "hello"}}, []frame{{fin: true, opcode: opText, payload: "hello"}}},
		{"binary", []frame{{fin: true, opcode: opBinary, payload: "\x00\xff"}}, []frame{{fin: true, opcode: opBinary, payload: "\x00\xff"}}},
		{"empty text", []frame{{fin: true, opcode: opText}}, []frame{{fin: true, opcode: opText}}},
		{"empty binary", []frame{{fin: true, opcode: opBinary}}, []frame{{fin: true, opcode: opBinary}}},
		{"at the limit", []frame{{fin: true, opcode: opText, payload: large}}, []frame{{fin: true, opcode: opText, payload: large}}},
		{"two in one write", []frame{
			{fin: true, opcode: opText, payload: "one"}, {fin: true, opcode: opBinary, payload: "two"},
		}, []frame{
			{fin: true, opcode: opText, payload: "one"}, {fin: true, opcode: opBinary, payload: "two"},
		}},
		{"fragments", []frame{
			{opcode: opText, payload: "a"}, {opcode: opContinuation, payload: "b"}, {fin: true, opcode: opContinuation, payload: "c"},
		}, []frame{{fin: true, opcode: opText, payload: "abc"}}},
		{"empty fragments", []frame{
			{opcode: opText}, {opcode: opContinuation}, {fin: true, opcode: opContinuation},
		}, []frame{{fin: true, opcode: opText}}},
		{"rune across fragments", []frame{
			{opcode: opText, payload: "\xe4\xb8"}, {fin: true, opcode: opContinuation, payload: "\x96"},
		}, []frame{{fin: true, opcode: opText, payload: "世"}}},
		{"ping between fragments", []frame{
			{opcode: opText, payload: "a"}, {fin: true, opcode: opPing, payload: "p"}, {fin: true, opcode: opContinuation, payload: "b"},
		}, []frame{
			{fin: true, opcode: opPong, payload: "p"}, {fin: true, opcode: opText, payload: "ab"},
		}},
		{"pings", []frame{
			{fin: true, opcode: opPing}, {fin: true, opcode: opPing, payload: strings.Repeat("p", 125)},
		}, []frame{
			{fin: true, opcode: opPong}, {fin: true, opcode: opPong, payload: strings.Repeat("p", 125)},
		}},
		{"pong that nobody asked for", []frame{
			{fin: true, opcode: opPong, payload: "x"}, {fin: true, opcode: opText, payload: "still here"},
		}, []frame{{fin: true, opcode: opText, payload: "still here"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := s.connect(t)
			p.sendFrames(tt.frames...)
			for _, want := range tt.want {
				p.expect(want)
			}
		})
	}
}

// TestBrokenFrames sends what RFC 6455 forbids, and expects the code of the
// close frame.
func TestBrokenFrames(t *testing.T) {
	s := serve(t, ws.Config{MaxMessage: 1000, MaxFragments: 5}, echo)
	tests := []struct {
		name string
		send []byte
		code ws.Code
	}{
		{"not masked", frame{fin: true, opcode: opText, bare: true, payload: "x"}.bytes(), ws.CodeProtocolError},
		{"RSV1", frame{fin: true, rsv: 4, opcode: opText, payload: "x"}.bytes(), ws.CodeProtocolError},
		{"RSV2", frame{fin: true, rsv: 2, opcode: opText, payload: "x"}.bytes(), ws.CodeProtocolError},
		{"RSV3", frame{fin: true, rsv: 1, opcode: opText, payload: "x"}.bytes(), ws.CodeProtocolError},
		{"opcode 3", frame{fin: true, opcode: 3}.bytes(), ws.CodeProtocolError},
		{"opcode 7", frame{fin: true, opcode: 7}.bytes(), ws.CodeProtocolError},
		{"opcode 11", frame{fin: true, opcode: 11}.bytes(), ws.CodeProtocolError},
		{"opcode 15", frame{fin: true, opcode: 15}.bytes(), ws.CodeProtocolError},
		{"ping in fragments", frame{opcode: opPing}.bytes(), ws.CodeProtocolError},
		{"ping of 126 bytes", frame{fin: true, opcode: opPing, payload: strings.Repeat("p", 126)}.bytes(), ws.CodeProtocolError},
		{"continuation of nothing", frame{fin: true, opcode: opContinuation, payload: "x"}.bytes(), ws.CodeProtocolError},
		{"new message inside another", append(frame{opcode: opText}.bytes(), frame{fin: true, opcode: opText}.bytes()...), ws.CodeProtocolError},
		{"close frame of one byte", frame{fin: true, opcode: opClose, payload: "\x03"}.bytes(), ws.CodeProtocolError},
		{"close frame with 1005", frame{fin: true, opcode: opClose, payload: closePayload(1005, "")}.bytes(), ws.CodeProtocolError},
		{"close frame with 999", frame{fin: true, opcode: opClose, payload: closePayload(999, "")}.bytes(), ws.CodeProtocolError},
		{"close reason that is not UTF-8", frame{fin: true, opcode: opClose, payload: closePayload(1000, "\xff")}.bytes(), ws.CodeInvalidData},
		{"text that is not UTF-8", frame{fin: true, opcode: opText, payload: "a\xff"}.bytes(), ws.CodeInvalidData},
		{"text that ends inside a rune", frame{fin: true, opcode: opText, payload: "a\xe4\xb8"}.bytes(), ws.CodeInvalidData},
		{"bad text in an open message", frame{opcode: opText, payload: "a\xc0\xaf"}.bytes(), ws.CodeInvalidData},
		{"one byte over the limit", frame{fin: true, opcode: opBinary, payload: strings.Repeat("x", 1001)}.bytes(), ws.CodeMessageTooBig},
		{"over the limit in fragments", append(
			frame{opcode: opBinary, payload: strings.Repeat("x", 600)}.bytes(),
			frame{opcode: opContinuation, payload: strings.Repeat("x", 600)}.bytes()...), ws.CodeMessageTooBig},
		{"length near 2^63", []byte{0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4}, ws.CodeMessageTooBig},
		{"length with the highest bit", []byte{0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4}, ws.CodeProtocolError},
		{"short length in 16 bits", []byte{0x82, 0xfe, 0, 125, 1, 2, 3, 4}, ws.CodeProtocolError},
		{"short length in 64 bits", []byte{0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4}, ws.CodeProtocolError},
		{"too many fragments", append(
			frame{opcode: opText}.bytes(),
			bytes.Repeat(frame{opcode: opContinuation}.bytes(), 5)...), ws.CodeMessageTooBig},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := s.connect(t)
			p.send(tt.send)
			f := p.read()
			if f.opcode != opClose {
				t.Fatalf("got frame %+v, want a close", f)
			}
			reason := p.checkClose(f, tt.code)
			if tt.code == ws.CodeMessageTooBig && !strings.Contains(reason, "1000") && !strings.Contains(reason, "5 fragments") {
				t.Errorf("reason %q does not name the limit", reason)
			}
			_ = p.conn.Close()
			if got := waitFor(t, "OnClose", s.closed); got.Code != tt.code || got.By != ws.ByServer {
				t.Errorf("OnClose got %s, want %d by the server", got, tt.code)
			}
		})
	}
}

// TestBadTextFailsBeforeTheFrameIsWhole sends the first bytes of a long frame
// only: the bad one must be noticed although the rest never comes.
func TestBadTextFailsBeforeTheFrameIsWhole(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	whole := frame{fin: true, opcode: opText, payload: "good \xc3\x28 bad" + strings.Repeat("x", 5000)}.bytes()
	p.send(whole[:40])
	p.expectClose(ws.CodeInvalidData)
}

// TestTooBigClosesWithoutReset floods the server far over the limit: the close
// frame must arrive although the flood is not read to its end.
func TestTooBigClosesWithoutReset(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	p.send(frame{fin: true, opcode: opBinary, payload: strings.Repeat("x", 4<<20)}.bytes())
	if reason := p.expectClose(ws.CodeMessageTooBig); !strings.Contains(reason, "65536") {
		t.Errorf("reason %q does not name the limit", reason)
	}
}
