package gfws_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// expectRefusal compares an answer to a handshake with what it must be: the
// status, and GoFrame's JSON form with a code and a message.
func expectRefusal(t *testing.T, res *http.Response, body string, status int, code gcode.Code, message string) {
	t.Helper()
	answer := gjson.New(body)
	if res.StatusCode != status || answer.Get("code").Int() != code.Code() || !strings.Contains(answer.Get("message").String(), message) || !answer.Contains("data") {
		t.Errorf("got %s %s, want %d with code %d and %q", res.Status, body, status, code.Code(), message)
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		t.Errorf("Content-Type is %q", res.Header.Get("Content-Type"))
	}
}

// TestCheckRequest holds how the host's error becomes the answer.
func TestCheckRequest(t *testing.T) {
	own := gcode.New(77001, "", nil)
	errs := map[string]error{
		"plain":     errors.New("plain text"),
		"401":       gerror.NewCode(gcode.CodeNotAuthorized, "log in first"),
		"400":       gerror.NewCode(gcode.CodeInvalidParameter, "no room"),
		"missing":   gerror.NewCode(gcode.CodeMissingParameter, "which room"),
		"validated": gerror.NewCode(gcode.CodeValidationFailed, "room is no number"),
		"404":       gerror.NewCode(gcode.CodeNotFound, "no such room"),
		"503":       gerror.NewCode(gcode.CodeServerBusy, "room is full"),
		"own":       gerror.NewCode(own, "own text"),
	}
	h := startHost(t, gfws.New(gfws.CheckRequest(func(r *ghttp.Request) error {
		r.Response.Write("a body of the check's own")
		return errs[r.Get("err").String()]
	})))
	for _, c := range []struct {
		err     string
		status  int
		code    gcode.Code
		message string
	}{
		{"plain", 403, gcode.CodeSecurityReason, "plain text"},
		{"401", 401, gcode.CodeNotAuthorized, "log in first"},
		{"400", 400, gcode.CodeInvalidParameter, "no room"},
		{"missing", 400, gcode.CodeMissingParameter, "which room"},
		{"validated", 400, gcode.CodeValidationFailed, "room is no number"},
		{"404", 404, gcode.CodeNotFound, "no such room"},
		{"503", 503, gcode.CodeServerBusy, "room is full"},
		{"own", 403, own, "own text"},
	} {
		p, res, body := h.tryDial("/ws?err=" + c.err)
		if p != nil {
			t.Errorf("%s was let in", c.err)
			continue
		}
		expectRefusal(t, res, body, c.status, c.code, c.message)
	}
	h.dial("/ws").echo(websocket.TextMessage, "let in")
}

// TestCheckRequestPanics answers 500 and lives on.
func TestCheckRequestPanics(t *testing.T) {
	h := startHost(t, gfws.New(gfws.CheckRequest(func(r *ghttp.Request) error {
		if r.Get("panic").Bool() {
			panic("secret")
		}
		return nil
	})))
	if p, res, body := h.tryDial("/ws?panic=1"); p != nil || res.StatusCode != http.StatusInternalServerError {
		t.Errorf("got %s %q", res.Status, body)
	}
	h.dial("/ws").echo(websocket.TextMessage, "let in")
}

