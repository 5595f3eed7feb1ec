package peers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// tokenSecret is what the tokens of these tests are signed with.
const tokenSecret = "0123456789abcdef0123456789abcdef"

// authConfiguration takes tokens in every way, and logs all that there is to log.
const authConfiguration = `
server: {accessLogEnabled: true, errorLogEnabled: true}
websocket:
  subprotocols: ["v1"]
  origin: {allow: ["https://app.example", "https://bücher.example"]}
  auth:
    methods: [bearer, subprotocol, cookie, query, first-message]
    timeout: 10s
    jwt: {algorithms: [HS256], secret: "` + tokenSecret + `", audience: [gfws], leeway: "off"}
logger: {level: all, stdout: true}
`

// token returns a signed token with this header and these claims over good ones.
func token(t *testing.T, header string, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"sub": "42", "aud": "gfws", "exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range claims {
		all[name] = value
	}
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString(body)
	mac := hmac.New(sha256.New, []byte(tokenSecret))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

func TestTokens(t *testing.T) {
	s := server.Start(t, "--gf.gcfg.file="+writeConfiguration(t, authConfiguration))
	var used []string
	issue := func(header string, claims map[string]any) string {
		made := token(t, header, claims)
		used = append(used, made)
		return made
	}
	good := issue(hs256, nil)
	cut := strings.Split(good, ".")
	bearer := func(token string) edit { return with("Authorization: Bearer " + token) }
	tests := []struct {
		name   string
		change edit
		status int
	}{
		{"in the header", bearer(good), 101},
		{"as a subprotocol", with("Sec-WebSocket-Protocol: v1, bearer." + good), 101},
		{"as the first subprotocol", with("Sec-WebSocket-Protocol: bearer." + good + ", v1"), 101},
		{"in the cookie", with("Cookie: access_token=" + good), 101},
		{"in the query", request("GET /ws?access_token=" + good + " HTTP/1.1"), 101},
		{"from a page that may", with("Origin: https://xn--bcher-kva.example", "Cookie: access_token="+good), 101},
		{"none, since a message may follow", with(), 101},

		{"from a page that may not, with the cookie", with("Origin: https://evil.example", "Cookie: access_token="+good), 403},
		{"from a page like one that may", with("Origin: https://app.example.evil.example", "Cookie: access_token="+good), 403},
		{"expired", bearer(issue(hs256, map[string]any{"exp": time.Now().Add(-time.Minute).Unix()})), 401},
		{"for somebody else", bearer(issue(hs256, map[string]any{"aud": "other"})), 401},
		{"without an end", bearer(issue(hs256, map[string]any{"exp": nil})), 401},
		{"without a user", bearer(issue(hs256, map[string]any{"sub": ""})), 401},
		{"algorithm none", bearer(issue(`{"alg":"none"}`, nil)), 401},
		{"algorithm none without a signature", bearer(base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + cut[1] + "."), 401},
		{"another algorithm", bearer(issue(`{"alg":"RS256"}`, nil)), 401},
		{"algorithm that is not taken", bearer(issue(`{"alg":"HS512"}`, nil)), 401},
		{"an extension that must be known", bearer(issue(`{"alg":"HS256","crit":["b64"],"b64":false}`, nil)), 401},
		{"another body", bearer(cut[0] + "." + strings.Split(issue(hs256, map[string]any{"sub": "1"}), ".")[1] + "." + cut[2]), 401},
		{"two headers", with("Authorization: Bearer "+good, "Authorization: Bearer "+good), 400},
		{"two subprotocols", with("Sec-WebSocket-Protocol: bearer." + good + ", bearer." + good), 400},
	}
	target := s.WebSocketURL("/ws")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer := dialRaw(t, target, nil)
			response := peer.request(test.change(goodHandshake(mustParse(t, target))))
			if chosen := response.Header.Get("Sec-WebSocket-Protocol"); chosen != "" && chosen != "v1" {
				t.Errorf("agreed on %q", chosen)
			}
			if test.status == http.StatusSwitchingProtocols {
				if response.StatusCode != test.status {
					t.Fatalf("answered with %s", response.Status)
				}
				return
			}
			wantRefusal(t, response, test.status)
			if test.status == http.StatusUnauthorized && !strings.HasPrefix(response.Header.Get("WWW-Authenticate"), `Bearer realm="default", error="invalid_token"`) {
				t.Errorf("challenged with %q", response.Header.Get("WWW-Authenticate"))
			}
		})
	}
	if code := s.Terminate(); code != 0 {
		t.Errorf("the process ended with %d", code)
	}
	wantNoToken(t, s, used)
}

// wantNoToken looks for tokens in all that the process has written.
func wantNoToken(t *testing.T, s *server.Server, tokens []string) {
	t.Helper()
	logs := s.Logs()
	if !strings.Contains(logs, "/ws") {
		t.Fatal("nothing was logged")
	}
	for _, token := range append(tokens, tokenSecret) {
		if strings.Contains(logs, token) || strings.Contains(logs, token[len(token)-24:]) {
			t.Errorf("the logs have the token %s", token)
		}
	}
}

// TestFirstMessage authenticates in a message, or does not.
func TestFirstMessage(t *testing.T) {
	s := server.Start(t, "--gf.gcfg.file="+writeConfiguration(t, authConfiguration))
	call := func(token string) []byte {
		return []byte(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"auth","params":{"token":%q}}`, token))
	}
	good := token(t, hs256, nil)
	bad := token(t, hs256, map[string]any{"exp": time.Now().Add(-time.Minute).Unix()})
	other := token(t, hs256, map[string]any{"sub": "43"})
	short := token(t, hs256, map[string]any{"exp": time.Now().Add(20 * time.Second).Unix()})

	peer := openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: call(good)})
	if answer := string(peer.receive().Payload); !strings.HasPrefix(answer, `{"jsonrpc":"2.0","id":1,"result":{"user":"42","expires":"`) {
		t.Errorf("answered %s", answer)
	}
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("hello word")})
	peer.wantFrame(wire.Text, []byte("hello word"))
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: call(other)})
	if answer := string(peer.receive().Payload); !strings.Contains(answer, `"error":{"code":`) {
		t.Errorf("another user: answered %s", answer)
	}
	peer.wantClose(4403)

	peer = openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: []byte("hello word")})
	if reason := peer.wantClose(4401); !strings.Contains(reason, "authenticate first") {
		t.Errorf("closed with %q", reason)
	}
	peer = openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: call(bad)})
	if answer := string(peer.receive().Payload); !strings.Contains(answer, "has expired") {
		t.Errorf("expired: answered %s", answer)
	}
	peer.wantClose(4401)

	peer = openRaw(t, s.WebSocketURL("/ws"), nil)
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: call(short)})
	// It has less left than auth.warning, so the warning comes at once.
	for _, want := range []string{`"user":"42"`, `"method":"auth.expiring"`} {
		if got := string(peer.receive().Payload); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	peer.sendFrames(wire.Frame{Opcode: wire.Text, Payload: call(good)})
	if answer := string(peer.receive().Payload); !strings.Contains(answer, `"user":"42"`) {
		t.Errorf("renewal: answered %s", answer)
	}

	if code := s.Terminate(); code != 0 {
		t.Errorf("the process ended with %d", code)
	}
	wantNoToken(t, s, []string{good, bad, other, short})
}
