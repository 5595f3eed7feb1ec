package guard

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/model"
)

// originCase is a handshake from a page, and whether it is let in.
type originCase struct {
	name    string
	host    string
	secure  bool
	origins []string
	allowed bool
}

func checkOrigins(t *testing.T, cases []originCase, required bool, allow ...string) {
	t.Helper()
	policy := model.Policy{Origin: policyOf(t, required, allow...)}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := checkOrigin(handshake(c.host, c.secure, c.origins...).Request, &policy)
			if c.allowed {
				if err != nil {
					t.Fatalf("%q for %s was refused: %v", c.origins, c.host, err)
				}
				return
			}
			refusal := refusalOf(t, err)
			if refusal.Status != http.StatusForbidden || refusal.Code != gcode.CodeSecurityReason || refusal.Reason != "origin" {
				t.Errorf("refused as %+v", refusal)
			}
		})
	}
}

func TestOriginOfTheSameHost(t *testing.T) {
	checkOrigins(t, []originCase{
		{"no origin is no browser", "app.example.com", false, nil, true},
		{"same host", "app.example.com", false, []string{"http://app.example.com"}, true},
		{"same host and port", "app.example.com:8199", false, []string{"http://app.example.com:8199"}, true},
		{"upper case", "App.Example.COM", false, []string{"HTTP://APP.example.com"}, true},
		{"default port said by the page", "app.example.com", false, []string{"http://app.example.com:80"}, true},
		{"default port said by the host", "app.example.com:80", false, []string{"http://app.example.com"}, true},
		{"page on TLS behind a proxy", "app.example.com", false, []string{"https://app.example.com"}, true},
		{"page on TLS, server on TLS", "app.example.com", true, []string{"https://app.example.com"}, true},
		{"TLS default port said by the host", "app.example.com:443", true, []string{"https://app.example.com"}, true},
		{"plain page, server on TLS", "app.example.com", true, []string{"http://app.example.com"}, false},
		{"plain default port is not that of TLS", "app.example.com:443", false, []string{"http://app.example.com"}, false},
		{"IPv4", "127.0.0.1:8199", false, []string{"http://127.0.0.1:8199"}, true},
		{"IPv6", "[::1]:8199", false, []string{"http://[::1]:8199"}, true},
		{"IPv6 default port", "[::1]", false, []string{"http://[::1]:80"}, true},
		{"IPv6 ends like a port", "[2001:db8::80]", false, []string{"http://[2001:db8::80]"}, true},
		{"punycode", "xn--bcher-kva.example", false, []string{"https://xn--bcher-kva.example"}, true},

		{"other port", "app.example.com:8199", false, []string{"http://app.example.com:8200"}, false},
		{"no port for one that has", "app.example.com:8199", false, []string{"http://app.example.com"}, false},
		{"other host", "app.example.com", false, []string{"http://evil.com"}, false},
		{"suffix trick", "good.com", false, []string{"https://good.com.evil.com"}, false},
		{"prefix trick", "good.com", false, []string{"https://evilgood.com"}, false},
		{"sub-domain", "good.com", false, []string{"https://sub.good.com"}, false},
		{"parent domain", "sub.good.com", false, []string{"https://good.com"}, false},
		{"null", "good.com", false, []string{"null"}, false},
		{"null in upper case", "good.com", false, []string{"NULL"}, false},
		{"two headers, both good", "good.com", false, []string{"http://good.com", "http://good.com"}, false},
		{"two headers, the second bad", "good.com", false, []string{"http://good.com", "http://evil.com"}, false},
		{"two in one", "good.com", false, []string{"http://good.com, http://evil.com"}, false},
		{"two in one without a space", "good.com", false, []string{"http://good.com,http://evil.com"}, false},
		{"two in one, space between", "good.com", false, []string{"http://good.com http://evil.com"}, false},
		{"userinfo", "good.com", false, []string{"http://good.com@evil.com"}, false},
		{"userinfo of the good host", "good.com", false, []string{"http://user@good.com"}, false},
		{"path", "good.com", false, []string{"http://good.com/"}, false},
		{"query", "good.com", false, []string{"http://good.com?"}, false},
		{"fragment", "good.com", false, []string{"http://good.com#"}, false},
		{"backslash", "good.com", false, []string{`http://good.com\.evil.com`}, false},
		{"escape", "good.com", false, []string{"http://good%2ecom"}, false},
		{"line end", "good.com", false, []string{"http://good.com\n"}, false},
		{"no-break space", "good.com", false, []string{"http://good.com\u00a0"}, false},
		{"letter that folds to k", "book.com", false, []string{"http://boo\u212a.com"}, false},
		{"letter that folds to s", "as.com", false, []string{"http://a\u017f.com"}, false},
		{"scheme that folds to https", "good.com", false, []string{"http\u017f://good.com"}, false},
		{"trailing dot is another origin", "good.com", false, []string{"http://good.com."}, false},
		{"other scheme", "good.com", false, []string{"ftp://good.com"}, false},
		{"scheme of a socket", "good.com", false, []string{"ws://good.com"}, false},
		{"file", "good.com", false, []string{"file://"}, false},
		{"no scheme", "good.com", false, []string{"good.com"}, false},
		{"scheme-relative", "good.com", false, []string{"//good.com"}, false},
		{"one slash", "good.com", false, []string{"http:/good.com"}, false},
		{"empty", "good.com", false, []string{""}, false},
		{"empty port", "good.com", false, []string{"http://good.com:"}, false},
		{"port with a zero before it", "good.com:80", false, []string{"http://good.com:080"}, false},
		{"garbage", "good.com", false, []string{"\x00\xff://\x01"}, false},
		{"empty host and empty origin", "", false, []string{"http://"}, false},
		{"very long", "good.com", false, []string{"http://" + strings.Repeat("a.", 1<<16) + "good.com"}, false},
		{"very long label", "good.com", false, []string{"http://" + strings.Repeat("a", 1<<20)}, false},
	}, false)
}

