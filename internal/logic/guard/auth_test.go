package guard

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// verifyForTests takes tokens that say whom they belong to, or what is wrong.
func verifyForTests(_ context.Context, token string) (ws.Identity, error) {
	switch token {
	case "expired":
		return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "the token has expired")
	case "busy":
		return ws.Identity{}, gerror.NewCode(gcode.CodeServerBusy, "try later")
	case "broken":
		return ws.Identity{}, gerror.NewCode(gcode.CodeInternalError, "it broke")
	case "secret-reason":
		return ws.Identity{}, errors.New("no row in table tokens")
	case "nobody":
		return ws.Identity{}, nil
	}
	user, ok := strings.CutPrefix(token, "of-")
	if !ok {
		return ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "the token is not valid")
	}
	return ws.Identity{User: user}, nil
}

// allMethods takes tokens in every way of the handshake.
func allMethods() model.AuthPolicy {
	return model.AuthPolicy{
		Required: true, Realm: "chat", Verify: verifyForTests,
		Methods: []model.AuthMethod{
			{Kind: model.AuthBearer}, {Kind: model.AuthSubprotocol}, {Kind: model.AuthCookie, Name: "token"}, {Kind: model.AuthQuery},
		},
	}
}

// withHeader returns a good handshake with headers in pairs, and a query.
func withHeader(query string, pairs ...string) *ghttp.Request {
	r := handshake("good.com", false)
	r.URL.RawQuery = query
	for i := 0; i < len(pairs); i += 2 {
		r.Header.Add(pairs[i], pairs[i+1])
	}
	return r
}

func TestAuthenticate(t *testing.T) {
	for _, c := range []struct {
		name   string
		r      *ghttp.Request
		user   string
		status int
		code   gcode.Code
		detail string // in the challenge
	}{
		{"header", withHeader("", "Authorization", "Bearer of-1"), "1", 0, nil, ""},
		{"header in another case", withHeader("", "Authorization", "bEARER  of-1 "), "1", 0, nil, ""},
		{"subprotocol", withHeader("", "Sec-Websocket-Protocol", "v1, bearer.of-2"), "2", 0, nil, ""},
		{"subprotocol in a second line", withHeader("", "Sec-Websocket-Protocol", "v1", "Sec-Websocket-Protocol", "bearer.of-2"), "2", 0, nil, ""},
		{"cookie", withHeader("", "Cookie", "a=b; token=of-3"), "3", 0, nil, ""},
		{"query", withHeader("a=1&access_token=of-4&b=2"), "4", 0, nil, ""},
		{"query with escapes", withHeader("access%5Ftoken=of%2D4"), "4", 0, nil, ""},
		{"the first method decides", withHeader("access_token=of-4", "Authorization", "Bearer of-1", "Cookie", "token=of-3"), "1", 0, nil, ""},
		{"the first method decides, though it is bad", withHeader("", "Authorization", "Bearer bad", "Cookie", "token=of-3"), "", 401, gcode.CodeNotAuthorized, `error="invalid_token"`},

		{"nothing", withHeader(""), "", 401, gcode.CodeNotAuthorized, `Bearer realm="chat"`},
		{"another scheme", withHeader("", "Authorization", "Basic b2YtMQ=="), "", 401, gcode.CodeNotAuthorized, `Bearer realm="chat"`},
		{"empty header", withHeader("", "Authorization", "Bearer "), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"scheme alone", withHeader("", "Authorization", "Bearer"), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"two headers", withHeader("", "Authorization", "Bearer of-1", "Authorization", "Bearer of-2"), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"two subprotocols", withHeader("", "Sec-Websocket-Protocol", "bearer.of-1, bearer.of-2"), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"two parameters", withHeader("access_token=of-1&access_token=of-2"), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"two cookies", withHeader("", "Cookie", "token=of-1; token=of-2"), "", 400, gcode.CodeInvalidRequest, `error="invalid_request"`},
		{"cookie of another name", withHeader("", "Cookie", "Token=of-1; access_token=of-1"), "", 401, gcode.CodeNotAuthorized, ""},
		{"parameter of another name", withHeader("Access_token=of-1&token=of-1"), "", 401, gcode.CodeNotAuthorized, ""},
		{"subprotocol in another case", withHeader("", "Sec-Websocket-Protocol", "Bearer.of-1"), "", 401, gcode.CodeNotAuthorized, ""},
		{"bad", withHeader("", "Authorization", "Bearer bad"), "", 401, gcode.CodeNotAuthorized, `error_description="the token is not valid"`},
		{"expired", withHeader("", "Authorization", "Bearer expired"), "", 401, gcode.CodeNotAuthorized, `error_description="the token has expired"`},
		{"of nobody", withHeader("", "Authorization", "Bearer nobody"), "", 401, gcode.CodeNotAuthorized, `error="invalid_token"`},
		{"refused for a reason without a code", withHeader("", "Authorization", "Bearer secret-reason"), "", 401, gcode.CodeNotAuthorized, `error_description="the credentials are not valid"`},
		{"busy", withHeader("", "Authorization", "Bearer busy"), "", 503, gcode.CodeServerBusy, ""},
		{"broken", withHeader("", "Authorization", "Bearer broken"), "", 500, gcode.CodeInternalError, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			policy := &model.Policy{Auth: allMethods()}
			identity, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: c.r, Policy: policy})
			if c.status == 0 {
				if err != nil || identity.User != c.user {
					t.Fatalf("got %+v, %v", identity, err)
				}
				return
			}
			refusal := refusalOf(t, err)
			challenge := refusal.Header.Get("Www-Authenticate")
			if refusal.Status != c.status || refusal.Code != c.code || !strings.Contains(challenge, c.detail) || identity.Known() {
				t.Errorf("got %+v", refusal)
			}
			if (challenge != "") != (c.status < 500) {
				t.Errorf("challenged with %q", challenge)
			}
		})
	}
}

