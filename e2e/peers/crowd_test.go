package peers

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
)

// TestTwoHundredClients has each of them send messages of its own, several in flight, and get
// those back and no others, in order.
func TestTwoHundredClients(t *testing.T) {
	const clients, messages = 200, 20
	s := server.Start(t)
	failures := make(chan error, clients)
	peers := make([]*rawPeer, clients)
	for i := range peers {
		peers[i] = openRaw(t, s.WebSocketURL("/ws"), nil)
	}
	for i, peer := range peers {
		go func() { failures <- converse(peer, i, messages) }()
	}
	for range clients {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
}

func converse(peer *rawPeer, client, messages int) error {
	var want []frame
	for i := range messages {
		payload := fmt.Appendf(nil, "client %d, message %d %s", client, i, bytes.Repeat([]byte("."), i*97))
		opcode := byte(opText)
		if i%2 == 1 {
			opcode = opBinary
		}
		want = append(want, frame{opcode: opcode, payload: payload})
	}
	peer.sendFrames(want...)
	for i, expected := range want {
		got, err := readFrame(peer.reader)
		if err != nil {
			return fmt.Errorf("client %d, message %d: %w", client, i, err)
		}
		if got.opcode != expected.opcode || !bytes.Equal(got.payload, expected.payload) {
			return fmt.Errorf("client %d, message %d: got opcode %d with %.40q", client, i, got.opcode, got.payload)
		}
	}
	return nil
}