func TestOriginOfAList(t *testing.T) {
	checkOrigins(t, []originCase{
		{"listed", "api.example.com", false, []string{"https://app.example.com"}, true},
		{"listed, upper case", "api.example.com", false, []string{"HTTPS://App.Example.Com"}, true},
		{"listed, default port said", "api.example.com", false, []string{"https://app.example.com:443"}, true},
		{"listed with a port", "api.example.com", false, []string{"http://dev.example.com:3000"}, true},
		{"IPv6", "api.example.com", false, []string{"http://[2001:db8::1]:3000"}, true},
		{"no origin", "api.example.com", false, nil, true},
		{"the same host is not in the list", "api.example.com", false, []string{"https://api.example.com"}, false},
		{"other scheme", "api.example.com", false, []string{"http://app.example.com"}, false},
		{"other port", "api.example.com", false, []string{"https://app.example.com:8443"}, false},
		{"port missing", "api.example.com", false, []string{"http://dev.example.com"}, false},
		{"suffix trick", "api.example.com", false, []string{"https://app.example.com.evil.com"}, false},
		{"null is not in the list", "api.example.com", false, []string{"null"}, false},

		{"below the wildcard", "api.example.com", false, []string{"https://a.wild.example"}, true},
		{"far below the wildcard", "api.example.com", false, []string{"https://a.b.wild.example"}, true},
		{"the wildcard's apex", "api.example.com", false, []string{"https://wild.example"}, false},
		{"like the wildcard", "api.example.com", false, []string{"https://evil-wild.example"}, false},
		{"the wildcard as a prefix", "api.example.com", false, []string{"https://a.wild.example.evil.com"}, false},
		{"empty label below the wildcard", "api.example.com", false, []string{"https://.wild.example"}, false},
		{"the wildcard itself", "api.example.com", false, []string{"https://*.wild.example"}, false},
		{"below the wildcard, other scheme", "api.example.com", false, []string{"http://a.wild.example"}, false},
		{"below the wildcard, other port", "api.example.com", false, []string{"https://a.wild.example:8443"}, false},
		{"below the wildcard with a port", "api.example.com", false, []string{"https://a.port.example:8443"}, true},
		{"below it without the port", "api.example.com", false, []string{"https://a.port.example"}, false},
		{"two headers", "api.example.com", false, []string{"https://app.example.com", "https://a.wild.example"}, false},
	}, false, "https://app.example.com", "HTTP://DEV.example.com:3000", "http://[2001:DB8::1]:3000",
		"https://*.wild.example:443", "https://*.port.example:8443")
}

func TestOriginAny(t *testing.T) {
	checkOrigins(t, []originCase{
		{"other host", "good.com", true, []string{"http://evil.com"}, true},
		{"null", "good.com", true, []string{"null"}, true},
		{"garbage", "good.com", true, []string{"?"}, true},
		{"none", "good.com", true, nil, true},
	}, false, "Any")
}

func TestOriginNull(t *testing.T) {
	checkOrigins(t, []originCase{
		{"null", "good.com", false, []string{"null"}, true},
		{"null twice", "good.com", false, []string{"null", "null"}, false},
		{"a host of that name", "null", false, []string{"http://null"}, false},
		{"the same host is not in the list", "good.com", false, []string{"http://good.com"}, false},
	}, false, "null")
}

func TestOriginRequired(t *testing.T) {
	cases := []originCase{
		{"none", "good.com", false, nil, false},
		{"same host", "good.com", false, []string{"http://good.com"}, true},
		{"empty", "good.com", false, []string{""}, false},
	}
	checkOrigins(t, cases, true)
}

// TestForwardedHostProvesNothing shows that only Host counts: anybody can send
// the headers of a proxy.
func TestForwardedHostProvesNothing(t *testing.T) {
	r := handshake("good.com", false, "https://evil.com").Request
	for _, name := range []string{"X-Forwarded-Host", "X-Original-Host", "Forwarded", "X-Host"} {
		r.Header.Set(name, "evil.com")
	}
	policy := model.Policy{Origin: policyOf(t, false)}
	if err := checkOrigin(r, &policy); err == nil {
		t.Fatal("a forwarded host let another origin in")
	}
}