// TestAuthenticateWithoutMethods holds that what is not switched on is not read.
func TestAuthenticateWithoutMethods(t *testing.T) {
	for _, kind := range []model.AuthKind{model.AuthBearer, model.AuthSubprotocol, model.AuthCookie, model.AuthQuery} {
		policy := allMethods()
		policy.Methods = nil
		for _, method := range allMethods().Methods {
			if method.Kind != kind {
				policy.Methods = append(policy.Methods, method)
			}
		}
		r := withHeader("")
		switch kind {
		case model.AuthBearer:
			r.Header.Set("Authorization", "Bearer of-1")
		case model.AuthSubprotocol:
			r.Header.Set("Sec-Websocket-Protocol", "bearer.of-1")
		case model.AuthCookie:
			r.Header.Set("Cookie", "token=of-1")
		case model.AuthQuery:
			r.URL.RawQuery = "access_token=of-1"
		}
		_, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: &model.Policy{Auth: policy}})
		if refusalOf(t, err).Status != http.StatusUnauthorized {
			t.Errorf("kind %d is read though it is off", kind)
		}
	}
}

func TestStrangers(t *testing.T) {
	for _, c := range []struct {
		name   string
		policy model.AuthPolicy
		asks   bool
		in     bool
	}{
		{"nobody is asked", model.AuthPolicy{Required: true}, false, true},
		{"asked, not required", model.AuthPolicy{Methods: []model.AuthMethod{{Kind: model.AuthBearer}}}, true, true},
		{"required", model.AuthPolicy{Required: true, Methods: []model.AuthMethod{{Kind: model.AuthBearer}}}, true, false},
		{"required, and the first message will do", model.AuthPolicy{Required: true, InData: true}, true, true},
	} {
		identity, err := authenticate(model.HandshakeInput{Request: withHeader(""), Policy: &model.Policy{Auth: c.policy}})
		if (err == nil) != c.in || identity.Known() || c.policy.Asks() != c.asks {
			t.Errorf("%s: got %+v, %v", c.name, identity, err)
		}
	}
}

