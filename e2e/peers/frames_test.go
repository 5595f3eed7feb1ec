package peers

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

func TestBadFrames(t *testing.T) {
	s := server.Start(t)
	text := func(payload string) frame { return frame{opcode: opText, payload: []byte(payload)} }
	tests := []struct {
		name   string
		frames []frame
		code   uint16
	}{
		{"not masked", []frame{{opcode: opText, payload: []byte("x"), unmasked: true}}, 1002},
		{"not masked and empty", []frame{{opcode: opBinary, unmasked: true}}, 1002},
		{"RSV1 without an extension", []frame{{opcode: opText, payload: []byte("x"), reserved: 0x40}}, 1002},
		{"RSV2", []frame{{opcode: opText, payload: []byte("x"), reserved: 0x20}}, 1002},
		{"RSV3", []frame{{opcode: opText, payload: []byte("x"), reserved: 0x10}}, 1002},
		{"reserved data opcode 3", []frame{{opcode: 0x3, payload: []byte("x")}}, 1002},
		{"reserved data opcode 7", []frame{{opcode: 0x7}}, 1002},
		{"reserved control opcode 11", []frame{{opcode: 0xB}}, 1002},
		{"reserved control opcode 15", []frame{{opcode: 0xF}}, 1002},
		{"ping in fragments", []frame{{opcode: opPing, more: true}}, 1002},
		{"ping of 126 bytes", []frame{{opcode: opPing, payload: make([]byte, 126)}}, 1002},
		{"continuation of nothing", []frame{{opcode: opContinuation, payload: []byte("x")}}, 1002},
		{"continuation after the end", []frame{{opcode: opPong}, {opcode: opContinuation}}, 1002},
		{"message inside another", []frame{{opcode: opText, payload: []byte("a"), more: true}, text("b")}, 1002},
		{"length with the highest bit", []frame{{opcode: opBinary, length: 1 << 63}}, 1002},
		{"length that is not in its shortest form", []frame{{opcode: opText, payload: []byte("x"), longLength: true}}, 1002},
		{"length over the limit, announced only", []frame{{opcode: opBinary, length: 64<<10 + 1}}, 1009},
		{"length near 2^63, announced only", []frame{{opcode: opBinary, length: 1<<63 - 1}}, 1009},
		{"close of one byte", []frame{{opcode: opClose, payload: []byte{3}}}, 1002},
		{"close with a code never sent", []frame{closeFrame(1006, "")}, 1002},
		{"close with a code out of range", []frame{closeFrame(999, "")}, 1002},
		{"close with a reason that is no UTF-8", []frame{closeFrame(1000, "\xff")}, 1007},
		{"text that is no UTF-8", []frame{text("a\xffb")}, 1007},
		{"text with a surrogate", []frame{text("\xed\xa0\x80")}, 1007},
		{"text with an overlong slash", []frame{text("\xc0\xaf")}, 1007},
		{"text that ends inside a character", []frame{text("\xe4\xbd")}, 1007},
		{"text whose second fragment spoils a character", []frame{
			{opcode: opText, payload: []byte("\xe4\xbd"), more: true}, {opcode: opContinuation, payload: []byte("x")}}, 1007},
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
		frames []frame
		want   []frame
	}{
		{"empty text", []frame{{opcode: opText}}, []frame{{opcode: opText}}},
		{"empty binary", []frame{{opcode: opBinary}}, []frame{{opcode: opBinary}}},
		{"bytes of any kind", []frame{{opcode: opBinary, payload: []byte("\xff\x00\xc0")}}, []frame{{opcode: opBinary, payload: []byte("\xff\x00\xc0")}}},
		{"ping with data", []frame{{opcode: opPing, payload: []byte("data")}}, []frame{{opcode: opPong, payload: []byte("data")}}},
		{"ping of 125 bytes", []frame{{opcode: opPing, payload: make([]byte, 125)}}, []frame{{opcode: opPong, payload: make([]byte, 125)}}},
		{"pong nobody asked for", []frame{{opcode: opPong, payload: []byte("x")}, {opcode: opText}}, []frame{{opcode: opText}}},
		{"a character over two fragments", []frame{
			{opcode: opText, payload: han[:2], more: true}, {opcode: opContinuation, payload: han[2:]}},
			[]frame{{opcode: opText, payload: han}}},
		{"ping between fragments", []frame{
			{opcode: opText, payload: []byte("hello "), more: true},
			{opcode: opPing, payload: []byte("now")},
			{opcode: opContinuation, more: true},
			{opcode: opContinuation, payload: []byte("word")}},
			[]frame{{opcode: opPong, payload: []byte("now")}, {opcode: opText, payload: []byte("hello word")}}},
		{"close with a code of the application", []frame{closeFrame(4321, "done")}, []frame{closeFrame(4321, "")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := openRaw(t, s.WebSocketURL("/ws"), nil)
			peer.sendFrames(test.frames...)
			for _, want := range test.want {
				peer.wantFrame(want.opcode, want.payload)
			}
		})
	}
}

// TestFrameByteByByte sends a handshake and a message one byte a packet.
func TestFrameByteByByte(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	for _, b := range (frame{opcode: opText, payload: []byte("hello word")}).bytes() {
		peer.send([]byte{b})
	}
	peer.wantFrame(opText, []byte("hello word"))
}

// TestCloseWithoutACode is answered with none either: 1005 is never sent.
func TestCloseWithoutACode(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(frame{opcode: opClose})
	peer.wantFrame(opClose, nil)
	peer.wantEnd()
}

// TestFragments counts the frames of one message: as many as there may be, and one more.
func TestFragments(t *testing.T) {
	const limit = 1024
	s := server.Start(t)
	message := []frame{{opcode: opText, more: true}}
	for range limit - 2 {
		message = append(message, frame{opcode: opContinuation, payload: []byte("x"), more: true})
	}
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(append(message, frame{opcode: opContinuation})...)
	peer.wantFrame(opText, bytes.Repeat([]byte("x"), limit-2))

	peer.sendFrames(append(message, frame{opcode: opContinuation, more: true}, frame{opcode: opContinuation})...)
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
		frames []frame
		fits   bool
	}{
		{"text at the limit", []frame{{opcode: opText, payload: whole}}, true},
		{"binary at the limit", []frame{{opcode: opBinary, payload: whole}}, true},
		{"fragments that reach the limit", []frame{
			{opcode: opText, payload: whole[:1], more: true}, {opcode: opContinuation, payload: whole[1:]}}, true},
		{"one byte over", []frame{{opcode: opText, payload: append(whole, 'x')}}, false},
		{"fragments one byte over", []frame{
			{opcode: opText, payload: whole, more: true}, {opcode: opContinuation, payload: []byte("x")}}, false},
		{"one byte over, of which more is claimed", []frame{{opcode: opBinary, payload: append(whole, 'x'), length: 1 << 40}}, false},
		{"one byte over, of a length near 2^63", []frame{{opcode: opBinary, payload: append(whole, 'x'), length: 1<<63 - 1}}, false},
		{"fragments whose lengths add up beyond 2^63", []frame{
			{opcode: opBinary, payload: []byte("x"), more: true},
			{opcode: opContinuation, payload: whole, length: 1<<63 - 1}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := openRaw(t, s.WebSocketURL("/ws"), nil)
			peer.sendFrames(test.frames...)
			if test.fits {
				peer.wantFrame(test.frames[0].opcode, whole)
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
	peer.sendFrames(frame{opcode: opText, payload: []byte("still there?")})
	peer.wantFrame(opText, []byte("still there?"))
}
