package ws_test

import (
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// TestBroadcast reaches plain and compressing peers with one encoding, and is
// not held up by one that does not read.
func TestBroadcast(t *testing.T) {
	s := serve(t, compressing, echo)
	stalled := s.connect(t)
	slow := waitFor(t, "OnOpen", s.opened)
	for slow.Send(ws.BinaryMessage(make([]byte, 64<<10))) == nil {
	}
	plain := s.connect(t)
	deflating, _ := s.connectWith(t, offer)
	waitFor(t, "OnOpen", s.opened)
	waitFor(t, "OnOpen", s.opened)

	text := strings.Repeat("hello ", 1000)
	queued, err := s.hub.All().Send(ws.TextMessage(text))
	if err != nil || queued != 2 {
		t.Fatalf("queued for %d, %v, want 2", queued, err)
	}
	plain.expect(frame{fin: true, opcode: opText, payload: text})
	got := deflating.read()
	whole := got.payload
	for !got.fin {
		got = deflating.read()
		whole += got.payload
	}
	if inflated(t, whole) != text {
		t.Error("the compressing peer got another text")
	}
	_ = stalled.conn.Close()
}

func TestPrepareRefuses(t *testing.T) {
	if _, err := ws.Prepare(ws.Message{Type: 9}); err == nil {
		t.Error("a message of type 9 was prepared")
	}
}
