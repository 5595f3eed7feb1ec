package gfws_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	v1 "github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/wstest"
)

func TestPushRefuses(t *testing.T) {
	kit := wstest.Install(t, withPush()...)
	p, ann := newProgram(t, kit), kit.Connect(wstest.As("ann"))
	many := `["` + strings.Repeat(`u","`, 1000) + `u"]`
	for _, tt := range []struct {
		path, body string
		code       int
	}{
		{"/push/messages", `{"data":"to nobody"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"user":"ann","data":"to two"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"users":` + many + `,"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"except":{"users":` + many + `},"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"users":["ann",""],"data":"x"}`, gcode.CodeValidationFailed.Code()},
		{"/push/messages", `{"user":"ann"}`, gcode.CodeMissingParameter.Code()},
		{"/push/messages", `{"user":"ann","data":null}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"except":"ann","data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"except":["ann"],"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"except":1,"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"except":{"user":["ann"]},"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"excpet":{"users":["ann"]},"data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":"yes","data":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"all":true,"data":"x"} {}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"user":"ann","data":{"a":1}}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"user":"ann","type":"binary","data":"not base64!"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `{"user":"ann","type":"shout","data":"x"}`, gcode.CodeValidationFailed.Code()},
		{"/push/messages", `{"user":"` + strings.Repeat("u", 257) + `","data":"x"}`, gcode.CodeValidationFailed.Code()},
		{"/push/messages", `{`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", `["ann"]`, gcode.CodeInvalidParameter.Code()},
		{"/push/messages", ``, gcode.CodeInvalidParameter.Code()},
		{"/push/disconnect", `{}`, gcode.CodeValidationFailed.Code()},
		{"/push/disconnect", `{"user":"ann","session":"x"}`, gcode.CodeInvalidParameter.Code()},
		{"/push/disconnect", `{"user":"ann","code":1006}`, gcode.CodeInvalidParameter.Code()},
		{"/push/disconnect", `{"user":"ann","code":5000}`, gcode.CodeValidationFailed.Code()},
		{"/push/disconnect", `{"user":"ann","reason":"` + strings.Repeat("r", 124) + `"}`, gcode.CodeValidationFailed.Code()},
		{"/push/disconnect", `{"user":"ann","reason":"` + strings.Repeat("é", 62) + `"}`, gcode.CodeInvalidParameter.Code()},
	} {
		got := p.post(tt.path, tt.body)
		if got.Status != http.StatusBadRequest || got.Code != tt.code || got.Message == "" {
			t.Errorf("%.80s was answered with %d: %d %.80q, want 400: %d", tt.body, got.Status, got.Code, got.Message, tt.code)
		}
	}
	for _, path := range []string{"/push/sessions?page=0", "/push/sessions?size=1001", "/push/rooms?page=x", "/push/users?size=-1"} {
		if got := p.get(path); got.Status != http.StatusBadRequest {
			t.Errorf("%s was answered with %d", path, got.Status)
		}
	}
	ann.AssertNoPush()
}

func TestPushBodies(t *testing.T) {
	kit := wstest.Install(t, withPush()...)
	p := newProgram(t, kit)
	ann := kit.Connect(wstest.As("ann"))
	large := `{"user":"ann","data":"` + strings.Repeat("x", 1<<20) + `"}`
	if got := p.post("/push/messages", large); got.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of %d bytes was answered with %d", len(large), got.Status)
	}
	body := `{"user":"ann","data":"x"}`
	for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json; x", "application"} {
		if got := p.ask(http.MethodPost, "/push/messages", contentType, body); got.Status != http.StatusUnsupportedMediaType {
			t.Errorf("a body of type %q was answered with %d", contentType, got.Status)
		}
	}
	expect[v1.SendRes](t, p.ask(http.MethodPost, "/push/messages", "application/json; charset=utf-8", body))
	ann.AssertText("x")
	ann.AssertNoPush()
}

func TestPushTokens(t *testing.T) {
	kit := wstest.Install(t, withPush()...)
	ann := kit.Connect(wstest.As("ann"))
	for _, header := range []string{"", "Bearer", "Bearer ", "Bearer " + pushToken[1:], "Bearer " + pushToken + "x", pushToken, "Basic " + pushToken} {
		request, err := http.NewRequest(http.MethodPost, "http://wstest/push/messages?access_token="+url.QueryEscape(pushToken), strings.NewReader(`{"all":true,"data":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		if header != "" {
			request.Header.Set("Authorization", header)
		}
		response, err := kit.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusUnauthorized || response.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q was answered with %s", header, response.Status)
		}
	}
	ann.AssertNoPush()
}

func TestPushAuthenticator(t *testing.T) {
	kit := wstest.Install(t, gfws.Push("/api/push", func(r *ghttp.Request) error {
		switch r.Header.Get("Authorization") {
		case "Bearer good":
			return nil
		case "Bearer busy":
			return gerror.NewCode(gcode.CodeServerBusy, "later")
		case "Bearer panic":
			panic("on purpose")
		default:
			return gerror.New("not you")
		}
	}))
	if got := (&program{t, kit.Client(), "other", "http://wstest"}).get("/api/push/stats"); got.Message != "not you" {
		t.Errorf("refused with %q", got.Message)
	}
	for token, want := range map[string]int{"good": 200, "busy": 503, "": 403, "other": 403} {
		p := &program{t, kit.Client(), token, "http://wstest"}
		if got := p.get("/api/push/stats"); got.Status != want || want != 200 && got.Data != nil && string(got.Data) != "null" {
			t.Errorf("%q was answered with %d: %+v, want %d", token, got.Status, got, want)
		}
	}
}

func TestPushThatCannotBe(t *testing.T) {
	open := func(*ghttp.Request) error { return nil }
	for _, tt := range []struct {
		name, says string
		opts       []gfws.Option
	}{
		{"short token", "push.token", []gfws.Option{gfws.Configure(func(c *gfws.Config) { c.Push.Token = "short" })}},
		{"token and function", "push.token", withPush(gfws.Push("/push", open))},
		{"path with a wildcard", "push.path", []gfws.Option{gfws.Push("/push/*any", open)}},
		{"no path", "push.path", []gfws.Option{gfws.Push("/", open)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := gfws.New(tt.opts...).Check()
			if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "short") {
				t.Errorf("got %v, want %s in it", err, tt.says)
			}
		})
	}
}
