package guard

import (
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/model"
)

// handshake returns a good handshake for host, as ghttp hands it over.
func handshake(host string, secure bool, origins ...string) *ghttp.Request {
	r := httptest.NewRequest(http.MethodGet, "http://placeholder/ws", nil)
	r.Host = host
	if secure {
		r.TLS = &tls.ConnectionState{}
	}
	r.Header = http.Header{
		"Connection":            {"Upgrade"},
		"Upgrade":               {"websocket"},
		"Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key":     {"dGhlIHNhbXBsZSBub25jZQ=="},
	}
	if len(origins) > 0 {
		r.Header["Origin"] = origins
	}
	return &ghttp.Request{Request: r}
}

// refusalOf returns the refusal that err is, which ends the test if it is none.
func refusalOf(t *testing.T, err error) *model.Refusal {
	t.Helper()
	var refusal *model.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return refusal
}

// policyOf returns the origin policy of a list that must be good.
func policyOf(t *testing.T, required bool, allow ...string) model.OriginPolicy {
	t.Helper()
	policy, err := (&sGuard{}).ParseOrigins(allow, required)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}
