package guard

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/model"
)

// TestCheckHandshakeOrder breaks one thing after another: each answer is that
// of the first check that fails, and the application is asked last.
func TestCheckHandshakeOrder(t *testing.T) {
	asked := 0
	policy := &model.Policy{CheckRequest: func(*ghttp.Request) error {
		asked++
		return errors.New("not today")
	}}
	for _, c := range []struct {
		name     string
		broken   bool
		draining bool
		origin   string
		status   int
		reason   string
		asked    int
	}{
		{"all is wrong", true, true, "http://evil.com", http.StatusUpgradeRequired, "handshake", 0},
		{"draining and evil", false, true, "http://evil.com", http.StatusServiceUnavailable, "draining", 0},
		{"evil", false, false, "http://evil.com", http.StatusForbidden, "origin", 0},
		{"refused by the application", false, false, "http://good.com", http.StatusForbidden, "request", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			asked = 0
			r := handshake("good.com", false, c.origin)
			if c.broken {
				r.Header.Del("Upgrade")
			}
			_, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: policy, Draining: c.draining})
			refusal := refusalOf(t, err)
			if refusal.Status != c.status || refusal.Reason != c.reason {
				t.Errorf("got %d %s, want %d %s", refusal.Status, refusal.Reason, c.status, c.reason)
			}
			if asked != c.asked {
				t.Errorf("the application was asked %d times, want %d", asked, c.asked)
			}
		})
	}
}

func TestCheckHandshakeLetsIn(t *testing.T) {
	asked := false
	policy := &model.Policy{CheckRequest: func(r *ghttp.Request) error { asked = r.Host == "good.com"; return nil }}
	in := model.HandshakeInput{Request: handshake("good.com", false, "http://good.com"), Policy: policy}
	if _, err := (&sGuard{}).CheckHandshake(in); err != nil || !asked {
		t.Fatalf("asked %v, got %v", asked, err)
	}
	policy.CheckRequest = nil
	if _, err := (&sGuard{}).CheckHandshake(in); err != nil {
		t.Fatal(err)
	}
}

func TestRefusalHeaders(t *testing.T) {
	check := func(change func(*ghttp.Request), draining bool) *model.Refusal {
		r := handshake("good.com", false)
		change(r)
		_, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: &model.Policy{}, Draining: draining})
		return refusalOf(t, err)
	}
	plain := check(func(r *ghttp.Request) { r.Header = http.Header{} }, false)
	if plain.Status != http.StatusUpgradeRequired || plain.Header.Get("Upgrade") != "websocket" || plain.Header.Get("Connection") != "Upgrade" {
		t.Errorf("no handshake: %+v", plain)
	}
	version := check(func(r *ghttp.Request) { r.Header.Set("Sec-WebSocket-Version", "8") }, false)
	if version.Status != http.StatusUpgradeRequired || version.Header.Get("Sec-WebSocket-Version") != "13" {
		t.Errorf("version 8: %+v", version)
	}
	method := check(func(r *ghttp.Request) { r.Method = http.MethodPost }, false)
	if method.Status != http.StatusMethodNotAllowed || method.Header.Get("Allow") != http.MethodGet {
		t.Errorf("POST: %+v", method)
	}
	key := check(func(r *ghttp.Request) { r.Header.Set("Sec-WebSocket-Key", "short") }, false)
	if key.Status != http.StatusBadRequest || key.Code != gcode.CodeInvalidRequest {
		t.Errorf("key: %+v", key)
	}
	draining := check(func(*ghttp.Request) {}, true)
	if draining.Header.Get("Retry-After") == "" || draining.Code != gcode.CodeServerBusy {
		t.Errorf("draining: %+v", draining)
	}
}

func TestCheckRequestStatus(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   int
	}{
		{errors.New("plain"), 403, gcode.CodeSecurityReason.Code()},
		{gerror.New("without a code"), 403, gcode.CodeSecurityReason.Code()},
		{gerror.NewCode(gcode.CodeNotAuthorized, "who are you"), 401, gcode.CodeNotAuthorized.Code()},
		{gerror.NewCode(gcode.CodeInvalidParameter, "x"), 400, gcode.CodeInvalidParameter.Code()},
		{gerror.NewCode(gcode.CodeMissingParameter, "x"), 400, gcode.CodeMissingParameter.Code()},
		{gerror.NewCode(gcode.CodeValidationFailed, "x"), 400, gcode.CodeValidationFailed.Code()},
		{gerror.NewCode(gcode.CodeInvalidRequest, "x"), 400, gcode.CodeInvalidRequest.Code()},
		{gerror.NewCode(gcode.CodeNotFound, "x"), 404, gcode.CodeNotFound.Code()},
		{gerror.NewCode(gcode.CodeServerBusy, "x"), 503, gcode.CodeServerBusy.Code()},
		{gerror.NewCode(gcode.CodeInternalError, "x"), 500, gcode.CodeInternalError.Code()},
		{gerror.NewCode(gcode.CodeSecurityReason, "x"), 403, gcode.CodeSecurityReason.Code()},
		{gerror.NewCode(gcode.New(77001, "the host's own", nil), "x"), 403, 77001},
		{gerror.Wrap(gerror.NewCode(gcode.CodeNotAuthorized, "inner"), "outer"), 401, gcode.CodeNotAuthorized.Code()},
		{fmt.Errorf("outer: %w", &model.Refusal{Status: 418, Code: gcode.CodeOK, Reason: "own"}), 418, 0},
	} {
		policy := &model.Policy{CheckRequest: func(*ghttp.Request) error { return c.err }}
		refusal := refusalOf(t, checkRequest(model.HandshakeInput{Request: handshake("good.com", false), Policy: policy}))
		if refusal.Status != c.status || refusal.Code.Code() != c.code {
			t.Errorf("%v: got %d with code %d, want %d with %d", c.err, refusal.Status, refusal.Code.Code(), c.status, c.code)
		}
		if refusal.Reason == "request" && refusal.Message != c.err.Error() {
			t.Errorf("%v: message %q", c.err, refusal.Message)
		}
	}
}
