package peers

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// patience bounds every wait for the server; it is long only because machines can be slow.
const patience = 15 * time.Second

// rawPeer is a TCP connection on which a test sends any bytes it likes.
type rawPeer struct {
	*wire.Conn
	t testing.TB
}

// dialRaw connects to the server of a ws or wss URL, without a handshake.
// Trust is nil for ws.
func dialRaw(t testing.TB, address string, trust *tls.Config) *rawPeer {
	t.Helper()
	target := mustParse(t, address)
	conn, err := net.DialTimeout("tcp", target.Host, patience)
	if err != nil {
		t.Fatalf("connect to %s: %v", target.Host, err)
	}
	if target.Scheme == "wss" {
		config := trust.Clone()
		config.ServerName = target.Hostname()
		conn = tls.Client(conn, config)
	}
	t.Cleanup(func() { _ = conn.Close() })
	peer, err := wire.New(conn, patience)
	if err != nil {
		t.Fatal(err)
	}
	return &rawPeer{peer, t}
}

// openRaw connects and completes the handshake.
func openRaw(t testing.TB, address string, trust *tls.Config) *rawPeer {
	t.Helper()
	peer := dialRaw(t, address, trust)
	response := peer.request(goodHandshake(mustParse(t, address)))
	if response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake with %s: %s", address, response.Status)
	}
	return peer
}

func mustParse(t testing.TB, address string) *url.URL {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// goodHandshake returns the lines of a handshake that nothing is wrong with.
func goodHandshake(target *url.URL) []string { return wire.Handshake(target) }

// request sends lines as a request and returns the answer, with its body read.
func (p *rawPeer) request(lines []string) *http.Response {
	p.t.Helper()
	response, err := p.Request(lines)
	if err != nil {
		p.t.Fatalf("read the answer: %v", err)
	}
	return response
}

func (p *rawPeer) send(data []byte) {
	p.t.Helper()
	if _, err := p.Conn.Write(data); err != nil {
		p.t.Fatalf("send %d bytes: %v", len(data), err)
	}
}

// sendFrames sends frames in one piece. It does not mind that the server closes while it
// sends, since that is what most broken frames are answered with.
func (p *rawPeer) sendFrames(frames ...wire.Frame) {
	_ = p.Send(frames...)
}

// receive returns the next frame and fails unless it is one that a server may send.
func (p *rawPeer) receive() wire.Frame {
	p.t.Helper()
	got, err := p.Receive()
	if err != nil {
		p.t.Fatalf("read a frame: %v", err)
	}
	if !got.Unmasked || got.Reserved != 0 {
		p.t.Fatalf("the server sent a frame that is masked or has reserved bits: %+v", got)
	}
	return got
}

// wantFrame fails unless the next frame is a whole one of this opcode and payload.
func (p *rawPeer) wantFrame(opcode byte, payload []byte) {
	p.t.Helper()
	got := p.receive()
	if got.Opcode != opcode || got.More || !bytes.Equal(got.Payload, payload) {
		p.t.Fatalf("got opcode %d, %d bytes %.60q, more %v; want opcode %d, %d bytes %.60q",
			got.Opcode, len(got.Payload), got.Payload, got.More, opcode, len(payload), payload)
	}
}

// wantClose fails unless the next frame closes with code, answers it, and fails unless the
// server then ends the connection. It returns the reason.
func (p *rawPeer) wantClose(code uint16) (reason string) {
	p.t.Helper()
	got := p.receive()
	if got.Opcode != wire.Close {
		p.t.Fatalf("got opcode %d with %.60q, want a close frame with %d", got.Opcode, got.Payload, code)
	}
	if len(got.Payload) < 2 || len(got.Payload) > 125 {
		p.t.Fatalf("the close frame has %d bytes: %q", len(got.Payload), got.Payload)
	}
	if gotCode := binary.BigEndian.Uint16(got.Payload); gotCode != code {
		p.t.Errorf("closed with %d %q, want %d", gotCode, got.Payload[2:], code)
	}
	p.sendFrames(wire.CloseFrame(code, ""))
	p.wantEnd()
	return string(got.Payload[2:])
}

// wantEnd fails unless the server ends the connection without another frame.
func (p *rawPeer) wantEnd() {
	p.t.Helper()
	extra, err := p.Receive()
	if err == nil {
		p.t.Fatalf("a frame after the close frame: %+v", extra)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		p.t.Fatal("the server leaves the connection open")
	}
}
