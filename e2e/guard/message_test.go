package guard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// payload is what messages have in them and the log must not.
const payload = "nobody-else-should-read-this"

// TestMessagesThatAreRefused has the host close sessions for what they say.
func TestMessagesThatAreRefused(t *testing.T) {
	h := startHost(t)
	tests := []struct {
		name, path, line string
		frame            wire.Frame
		code             uint16
		words, reason    string
	}{
		{"AuthorizeMessage", "/token", bearer(h.guest), wire.Frame{Opcode: wire.Binary, Payload: []byte(payload)}, 4403, "guests send text", "forbidden"},
		{"ValidateMessage with a struct", "/strict", "X-None: x", wire.TextFrame(`{"room":"","count":5,"x":"` + payload + `"}`), 1008, "room", "validation"},
		{"ValidateMessage with a struct, no JSON", "/strict", "X-None: x", wire.TextFrame(payload), 1008, "not a JSON object", "validation"},
		{"ValidateMessage with a map", "/fields", "X-None: x", wire.TextFrame(`{"room":"` + payload + `"}`), 1008, "room", "validation"},
		{"ValidateMessage with a rule", "/short", "X-None: x", wire.TextFrame(payload), 1008, "", "validation"},
		{"CheckMessage", "/strict", "X-None: x", wire.TextFrame(`{"room":"cellar","count":5}`), 1008, "the cellar is closed", "message"},
		{"CheckMessage with a close of its own", "/strict", "X-None: x", wire.TextFrame(`{"room":"roof","count":5}`), 4010, "come down", "message"},
		{"CheckMessage that always closes", "/lenient", "X-None: x", wire.TextFrame(`{"room":"roof","count":5}`), 4010, "come down", "message"},
		{"VerifyToken, in a message", "/token", "X-None: x", wire.TextFrame(authCall(h.device)), 4401, "", "unauthorized"},
		{"Authorize, in a message", "/token", "X-None: x", wire.TextFrame(authCall(h.banned)), 4403, "you are banned", "forbidden"},
		{"no token first", "/token", "X-None: x", wire.TextFrame(payload), 4401, "authenticate first", "unauthorized"},
		{"VerifyToken, in a loop", "/loop", "X-None: x", wire.TextFrame(authCall(h.device)), 4401, "", "unauthorized"},
		{"Authorize, in a loop", "/loop", "X-None: x", wire.TextFrame(authCall(h.banned)), 4403, "you are banned", "forbidden"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := enter(t, h.Server, test.path, test.line)
			_ = p.Send(test.frame)
			p.closed(test.code, test.words)
			wantLogged(t, h.Server, fmt.Sprintf("action=closed reason=%s code=%d instance=%q", test.reason, test.code, test.path[1:]))
		})
	}
	h.leave(payload)
}

// TestMessagesThatAreTaken says what the rules of the host allow.
func TestMessagesThatAreTaken(t *testing.T) {
	h := startHost(t)
	enter(t, h.Server, "/token", bearer(h.guest)).isUser("guest")
	member := enter(t, h.Server, "/token", bearer(h.member))
	_ = member.Send(wire.Frame{Opcode: wire.Binary, Payload: []byte("x")})
	member.hear("user 42")
	for path, text := range map[string]string{
		"/strict": `{"room":"hall","count":5}`,
		"/fields": `{"room":"hall"}`,
		"/short":  "hall",
	} {
		p := enter(t, h.Server, path)
		p.say(text)
		p.hear(text)
	}
	for _, path := range []string{"/token", "/loop"} {
		p := enter(t, h.Server, path)
		p.say(authCall(h.member))
		p.hear(`"result":{"user":"42"}`)
		p.isUser("42")
		p.say(authCall(h.guest))
		p.hear(`"error":{"code":`)
		p.closed(4403, "")
	}
	h.leave()
}

// TestMessagesThatAreAnswered has a session go on after each.
func TestMessagesThatAreAnswered(t *testing.T) {
	h := startHost(t)
	p := enter(t, h.Server, "/lenient")
	for text, words := range map[string][]string{
		`{"count":50}`:                          {`"error":{"code":51`, `"data":{`, `"room":"`, `"count":"`},
		`{"room":"` + payload + `","count":50}`: {`"error":{"code":51`, `"data":{"count":"`},
		payload:                                 {`"error":{"code":`, "JSON"},
		`{"room":"cellar","count":5}`:           {`"error":{"code":`, "the cellar is closed"},
	} {
		p.say(text)
		p.hear(append(words, `{"jsonrpc":"2.0","id":null`)...)
	}
	p.say(`{"room":"hall","count":5}`)
	p.hear(`{"room":"hall","count":5}`)
	wantLogged(t, h.Server, "action=rejected reason=validation code=")
	wantLogged(t, h.Server, "action=rejected reason=message code=")
	h.leave(payload)
}

// TestCallsThatAreRefused asks by the methods of calls, and by rooms.
func TestCallsThatAreRefused(t *testing.T) {
	h := startHost(t)
	guest, member := enter(t, h.Server, "/calls", bearer(h.guest)), enter(t, h.Server, "/calls", bearer(h.member))
	call := func(method, params string) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":%q,"params":%s}`, method, params)
	}
	guest.say(call("room.join", `{"room":"staff"}`))
	guest.hear(`"id":7`, `"error":{"code":`, "for the staff")
	guest.say(call("room.join", `{"room":"hall"}`))
	guest.hear(`"id":7`, `"result":{`)
	guest.say(call("room.say", `{"room":"hall","text":"`+payload+`"}`))
	guest.hear(`"id":7`, `"error":{"code":61`, "guests listen")
	member.say(call("room.join", `{"room":"staff"}`))
	member.hear(`"id":7`, `"result":{`)
	h.leave(payload)
}

// TestPushAsksTheHost lets in whom gfws.Push does, and nobody else.
func TestPushAsksTheHost(t *testing.T) {
	h := startHost(t)
	p := enter(t, h.Server, "/calls", bearer(h.member))
	for _, shown := range []string{"", "guess", h.member} {
		if status := h.push(shown); status != http.StatusUnauthorized {
			t.Errorf("%q: answered with %d", shown, status)
		}
	}
	wantLogged(t, h.Server, `action=refused reason=push code=401 instance="calls"`)
	if status := h.push(h.operator); status != http.StatusOK {
		t.Errorf("the operator was answered with %d", status)
	}
	p.hear("for everybody")
	h.leave()
}

// push sends a message to all as somebody who shows this, and returns the status.
func (h *host) push(shown string) int {
	h.t.Helper()
	body, err := json.Marshal(map[string]any{"all": true, "type": "text", "data": "for everybody"})
	if err != nil {
		h.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, h.URL+"/push/messages", bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("X-Operator", shown)
	request.Header.Set("Content-Type", "application/json")
	defer http.DefaultClient.CloseIdleConnections()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}