// TestNotAHandshake answers in GoFrame's form what a handshake lacks, before
// anybody is asked.
func TestNotAHandshake(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Logger((&logs{}).logger()), gfws.CheckRequest(func(*ghttp.Request) error {
		t.Error("the host was asked")
		return nil
	})))
	handshake := []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}
	for _, c := range []struct {
		name, method string
		header       []string
		status       int
		answer       string // a header of the answer
	}{
		{"a browser", "GET", nil, 426, "Upgrade"},
		{"a form", "POST", nil, 426, "Upgrade"},
		{"PUT", "PUT", nil, 426, "Upgrade"},
		{"PATCH", "PATCH", nil, 426, "Upgrade"},
		{"DELETE", "DELETE", nil, 426, "Upgrade"},
		{"no Upgrade", "GET", []string{"Connection", "Upgrade"}, 426, "Upgrade"},
		{"another protocol", "GET", []string{"Connection", "Upgrade", "Upgrade", "h2c"}, 426, "Upgrade"},
		{"POST handshake", "POST", handshake, 405, "Allow"},
		{"version 8", "GET", append(handshake[:4:4], "Sec-WebSocket-Version", "8"), 426, "Sec-Websocket-Version"},
		{"no key", "GET", handshake[:6], 400, ""},
		{"bad key", "GET", append(handshake[:6:6], "Sec-WebSocket-Key", "x"), 400, ""},
		{"two keys", "GET", append(handshake[:8:8], "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), 400, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, body := h.ask(c.method, "/ws", c.header...)
			expectRefusal(t, res, body, c.status, gcode.CodeInvalidRequest, "")
			if c.answer != "" && res.Header.Get(c.answer) == "" {
				t.Errorf("%s is missing in %v", c.answer, res.Header)
			}
		})
	}
	if res, body := h.ask("HEAD", "/ws"); res.StatusCode != http.StatusUpgradeRequired || body != "" {
		t.Errorf("HEAD: %s %q", res.Status, body)
	}
}

func TestOrigins(t *testing.T) {
	h := startHost(t,
		gfws.New(),
		gfws.New(gfws.Name("listed"), gfws.Origins("https://app.example.com", "https://*.example.org", "null")),
		gfws.New(gfws.Name("any"), gfws.Origins("any")),
		gfws.New(gfws.Name("browsers"), gfws.Configure(func(c *gfws.Config) { c.Origin.Required = true })),
	)
	for _, c := range []struct {
		path   string
		origin string
		let    bool
	}{
		{"/ws", "", true},
		{"/ws", "http://" + h.addr, true},
		{"/ws", "https://app.example.com", false},
		{"/ws", "null", false},
		{"/ws", "http://" + h.addr + ".evil.com", false},
		{"/listed", "https://app.example.com", true},
		{"/listed", "https://a.example.org", true},
		{"/listed", "https://example.org", false},
		{"/listed", "null", true},
		{"/listed", "http://" + h.addr, false},
		{"/any", "https://evil.com", true},
		{"/browsers", "http://" + h.addr, true},
		{"/browsers", "", false},
	} {
		var header []string
		if c.origin != "" {
			header = []string{"Origin", c.origin}
		}
		p, res, body := h.tryDial(c.path, header...)
		if c.let != (p != nil) {
			t.Errorf("%s from %q: %s", c.path, c.origin, res.Status)
		}
		if p == nil {
			expectRefusal(t, res, body, http.StatusForbidden, gcode.CodeSecurityReason, "origin")
		}
	}
}

func TestCheckMessage(t *testing.T) {
	handled := make(chan string, 10)
	h := startHost(t, gfws.New(
		gfws.Logger((&logs{}).logger()),
		gfws.CheckMessage(func(_ context.Context, _ *ws.Session, m ws.Message) error {
			switch string(m.Data) {
			case "plain":
				return errors.New("no such word")
			case "panic":
				panic("as told")
			case "own":
				return &ws.CloseError{Code: 4009, Reason: "own"}
			case "long":
				return errors.New(strings.Repeat("世", 100))
			}
			return nil
		}),
		gfws.Handle(ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
			handled <- string(m.Data)
			return s.Reply(m)
		}}),
	))
	for word, code := range map[string]int{"plain": 1008, "own": 4009, "long": 1008, "panic": 1011} {
		p := h.dial("/ws")
		p.echo(websocket.TextMessage, "good")
		p.send(websocket.TextMessage, word)
		p.expectClose(code, map[string]string{"plain": "no such word", "own": "own", "long": "世", "panic": "internal error"}[word])
	}
	for range 4 {
		if got := receive(t, "a message", handled); got != "good" {
			t.Errorf("the handler got %q", got)
		}
	}
}

