package peers

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

func TestBadFrames(t *testing.T) {
	s := server.Start(t)
	text := func(payload string) wire.Frame { return wire.Frame{Opcode: wire.Text, Payload: []byte(payload)} }
	tests := []struct {
		name   string
		frames []wire.Frame
		code   uint16
	}{
		{"not masked", []wire.Frame{{Opcode: wire.Text, Payload: []byte("x"), Unmasked: true}}, 1002},
		{"not masked and empty", []wire.Frame{{Opcode: wire.Binary, Unmasked: true}}, 1002},
		{"RSV1 without an extension", []wire.Frame{{Opcode: wire.Text, Payload: []byte("x"), Reserved: 0x40}}, 1002},
		{"RSV2", []wire.Frame{{Opcode: wire.Text, Payload: []byte("x"), Reserved: 0x20}}, 1002},
		{"RSV3", []wire.Frame{{Opcode: wire.Text, Payload: []byte("x"), Reserved: 0x10}}, 1002},
		{"reserved data opcode 3", []wire.Frame{{Opcode: 0x3, Payload: []byte("x")}}, 1002},
		{"reserved data opcode 7", []wire.Frame{{Opcode: 0x7}}, 1002},
		{"reserved control opcode 11", []wire.Frame{{Opcode: 0xB}}, 1002},
		{"reserved control opcode 15", []wire.Frame{{Opcode: 0xF}}, 1002},
		{"ping in fragments", []wire.Frame{{Opcode: wire.Ping, More: true}}, 1002},
		{"ping of 126 bytes", []wire.Frame{{Opcode: wire.Ping, Payload: make([]byte, 126)}}, 1002},
		{"continuation of nothing", []wire.Frame{{Opcode: wire.Continuation, Payload: []byte("x")}}, 1002},
		{"continuation after the end", []wire.Frame{{Opcode: wire.Pong}, {Opcode: wire.Continuation}}, 1002},
		{"message inside another", []wire.Frame{{Opcode: wire.Text, Payload: []byte("a"), More: true}, text("b")}, 1002},
		{"length with the highest bit", []wire.Frame{{Opcode: wire.Binary, Length: 1 << 63}}, 1002},
		{"length that is not in its shortest form", []wire.Frame{{Opcode: wire.Text, Payload: []byte("x"), LongLength: true}}, 1002},
		{"length over the limit, announced only", []wire.Frame{{Opcode: wire.Binary, Length: 64<<10 + 1}}, 1009},
		{"length near 2^63, announced only", []wire.Frame{{Opcode: wire.Binary, Length: 1<<63 - 1}}, 1009},
		{"close of one byte", []wire.Frame{{Opcode: wire.Close, Payload: []byte{3}}}, 1002},
		{"close with a code never sent", []wire.Frame{wire.CloseFrame(1006, "")}, 1002},
		{"close with a code out of range", []wire.Frame{wire.CloseFrame(999, "")}, 1002},
		{"close with a reason that is no UTF-8", []wire.Frame{wire.CloseFrame(1000, "\xff")}, 1007},
		{"text that is no UTF-8", []wire.Frame{text("a\xffb")}, 1007},
		{"text with a surrogate", []wire.Frame{text("\xed\xa0\x80")}, 1007},
		{"text with an overlong slash", []wire.Frame{text("\xc0\xaf")}, 1007},
		{"text that ends inside a character", []wire.Frame{text("\xe4\xbd")}, 1007},
		{"text whose second fragment spoils a character", []wire.Frame{
			{Opcode: wire.Text, Payload: []byte("\xe4\xbd"), More: true}, {Opcode: wire.Continuation, Payload: []byte("x")}}, 1007},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := openRaw(t, s.WebSocketURL("/ws"), nil)
			peer.sendFrames(test.frames...)
			peer.wantClose(test.code)
		})
	}
	wantAlive(t, s)
}

