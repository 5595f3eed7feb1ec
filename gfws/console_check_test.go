package gfws_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
)

// check asks how a handshake would be answered, as the page at / does.
func (h *host) check(address string, subprotocols []string, header ...string) *gjson.Json {
	h.t.Helper()
	body, err := json.Marshal(map[string]any{"address": address, "subprotocols": subprotocols})
	if err != nil {
		h.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, "http://"+h.addr+"/check.json", strings.NewReader(string(body)))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := httpClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return gjson.New(answer)
}

// TestConsoleCheck tells what a browser does not: how its handshake was
// answered, by the guard, by the application and by the host's middlewares.
func TestConsoleCheck(t *testing.T) {
	h := newHost(t)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.BindMiddleware("/chat", func(r *ghttp.Request) {
		if r.Cookie.Get("user").String() == "" {
			r.Response.WriteStatus(http.StatusUnauthorized)
			r.Response.ClearBuffer()
			r.Response.WriteJson(ghttp.DefaultHandlerResponse{Code: 61, Message: "log in first"})
			return
		}
		r.Middleware.Next()
	})
	h.Plugin(
		gfws.New(gfws.Console("/"), gfws.CheckRequest(func(r *ghttp.Request) error {
			if r.Get("room").String() == "closed" {
				return gerror.NewCode(gcode.CodeNotAuthorized, "that room is closed")
			}
			if r.Header.Get("Sec-WebSocket-Protocol") == "v0, v1" {
				return gerror.NewCode(gcode.CodeNotAuthorized, "too old")
			}
			return nil
		})),
		gfws.New(gfws.Name("chat"), gfws.Path("/chat")),
	)
	h.start()
	own := "http://" + h.addr
	for _, c := range []struct {
		name, address string
		subprotocols  []string
		header        []string
		status        int
		message       string
	}{
		{"accepted", "/ws", nil, []string{"Origin", own}, http.StatusSwitchingProtocols, ""},
		{"no origin", "/wss?x=1", nil, nil, http.StatusSwitchingProtocols, ""},
		{"origin", "/ws", nil, []string{"Origin", "https://evil.example"}, http.StatusForbidden, "origin"},
		{"application", "/ws?room=closed", nil, []string{"Origin", own}, http.StatusUnauthorized, "that room is closed"},
		{"subprotocols", "/ws", []string{"v0", "v1"}, []string{"Origin", own}, http.StatusUnauthorized, "too old"},
		{"long subprotocols", "/ws", []string{"v1", "bearer." + strings.Repeat("x", 2000)}, []string{"Origin", own}, http.StatusSwitchingProtocols, ""},
		{"middleware", "/chat", nil, []string{"Origin", own}, http.StatusUnauthorized, "log in first"},
		{"cookie", "/chat", nil, []string{"Origin", own, "Cookie", "user=42"}, http.StatusSwitchingProtocols, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := h.check(c.address, c.subprotocols, c.header...)
			if got := answer.Get("data.status").Int(); got != c.status || !strings.Contains(answer.Get("data.message").String(), c.message) {
				t.Errorf("got %s, want %d %q", answer.MustToJsonString(), c.status, c.message)
			}
		})
	}
	for _, name := range []string{"", "chat"} {
		if open := gfws.InstanceOf(h.Server, name).Hub().Len(); open != 0 {
			t.Errorf("%d sessions of %q are left by what was only asked", open, name)
		}
	}
}

// TestConsoleCheckOfOtherAddresses asks nothing but endpoints.
func TestConsoleCheckOfOtherAddresses(t *testing.T) {
	h := newHost(t)
	asked := false
	h.BindHandler("/admin", func(*ghttp.Request) { asked = true })
	h.Plugin(gfws.New(gfws.Console("/")))
	h.start()
	for _, address := range []string{
		"/admin", "/ws/../admin", "http://" + h.addr + "/ws", "//evil.example/ws", "ws", "", "/ws%2f..%2fadmin", "/", "/check.json",
		"/" + strings.Repeat("x", 9000),
	} {
		if answer := h.check(address, nil); answer.Get("code").Int() == 0 {
			t.Errorf("%.40q: got %s", address, answer.MustToJsonString())
		}
	}
	if asked {
		t.Error("another handler of the host was asked")
	}
}

// TestConsoleCheckIsBounded in what it passes on.
func TestConsoleCheckIsBounded(t *testing.T) {
	h := startConsole(t, "/")
	for name, subprotocols := range map[string][]string{
		"many": strings.Split(strings.Repeat("v,", 16)+"v", ","),
		"long": {strings.Repeat("x", 9000)},
	} {
		answer := h.check("/ws", subprotocols)
		if answer.Get("code").Int() == 0 || !strings.Contains(answer.Get("message").String(), "ubprotocols") {
			t.Errorf("%s: got %s", name, answer.MustToJsonString())
		}
	}
}

// TestConsoleCheckWhileDraining tells that the server leaves.
func TestConsoleCheckWhileDraining(t *testing.T) {
	h := startConsole(t, "/")
	if err := gfws.InstanceOf(h.Server).Hub().Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if answer := h.check("/ws", nil); answer.Get("data.status").Int() != http.StatusServiceUnavailable {
		t.Errorf("got %s", answer.MustToJsonString())
	}
}
