package peers

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
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
	var want []wire.Frame
	for i := range messages {
		payload := fmt.Appendf(nil, "client %d, message %d %s", client, i, bytes.Repeat([]byte("."), i*97))
		opcode := byte(wire.Text)
		if i%2 == 1 {
			opcode = wire.Binary
		}
		want = append(want, wire.Frame{Opcode: opcode, Payload: payload})
	}
	peer.sendFrames(want...)
	for i, expected := range want {
		got, err := peer.Receive()
		if err != nil {
			return fmt.Errorf("client %d, message %d: %w", client, i, err)
		}
		if got.Opcode != expected.Opcode || !bytes.Equal(got.Payload, expected.Payload) {
			return fmt.Errorf("client %d, message %d: got opcode %d with %.40q", client, i, got.Opcode, got.Payload)
		}
	}
	return nil
}
