package guard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
)

// banned is the code that the host has for those it has thrown out.
const banned = 77001

// TestRefusedHandshakes has the host refuse handshakes by each of its functions.
func TestRefusedHandshakes(t *testing.T) {
	h := startHost(t)
	member, outcast := h.logIn("42"), h.logIn("banned")
	noCode := gcode.CodeSecurityReason.Code()
	notKnown := gcode.CodeNotAuthorized.Code()
	invalidToken := `Bearer realm="%s", error="invalid_token"`
	tests := []struct {
		name, path string
		line       string
		status     int
		code       int
		message    string
		challenge  string // with the name of the instance for %s
		reason     string // in the log
	}{
		{"Origins", "/page", "Origin: https://evil.example", 403, noCode, "origin", "", "origin"},
		{"no session", "/member", "X-None: x", 401, notKnown, "log in first", `Bearer realm="%s"`, "unauthorized"},
		{"a session that was made up", "/member", "Cookie: gfsessionid=made-up", 401, notKnown, "log in first", `Bearer realm="%s"`, "unauthorized"},
		{"Authorize, by the session", "/member", outcast, 403, banned, "you are banned", `Bearer realm="%s", error="insufficient_scope"`, "forbidden"},
		{"Authenticate, by its code", "/device", "X-Device-Key: " + h.member, 401, notKnown, "no device has that key", invalidToken, "unauthorized"},
		{"Authenticate, without a code", "/device", "X-Badge: broken", 401, notKnown, "the credentials are not valid", invalidToken, "unauthorized"},
		{"Authenticate, out of order", "/device", "X-Badge: busy", 503, gcode.CodeServerBusy.Code(), "the reader is out of order", "", "authentication"},
		{"the first match decides", "/device", "X-Badge: banned\r\n" + bearer(h.member), 403, banned, "you are banned", `Bearer realm="%s", error="insufficient_scope"`, "forbidden"},
		{"no method is asked after bad credentials", "/device", "X-Device-Key: bad\r\n" + bearer(h.member), 401, notKnown, "no device has that key", invalidToken, "unauthorized"},
		{"VerifyToken", "/device", bearer(h.device), 401, notKnown, "nobody has that token", invalidToken, "unauthorized"},
		{"VerifyToken, as a subprotocol", "/token", "Sec-WebSocket-Protocol: v1, bearer." + h.device, 401, notKnown, "nobody has that token", invalidToken, "unauthorized"},
		{"VerifyToken, in the cookie", "/token", "Cookie: key=" + h.device, 401, notKnown, "nobody has that token", invalidToken, "unauthorized"},
		{"VerifyToken, in the query", "/token?access_token=" + h.device, "X-None: x", 401, notKnown, "nobody has that token", invalidToken, "unauthorized"},
		{"Authorize, by a token", "/token", bearer(h.banned), 403, banned, "you are banned", `Bearer realm="%s", error="insufficient_scope"`, "forbidden"},
		{"Recognize", "/known", "X-Gateway-User: banned", 403, banned, "you are banned", `Bearer realm="%s", error="insufficient_scope"`, "forbidden"},
		{"Recognize, for nobody", "/known", "X-Gateway-User: ", 401, notKnown, "log in first", `Bearer realm="%s"`, "unauthorized"},
		{"CheckRequest, not authorized", "/checked", "X-Check: login", 401, notKnown, "log in", "", "request"},
		{"CheckRequest, a parameter", "/checked", "X-Check: parameter", 400, gcode.CodeInvalidParameter.Code(), "a bad parameter", "", "request"},
		{"CheckRequest, not found", "/checked", "X-Check: nowhere", 404, gcode.CodeNotFound.Code(), "no such room", "", "request"},
		{"CheckRequest, busy", "/checked", "X-Check: busy", 503, gcode.CodeServerBusy.Code(), "come later", "", "request"},
		{"CheckRequest, without a code", "/checked", "X-Check: no", 403, noCode, "not today", "", "request"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, response := ask(t, h.Server, test.path, test.line)
			name := strings.Trim(strings.Split(test.path, "?")[0], "/")
			wantRefusal(t, response, test.status, test.code, test.message)
			challenge := response.Header.Get("WWW-Authenticate")
			if want := strings.Replace(test.challenge, "%s", name, 1); !strings.HasPrefix(challenge, want) || want == "" && challenge != "" {
				t.Errorf("challenged with %q, want %q", challenge, want)
			}
			wantLogged(t, h.Server, fmt.Sprintf("action=refused reason=%s code=%d instance=%q", test.reason, test.status, name))
		})
	}
	h.leave(member, outcast)
}

// TestHandshakesThatAreLetIn has the host let in by each of its functions.
func TestHandshakesThatAreLetIn(t *testing.T) {
	h := startHost(t)
	member := h.logIn("42")
	tests := []struct{ name, path, line, user string }{
		{"by the session", "/member", member, "42"},
		{"by the first function", "/device", "X-Badge: ann\r\nX-Device-Key: bad", "ann"},
		{"by the second function", "/device", "X-Device-Key: " + h.device, "door"},
		{"by the method after them", "/device", bearer(h.member), "42"},
		{"by a token in the header", "/token", bearer(h.member), "42"},
		{"by a token as a subprotocol", "/token", "Sec-WebSocket-Protocol: v1, bearer." + h.member, "42"},
		{"by a token in the cookie", "/token", "Cookie: key=" + h.member, "42"},
		{"by a token in the query", "/token?access_token=" + h.member, "X-None: x", "42"},
		{"by what a middleware says", "/known", "X-Gateway-User: ann", "ann"},
		{"by the session, where a middleware says nothing", "/known", member, "42"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			enter(t, h.Server, test.path, test.line).isUser(test.user)
		})
	}
	for path, line := range map[string]string{"/page": "Origin: https://app.example", "/checked": "X-Check: none"} {
		p := enter(t, h.Server, path, line)
		p.say("hello")
		p.hear("hello")
	}
	h.leave(member)
}

// logIn returns the line with the cookie that the host has given to user.
func (h *host) logIn(user string) string {
	h.t.Helper()
	response, err := http.PostForm(h.URL+"/login", url.Values{"user": {user}})
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	defer http.DefaultClient.CloseIdleConnections()
	for _, cookie := range response.Cookies() {
		return "Cookie: " + cookie.Name + "=" + cookie.Value
	}
	h.t.Fatalf("the login was answered with %s and no cookie", response.Status)
	return ""
}

// wantRefusal fails unless the answer has the status, and a body in GoFrame's form.
func wantRefusal(t *testing.T, response *http.Response, status, code int, message string) {
	t.Helper()
	var body struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    any    `json:"data"`
	}
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		t.Fatalf("answered with %s and no JSON: %v", response.Status, err)
	}
	if response.StatusCode != status || body.Code != code || !strings.Contains(body.Message, message) || body.Data != nil {
		t.Errorf("answered with %s and %+v, want %d, %d, %q", response.Status, body, status, code, message)
	}
}
