package peers

import (
	"bytes"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// exitInterrupted is the exit code after a second signal. A drain that runs its
// course ends with another.
const exitInterrupted = 130

func TestSignalClosesEveryClientWith1001(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			s := server.Start(t)
			peers := make([]*rawPeer, 50)
			for i := range peers {
				peers[i] = openRaw(t, s.WebSocketURL("/ws"), nil)
				peers[i].sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("here")})
				peers[i].wantFrame(wire.Text, []byte("here"))
			}
			s.Signal(signal)
			for _, peer := range peers {
				peer.wantClose(1001)
			}
			if code := s.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// TestSignalWithASilentClient has a client that never answers the close frame. The server must
// not wait for it longer than for anybody, and tells that it has cut it off.
func TestSignalWithASilentClient(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	s.Signal(syscall.SIGTERM)
	if got := peer.receive(); got.Opcode != wire.Close || !bytes.HasPrefix(got.Payload, []byte{0x03, 0xE9}) {
		t.Errorf("got opcode %d with %q, want a close with 1001", got.Opcode, got.Payload)
	}
	s.Wait()
	if logs := s.Logs(); !strings.Contains(logs, " cut=1") {
		t.Errorf("the logs do not tell of the client that was cut off:\n%s", logs)
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	s.Signal(syscall.SIGTERM)
	// The close frame shows that the drain has begun; not answering it holds the drain up.
	if got := peer.receive(); got.Opcode != wire.Close {
		t.Fatalf("got opcode %d, want a close frame", got.Opcode)
	}
	s.Signal(syscall.SIGTERM)
	if code := s.Wait(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d of a server that did not wait for its drain", code, exitInterrupted)
	}
}

// TestKilledServerLeavesNoClientWaiting has the connection end with the process.
func TestKilledServerLeavesNoClientWaiting(t *testing.T) {
	s := server.Start(t)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	s.Kill()
	peer.wantEnd()
}
