package guard

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// peer is a client that reads what it gets.
type peer struct {
	*wire.Conn
	t *testing.T
}

// ask makes a handshake at path with further lines, and returns the answer.
func ask(t *testing.T, s *server.Server, path string, lines ...string) (*peer, *http.Response) {
	t.Helper()
	target, err := url.Parse(s.WebSocketURL(path))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := dial(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	response, err := conn.Request(wire.Handshake(target, lines...))
	if err != nil {
		t.Fatalf("%s %q: %v", path, lines, err)
	}
	return &peer{conn, t}, response
}

// dial connects to where target is, over TLS where it says so. Whose the certificate
// is does not matter here.
func dial(target *url.URL) (*wire.Conn, error) {
	conn, err := net.DialTimeout("tcp", target.Host, patience)
	if err != nil {
		return nil, err
	}
	if target.Scheme == "wss" {
		conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
	}
	return wire.New(conn, patience)
}

// enter is ask for a handshake that is let in.
func enter(t *testing.T, s *server.Server, path string, lines ...string) *peer {
	t.Helper()
	p, response := ask(t, s, path, lines...)
	if response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%s %q: answered with %s", path, lines, response.Status)
	}
	return p
}

// refuse is ask for a handshake that gets this status.
func refuse(t *testing.T, s *server.Server, status int, path string, lines ...string) {
	t.Helper()
	if _, response := ask(t, s, path, lines...); response.StatusCode != status {
		t.Errorf("%s %q: answered with %s, want %d", path, lines, response.Status, status)
	}
}

// say sends a text.
func (p *peer) say(text string) {
	p.t.Helper()
	if err := p.Send(wire.TextFrame(text)); err != nil {
		p.t.Fatalf("say %q: %v", text, err)
	}
}

// hear fails unless the next message has all of these words.
func (p *peer) hear(words ...string) {
	p.t.Helper()
	got, err := p.Receive()
	if err != nil || got.Opcode != wire.Text {
		p.t.Fatalf("got opcode %d with %q, %v, want %q", got.Opcode, got.Payload, err, words)
	}
	for _, word := range words {
		if !strings.Contains(string(got.Payload), word) {
			p.t.Fatalf("got %s, want %q", got.Payload, word)
		}
	}
}

// isUser fails unless the host takes the peer for user.
func (p *peer) isUser(user string) {
	p.t.Helper()
	p.say("?")
	p.hear("user " + user)
}

// closed reads until the end, and fails unless it has this code, and the words in
// its reason.
func (p *peer) closed(code uint16, words string) {
	p.t.Helper()
	for {
		got, err := p.Receive()
		if err != nil {
			p.t.Fatalf("the connection ended with %v, want a close with %d", err, code)
		}
		if got.Opcode != wire.Close {
			continue
		}
		if got.CloseCode() != code || !strings.Contains(string(got.Payload), words) {
			p.t.Errorf("closed with %d %q, want %d %q", got.CloseCode(), got.Payload[2:], code, words)
		}
		return
	}
}

func bearer(token string) string { return "Authorization: Bearer " + token }

func authCall(token string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"auth","params":{"token":%q}}`, token)
}

// await fails unless it comes to be true.
func await(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %s", what, patience)
		}
	}
}