func TestGoodFrames(t *testing.T) {
	s := server.Start(t)
	han := []byte("你好")
	tests := []struct {
		name   string
		frames []wire.Frame
		want   []wire.Frame
	}{
		{"empty text", []wire.Frame{{Opcode: wire.Text}}, []wire.Frame{{Opcode: wire.Text}}},
		{"empty binary", []wire.Frame{{Opcode: wire.Binary}}, []wire.Frame{{Opcode: wire.Binary}}},
		{"bytes of any kind", []wire.Frame{{Opcode: wire.Binary, Payload: []byte("\xff\x00\xc0")}}, []wire.Frame{{Opcode: wire.Binary, Payload: []byte("\xff\x00\xc0")}}},
		{"ping with data", []wire.Frame{{Opcode: wire.Ping, Payload: []byte("data")}}, []wire.Frame{{Opcode: wire.Pong, Payload: []byte("data")}}},
		{"ping of 125 bytes", []wire.Frame{{Opcode: wire.Ping, Payload: make([]byte, 125)}}, []wire.Frame{{Opcode: wire.Pong, Payload: make([]byte, 125)}}},
		{"pong nobody asked for", []wire.Frame{{Opcode: wire.Pong, Payload: []byte("x")}, {Opcode: wire.Text}}, []wire.Frame{{Opcode: wire.Text}}},
		{"a character over two fragments", []wire.Frame{
			{Opcode: wire.Text, Payload: han[:2], More: true}, {Opcode: wire.Continuation, Payload: han[2:]}},
			[]wire.Frame{{Opcode: wire.Text, Payload: han}}},
		{"ping between fragments", []wire.Frame{
			{Opcode: wire.Text, Payload: []byte("hello "), More: true},
			{Opcode: wire.Ping, Payload: []byte("now")},
			{Opcode: wire.Continuation, More: true},
			{Opcode: wire.Continuation, Payload: []byte("word")}},
			[]wire.Frame{{Opcode: wire.Pong, Payload: []byte("now")}, {Opcode: wire.Text, Payload: []byte("hello word")}}},
		{"close with a code of the application", []wire.Frame{wire.CloseFrame(4321, "done")}, []wire.Frame{wire.CloseFrame(4321, "")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := openRaw(t, s.WebSocketURL("/ws"), nil)
			peer.sendFrames(test.frames...)
			for _, want := range test.want {
				peer.wantFrame(want.Opcode, want.Payload)
			}
		})
	}
}

// TestFrameByteByByte sends a handshake and a message one byte a packet.
func TestFrameByteByByte(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	for _, b := range (wire.Frame{Opcode: wire.Text, Payload: []byte("hello word")}).Bytes() {
		peer.send([]byte{b})
	}
	peer.wantFrame(wire.Text, []byte("hello word"))
}

// TestCloseWithoutACode is answered with none either: 1005 is never sent.
func TestCloseWithoutACode(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Close})
	peer.wantFrame(wire.Close, nil)
	peer.wantEnd()
}

// TestFragments counts the frames of one message: as many as there may be, and one more.
func TestFragments(t *testing.T) {
	const limit = 1024
	s := server.Start(t)
	message := []wire.Frame{{Opcode: wire.Text, More: true}}
	for range limit - 2 {
		message = append(message, wire.Frame{Opcode: wire.Continuation, Payload: []byte("x"), More: true})
	}
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(append(message, wire.Frame{Opcode: wire.Continuation})...)
	peer.wantFrame(wire.Text, bytes.Repeat([]byte("x"), limit-2))

	peer.sendFrames(append(message, wire.Frame{Opcode: wire.Continuation, More: true}, wire.Frame{Opcode: wire.Continuation})...)
	if reason := peer.wantClose(1009); !strings.Contains(reason, "1024") {
		t.Errorf("the reason %q does not say the limit", reason)
	}
}

func TestSizes(t *testing.T) {
	const limit = 64 << 10
	s := server.Start(t)
	whole := bytes.Repeat([]byte("x"), limit)
	tests := []struct {
		name   string
		frames []wire.Frame
		fits   bool
	}{
		{"text at the limit", []wire.Frame{{Opcode: wire.Text, Payload: whole}}, true},
		{"binary at the limit", []wire.Frame{{Opcode: wire.Binary, Payload: whole}}, true},
		{"fragments that reach the limit", []wire.Frame{
			{Opcode: wire.Text, Payload: whole[:1], More: true}, {Opcode: wire.Continuation, Payload: whole[1:]}}, true},
		{"one byte over", []wire.Frame{{Opcode: wire.Text, Payload: append(whole, 'x')}}, false},
		{"fragments one byte over", []wire.Frame{
			{Opcode: wire.Text, Payload: whole, More: true}, {Opcode: wire.Continuation, Payload: []byte("x")}}, false},
		{"one byte over, of which more is claimed", []wire.Frame{{Opcode: wire.Binary, Payload: append(whole, 'x'), Length: 1 << 40}}, false},
		{"one byte over, of a length near 2^63", []wire.Frame{{Opcode: wire.Binary, Payload: append(whole, 'x'), Length: 1<<63 - 1}}, false},
		{"fragments whose lengths add up beyond 2^63", []wire.Frame{
			{Opcode: wire.Binary, Payload: []byte("x"), More: true},
			{Opcode: wire.Continuation, Payload: whole, Length: 1<<63 - 1}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := openRaw(t, s.WebSocketURL("/ws"), nil)
			peer.sendFrames(test.frames...)
			if test.fits {
				peer.wantFrame(test.frames[0].Opcode, whole)
				return
			}
			if reason := peer.wantClose(1009); !strings.Contains(reason, "65536") {
				t.Errorf("the reason %q does not say the limit", reason)
			}
		})
	}
	wantAlive(t, s)
}

// wantAlive fails unless the server still echoes.
func wantAlive(t *testing.T, s *server.Server) {
	t.Helper()
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("still there?")})
	peer.wantFrame(wire.Text, []byte("still there?"))
}
