package peers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// enter opens a session of the lines that are added to a good handshake.
func enter(t *testing.T, s *server.Server, lines ...string) *rawPeer {
	t.Helper()
	target := s.WebSocketURL("/ws")
	peer := dialRaw(t, target, nil)
	if response := peer.request(with(lines...)(goodHandshake(mustParse(t, target)))); response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%q: answered with %s", lines, response.Status)
	}
	return peer
}

// turnAway fails unless such a handshake is refused with status.
func turnAway(t *testing.T, s *server.Server, status int, lines ...string) {
	t.Helper()
	target := s.WebSocketURL("/ws")
	wantRefusal(t, dialRaw(t, target, nil).request(with(lines...)(goodHandshake(mustParse(t, target)))), status)
}

// drain reads until the close frame, and returns its code and reason.
func (p *rawPeer) drain() (code uint16, reason string) {
	p.t.Helper()
	for {
		if got := p.receive(); got.Opcode == wire.Close {
			return got.CloseCode(), string(got.Payload[2:])
		}
	}
}

// TestRatesThatConnectionsShare floods through two connections of one user, or of
// one address, and leaves those of others alone.
func TestRatesThatConnectionsShare(t *testing.T) {
	tests := []struct {
		name, rate   string
		guilty, good []string // lines of the handshakes
		want         string
	}{
		{"of a user", "user: {messages: 2}",
			[]string{"Authorization: Bearer " + token(t, hs256, nil)},
			[]string{"Authorization: Bearer " + token(t, hs256, map[string]any{"sub": "43"})},
			"2 messages a second of a user"},
		{"of an address", "ip: {messages: 2}", []string{"X-Forwarded-For: 192.0.2.1"}, []string{"X-Forwarded-For: 192.0.2.2"},
			"2 messages a second of an address"},
		{"of a network", "ip: {bytes: 1KiB}", []string{"X-Forwarded-For: 2001:db8::1"}, []string{"X-Forwarded-For: 2001:db8:0:1::1"},
			"1024 bytes a second of an address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := limited(t, fmt.Sprintf(`proxy: {trusted: [127.0.0.1]}
  message: {maxSize: 1KiB}
  auth: {methods: [bearer], required: false, jwt: {algorithms: [HS256], secret: %q}}
  rate: {messages: unlimited, %s, burst: 1s, grace: 1s}`, tokenSecret, test.rate))
			first, second, other := enter(t, s, test.guilty...), enter(t, s, test.guilty...), enter(t, s, test.good...)
			payload := []byte(strings.Repeat("x", 1000))
			for range 150 {
				first.sendFrames(wire.Frame{Opcode: wire.Text, Payload: payload})
				second.sendFrames(wire.Frame{Opcode: wire.Text, Payload: payload})
			}
			code, reason := first.drain()
			if code != 1008 || !strings.Contains(reason, test.want) {
				t.Errorf("closed with %d %q", code, reason)
			}
			other.sendFrames(wire.Frame{Opcode: wire.Text, Payload: payload})
			other.wantFrame(wire.Text, payload)
		})
	}
}

// TestDelay has a client wait that sends faster than it may.
func TestDelay(t *testing.T) {
	s := limited(t, "rate: {messages: 50, burst: 200ms, policy: delay}")
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	began := time.Now()
	for i := range 60 {
		peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: fmt.Append(nil, i)})
	}
	for i := range 60 {
		peer.wantFrame(wire.Text, fmt.Append(nil, i))
	}
	if took := time.Since(began); took < 800*time.Millisecond {
		t.Errorf("60 messages at 50 a second took %s", took)
	}
}

// TestForwardedAddress counts only from a proxy that is trusted.
func TestForwardedAddress(t *testing.T) {
	direct := limited(t, "connections: {ip: 1}")
	enter(t, direct, "X-Forwarded-For: 192.0.2.1")
	turnAway(t, direct, http.StatusTooManyRequests, "X-Forwarded-For: 192.0.2.2")

	behind := limited(t, "connections: {ip: 1}\n  proxy: {trusted: [127.0.0.0/8]}")
	enter(t, behind, "X-Forwarded-For: 192.0.2.1")
	enter(t, behind, "X-Forwarded-For: 192.0.2.2")
	turnAway(t, behind, http.StatusTooManyRequests, "X-Forwarded-For: 192.0.2.3, 192.0.2.1")
	awaitLine(t, behind, regexp.MustCompile(`(reason=connections-ip code=429 .*client="192.0.2.1")`))
}

// TestForwardedHost compares the origin with the word of a trusted proxy, where
// that is wanted.
func TestForwardedHost(t *testing.T) {
	s := limited(t, "proxy: {trusted: [127.0.0.1], forwardedHost: true}")
	enter(t, s, "Origin: https://app.example", "X-Forwarded-Host: app.example", "X-Forwarded-Proto: https")
	for _, lines := range [][]string{
		{"Origin: https://evil.example", "X-Forwarded-Host: app.example"},
		{"Origin: http://app.example", "X-Forwarded-Host: app.example", "X-Forwarded-Proto: https"},
		{"Origin: https://evil.example", "X-Forwarded-Host: evil.example, app.example"},
		{"Origin: https://evil.example", "X-Forwarded-Host: evil.example", "X-Forwarded-Host: app.example"},
		{"Origin: https://app.example"},
	} {
		turnAway(t, s, http.StatusForbidden, lines...)
	}
}

// TestExpiry lets an identity come to its end.
func TestExpiry(t *testing.T) {
	s := server.Start(t, "--gf.gcfg.file="+writeConfiguration(t, authConfiguration))
	soon := time.Now().Add(7 * time.Second)
	peer := enter(t, s, "Authorization: Bearer "+token(t, hs256, map[string]any{"exp": soon.Unix()}))
	if got := string(peer.receive().Payload); !strings.Contains(got, `"method":"auth.expiring"`) {
		t.Errorf("got %s, want a warning", got)
	}
	if reason := peer.wantClose(4401); !strings.Contains(reason, "expired") {
		t.Errorf("closed with %q", reason)
	}
	if early := time.Until(soon.Truncate(time.Second)); early > 0 {
		t.Errorf("it was closed %s too early", early)
	}
	awaitLine(t, s, regexp.MustCompile(`(action=closed reason=unauthorized code=4401 .*user="42")`))
}

// TestAuditOfAFlood writes few lines for many refusals, says how many are missing,
// and shows nothing of what clients have sent.
func TestAuditOfAFlood(t *testing.T) {
	const refusals = 60
	s := limited(t, "audit: {rate: 1}\n  message: {jsonDepth: 8}")
	began := time.Now()
	for range refusals {
		turnAway(t, s, http.StatusForbidden, "Origin: https://evil.example")
	}
	lines := strings.Count(s.Logs(), "reason=origin code=403")
	if most := int(time.Since(began)/time.Second) + 2; lines < 1 || lines > most {
		t.Errorf("%d lines for %d refusals, want from 1 to %d", lines, refusals, most)
	}
	deadline := time.Now().Add(patience)
	for !strings.Contains(s.Logs(), "suppressed=") {
		if time.Now().After(deadline) {
			t.Fatal("no line tells how many are missing")
		}
		turnAway(t, s, http.StatusForbidden, "Origin: https://evil.example")
	}
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.TextFrame("what-nobody-else-should-read"))
	peer.wantClose(1007)
	awaitLine(t, s, regexp.MustCompile(`(action=closed reason=json code=1007 )`))
	if strings.Contains(s.Logs(), "nobody-else") {
		t.Error("the logs have what was sent")
	}
}

// TestRebinding has a page whose name was made to lead to this machine, so that
// its own host is the one that it connects to. Origins that are listed stop it.
func TestRebinding(t *testing.T) {
	s := limited(t, `origin: {allow: ["https://app.example"]}`)
	target := s.WebSocketURL("/ws")
	lines := append(instead("Host", "Host: evil.example")(goodHandshake(mustParse(t, target))), "Origin: http://evil.example")
	wantRefusal(t, dialRaw(t, target, nil).request(lines), http.StatusForbidden)
}