func TestMessageTypes(t *testing.T) {
	only := func(kind string) gfws.Option {
		return gfws.Configure(func(c *gfws.Config) { c.Message.Types = []string{kind} })
	}
	h := startHost(t, gfws.New(gfws.Name("text"), only("text")), gfws.New(gfws.Name("binary"), only("binary")))
	for path, kinds := range map[string][2]int{
		"/text":   {websocket.TextMessage, websocket.BinaryMessage},
		"/binary": {websocket.BinaryMessage, websocket.TextMessage},
	} {
		p := h.dial(path)
		p.echo(kinds[0], "good")
		p.send(kinds[1], "bad")
		p.expectClose(websocket.CloseUnsupportedData, "not taken")
	}
}

func TestSubprotocols(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Subprotocols("v2.json", "v1.json")), gfws.New(gfws.Name("none")))
	for _, c := range []struct{ path, asked, want string }{
		{"/ws", "", ""},
		{"/ws", "v1.json", "v1.json"},
		{"/ws", "v1.json, v2.json", "v2.json"},
		{"/ws", "other", ""},
		{"/none", "v1.json", ""},
	} {
		var header []string
		if c.asked != "" {
			header = []string{"Sec-WebSocket-Protocol", c.asked}
		}
		p := h.dial(c.path, header...)
		if got := p.Subprotocol(); got != c.want {
			t.Errorf("%s asked for %q and got %q, want %q", c.path, c.asked, got, c.want)
		}
		p.echo(websocket.TextMessage, "hello")
	}
}

// TestLogger holds that refusals are logged once, where the host wants them.
func TestLogger(t *testing.T) {
	own := &logs{}
	h := startHost(t, gfws.New(gfws.Logger(own.logger())))
	h.tryDial("/ws", "Origin", "https://evil.com")
	waitFor(t, "the log", func() bool { return own.String() != "" })
	line := own.String()
	for _, part := range []string{"403", "origin", "/ws", "127.0.0.1", "default"} {
		if !strings.Contains(line, part) {
			t.Errorf("%q does not say %s", line, part)
		}
	}
	if strings.Count(line, "refused") != 1 || strings.Contains(h.logs.String(), "refused") {
		t.Errorf("logged twice:\n%s\n%s", line, h.logs)
	}
}

// TestLogKeepsItsLines holds that no client writes lines of its own into the log:
// ghttp takes the route from X-Url-Path, and leaves the path of the URL as it came.
func TestLogKeepsItsLines(t *testing.T) {
	own := &logs{}
	h := startHost(t, gfws.New(gfws.Logger(own.logger()), gfws.CheckRequest(func(r *ghttp.Request) error {
		return errors.New(r.Get("why").String())
	})))
	for _, path := range []string{"/x%0A2026-01-01T00:00:00.000Z%20forged", "/ws?why=%0D%0Aforged"} {
		if p, res, _ := h.tryDial(path, "X-Url-Path", "/ws"); p != nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("%s got %s", path, res.Status)
		}
	}
	waitFor(t, "the log", func() bool { return strings.Count(own.String(), "refused") == 2 })
	for _, line := range strings.Split(own.String(), "\n") {
		if strings.Contains(line, "forged") && !strings.Contains(line, "refused") {
			t.Errorf("a client wrote the line %q", line)
		}
	}
}

// TestLogKeepsSecrets holds that what stands in the query is not logged.
func TestLogKeepsSecrets(t *testing.T) {
	own := &logs{}
	h := startHost(t, gfws.New(gfws.Logger(own.logger())))
	h.tryDial("/ws?token=secret", "Origin", "https://evil.com", "Authorization", "Bearer secret")
	waitFor(t, "the log", func() bool { return own.String() != "" })
	if strings.Contains(own.String(), "secret") {
		t.Errorf("the log tells the token: %s", own)
	}
}
