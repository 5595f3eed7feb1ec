package peers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// limited starts the binary with this below the node websocket.
func limited(t *testing.T, yaml string) *server.Server {
	t.Helper()
	return server.Start(t, "--gf.gcfg.file="+writeConfiguration(t, "websocket:\n  "+yaml+"\n"))
}

func TestTooManyConnections(t *testing.T) {
	for name, test := range map[string]struct {
		yaml   string
		status int
	}{
		"in all":        {"connections: {total: 2}", http.StatusServiceUnavailable},
		"of an address": {"connections: {ip: 2}", http.StatusTooManyRequests},
	} {
		t.Run(name, func(t *testing.T) {
			s := limited(t, test.yaml)
			url := s.WebSocketURL("/ws")
			openRaw(t, url, nil)
			openRaw(t, url, nil)
			peer := dialRaw(t, url, nil)
			response := peer.request(goodHandshake(mustParse(t, url)))
			wantRefusal(t, response, test.status)
			if response.Header.Get("Retry-After") == "" {
				t.Error("there is no Retry-After")
			}
		})
	}
}

func TestTooManyMessages(t *testing.T) {
	s := limited(t, "rate: {messages: 10}")
	honest, flood := openRaw(t, s.WebSocketURL("/ws"), nil), openRaw(t, s.WebSocketURL("/ws"), nil)
	for range 200 {
		if _, err := flood.Conn.Write(wire.Frame{Opcode: wire.Text, Payload: []byte("x")}.Bytes()); err != nil {
			break // closed already
		}
	}
	for {
		f := flood.receive()
		if f.Opcode != wire.Close {
			continue
		}
		if text := string(f.Payload); !strings.Contains(text, "more than 10 messages a second") {
			t.Errorf("closed with %q", text)
		}
		break
	}
	honest.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("hello")})
	honest.wantFrame(wire.Text, []byte("hello"))
	awaitLine(t, s, regexp.MustCompile(`(action=warned reason=rate )`))
	awaitLine(t, s, regexp.MustCompile(`(action=closed reason=rate code=1008 )`))
}

// TestSignatures makes the envelope as any language would.
func TestSignatures(t *testing.T) {
	const key = "sixteen bytes at least"
	s := limited(t, fmt.Sprintf("signature: {keys: [%q]}\n  message: {refuse: answer, jsonDepth: 4}", key))
	envelope := func(data string, key string) []byte {
		head := []string{fmt.Sprint(time.Now().UnixMilli()), base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf("%016d", time.Now().UnixNano()%1e16))), "text", data}
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(strings.Join(head, "\n")))
		encoded, err := json.Marshal(map[string]any{
			"ts": json.Number(head[0]), "nonce": head[1], "type": "text", "data": data,
			"sig": base64.RawURLEncoding.EncodeToString(mac.Sum(nil)),
		})
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	good := envelope(`{"a":1}`, key)
	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	for _, test := range []struct {
		payload []byte
		want    string
	}{
		{good, `{"a":1}`},
		{good, "sent before"},
		{envelope(`{"a":1}`, "some other key of ours"), "signature is wrong"},
		{[]byte("hello"), "no signed envelope"},
		{envelope("[[[[[]]]]]", key), "deeper than 4"},
		{envelope("hello", key), "not JSON"},
	} {
		peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: test.payload})
		if got := peer.receive(); got.Opcode != wire.Text || !strings.Contains(string(got.Payload), test.want) {
			t.Errorf("%s is answered with %q, want %q", test.payload, got.Payload, test.want)
		}
	}
}

// TestSlowOpeners holds that the binary ends what never becomes a session, by its
// own default.
func TestSlowOpeners(t *testing.T) {
	s := server.Start(t)
	for name, text := range map[string]string{
		"silence":     "",
		"half a head": "GET /ws HTTP/1.1\r\nHost: x\r\n",
		"flood":       "GET /ws HTTP/1.1\r\n" + strings.Repeat("X-Flood: "+strings.Repeat("x", 1000)+"\r\n", 100),
	} {
		conn, err := net.DialTimeout("tcp", s.Address, patience)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = io.WriteString(conn, text)
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		_, err = io.Copy(io.Discard, conn)
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
			t.Errorf("%s: it is still open after %s", name, patience)
		}
	}
}
