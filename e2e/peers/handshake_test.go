package peers

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// edit changes the lines of a good handshake into those of a bad one.
type edit func(lines []string) []string

func without(prefix string) edit {
	return func(lines []string) []string {
		return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, prefix) })
	}
}

func with(added ...string) edit {
	return func(lines []string) []string { return append(lines, added...) }
}

func instead(prefix, line string) edit {
	return func(lines []string) []string { return append(without(prefix)(lines), line) }
}

func request(line string) edit {
	return func(lines []string) []string {
		lines[0] = line
		return lines
	}
}

func TestBadHandshakes(t *testing.T) {
	s := server.Start(t)
	tests := []struct {
		name   string
		change edit
		status int
	}{
		{"no upgrade at all", func(lines []string) []string { return lines[:2] }, 426},
		{"no Upgrade header", without("Upgrade"), 426},
		{"no Connection header", without("Connection"), 426},
		{"upgrade to something else", instead("Upgrade", "Upgrade: h2c"), 426},
		{"upgrade named in part", instead("Upgrade", "Upgrade: websockets"), 426},
		{"no version", without("Sec-WebSocket-Version"), 426},
		{"version of a draft", instead("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8"), 426},
		{"version of the future", instead("Sec-WebSocket-Version", "Sec-WebSocket-Version: 130"), 426},
		{"HTTP/1.0", request("GET /ws HTTP/1.0"), 426},
		{"no key", without("Sec-WebSocket-Key"), 400},
		{"empty key", instead("Sec-WebSocket-Key", "Sec-WebSocket-Key:"), 400},
		{"short key", instead("Sec-WebSocket-Key", "Sec-WebSocket-Key: c2hvcnQ="), 400},
		{"key that is no Base64", instead("Sec-WebSocket-Key", "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!=="), 400},
		{"two keys", with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), 400},
		{"foreign origin", with("Origin: https://evil.example"), 403},
		{"null origin", with("Origin: null"), 403},
		{"origin with our name in front", with("Origin: http://" + s.Address + ".evil.example"), 403},
		{"origin on another port", with("Origin: http://127.0.0.1:1"), 403},
		{"two origins", with("Origin: http://"+s.Address, "Origin: https://evil.example"), 403},
		{"origin allowed by a forwarded host", with("Origin: https://evil.example", "X-Forwarded-Host: evil.example"), 403},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := s.WebSocketURL("/ws")
			response := dialRaw(t, target, nil).request(test.change(goodHandshake(mustParse(t, target))))
			wantRefusal(t, response, test.status)
		})
	}
}

// wantRefusal fails unless the answer has the status and a body in GoFrame's form.
func wantRefusal(t *testing.T, response *http.Response, status int) {
	t.Helper()
	if response.StatusCode != status {
		t.Fatalf("answered with %s, want %d", response.Status, status)
	}
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		t.Errorf("Content-Type is %q", kind)
	}
	var body map[string]any
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		t.Fatalf("the body is no JSON: %v", err)
	}
	code, isNumber := body["code"].(float64)
	message, isString := body["message"].(string)
	if !isNumber || code == 0 || !isString || message == "" {
		t.Errorf("body is %v, want a code above zero and a message", body)
	}
	if _, hasData := body["data"]; !hasData {
		t.Errorf("body is %v, GoFrame's form has data too", body)
	}
	if status != http.StatusUpgradeRequired {
		return
	}
	if response.Header.Get("Upgrade") != "websocket" || response.Header.Get("Sec-WebSocket-Version") != "13" {
		t.Errorf("426 must say what to upgrade to: %v", response.Header)
	}
}

func TestGoodHandshakes(t *testing.T) {
	s := server.Start(t)
	tests := []struct {
		name   string
		change edit
	}{
		{"plain", with()},
		{"from our own page", with("Origin: http://" + s.Address)},
		{"from our own page behind TLS of a proxy", with("Origin: https://" + s.Address)},
		{"names in odd case", func(lines []string) []string {
			return append(lines[:2], "CONNECTION: keep-alive, UPGRADE", "upgrade: WebSocket",
				"sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==")
		}},
		{"with extensions and subprotocols that are not spoken here", with(
			"Sec-WebSocket-Extensions: x-unknown; a=1, permessage-deflate; client_max_window_bits",
			"Sec-WebSocket-Protocol: chat, superchat")},
		{"with a query", request("GET /ws?a=1&b=%20 HTTP/1.1")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := s.WebSocketURL("/ws")
			peer := dialRaw(t, target, nil)
			response := peer.request(test.change(goodHandshake(mustParse(t, target))))
			if response.StatusCode != http.StatusSwitchingProtocols {
				t.Fatalf("answered with %s", response.Status)
			}
			// The answer to the key of RFC 6455 section 1.3.
			if got := response.Header.Get("Sec-WebSocket-Accept"); got != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
				t.Errorf("Sec-WebSocket-Accept is %q", got)
			}
			for _, name := range []string{"Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"} {
				if value := response.Header.Get(name); value != "" {
					t.Errorf("%s: %s was not to be agreed on", name, value)
				}
			}
			peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("hello word")})
			peer.wantFrame(wire.Text, []byte("hello word"))
		})
	}
}