// TestHostAuthenticates holds what the host's own function can say.
func TestHostAuthenticates(t *testing.T) {
	for _, c := range []struct {
		name     string
		identity ws.Identity
		err      error
		user     string
		status   int
	}{
		{"somebody", ws.Identity{User: "7"}, nil, "7", 0},
		{"nobody, so the next is asked", ws.Identity{}, nil, "1", 0},
		{"refused", ws.Identity{}, gerror.NewCode(gcode.CodeNotAuthorized, "no"), "", 401},
		{"refused without a code", ws.Identity{}, errors.New("no"), "", 401},
		{"refused with somebody", ws.Identity{User: "7"}, errors.New("no"), "", 401},
		{"busy", ws.Identity{}, gerror.NewCode(gcode.CodeServerBusy, "no"), "", 503},
	} {
		policy := allMethods()
		policy.Methods = append([]model.AuthMethod{{Kind: model.AuthHost, Ask: func(*ghttp.Request) (ws.Identity, error) {
			return c.identity, c.err
		}}}, policy.Methods...)
		r := withHeader("", "Authorization", "Bearer of-1")
		identity, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: &model.Policy{Auth: policy}})
		if c.status == 0 && (err != nil || identity.User != c.user) || c.status != 0 && refusalOf(t, err).Status != c.status {
			t.Errorf("%s: got %+v, %v", c.name, identity, err)
		}
	}
}

func TestAuthorize(t *testing.T) {
	own := gcode.New(77001, "", nil)
	for _, c := range []struct {
		err  error
		code gcode.Code
	}{
		{nil, nil},
		{errors.New("only for members"), gcode.CodeSecurityReason},
		{gerror.NewCode(own, "only for members"), own},
	} {
		policy := allMethods()
		policy.Authorize = func(_ context.Context, identity ws.Identity, h ws.Handshake) error {
			if identity.User != "1" || h.Host != "good.com" || h.RawQuery != "room=2" {
				t.Errorf("asked for %+v at %+v", identity, h)
			}
			return c.err
		}
		r := withHeader("room=2&access_token=of-1")
		identity, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: &model.Policy{Auth: policy}})
		if c.err == nil {
			if err != nil || identity.User != "1" {
				t.Errorf("got %v", err)
			}
			continue
		}
		refusal := refusalOf(t, err)
		if refusal.Status != http.StatusForbidden || refusal.Code != c.code || refusal.Message != "only for members" ||
			!strings.Contains(refusal.Header.Get("Www-Authenticate"), "insufficient_scope") {
			t.Errorf("got %+v", refusal)
		}
	}
}

// TestOriginBeforeCredentials holds that no token of a page that may not connect
// is even verified, and that the application is asked last.
func TestOriginBeforeCredentials(t *testing.T) {
	policy := &model.Policy{Auth: allMethods()}
	policy.Auth.Verify = func(context.Context, string) (ws.Identity, error) {
		t.Error("a token was verified")
		return ws.Identity{}, nil
	}
	policy.CheckRequest = func(*ghttp.Request) error { t.Error("the application was asked"); return nil }
	r := withHeader("", "Authorization", "Bearer of-1", "Origin", "https://evil.com")
	_, err := (&sGuard{}).CheckHandshake(model.HandshakeInput{Request: r, Policy: policy})
	if refusalOf(t, err).Reason != "origin" {
		t.Errorf("got %v", err)
	}
}

func TestChallengeIsQuoted(t *testing.T) {
	got := challenge("a\"b\\c\nd\u00e9", "invalid_token", "e\"\r\nf").Get("Www-Authenticate")
	if want := `Bearer realm="a?b?c?d?", error="invalid_token", error_description="e???f"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
