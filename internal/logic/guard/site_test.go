package guard

import (
	"net/http"
	"testing"

	"github.com/gfws/gf-websocket/internal/model"
)

const (
	proxyPeer    = "10.0.0.1:4000"
	strangerPeer = "203.0.113.9:4000"
)

// TestOriginBehindProxies compares the page with what a proxy says was asked
// for, where it may say so.
func TestOriginBehindProxies(t *testing.T) {
	trusting, hearing := proxiesOf(t, false, "10.0.0.0/8"), proxiesOf(t, true, "10.0.0.0/8")
	for _, c := range []struct {
		name        string
		proxy       model.ProxyPolicy
		peer        string
		host, proto []string
		origin      string
		allowed     bool
	}{
		{"said by the proxy", hearing, proxyPeer, []string{"app.example.com"}, nil, "https://app.example.com", true},
		{"in upper case, with the default port", hearing, proxyPeer, []string{"App.Example.com:443"}, nil, "https://app.example.com", true},
		{"the name inside is another one then", hearing, proxyPeer, []string{"app.example.com"}, nil, "http://inside", false},
		{"said nothing, so Host counts", hearing, proxyPeer, nil, nil, "http://inside", true},
		{"proxy that is not heard", trusting, proxyPeer, []string{"app.example.com"}, nil, "https://app.example.com", false},
		{"stranger", hearing, strangerPeer, []string{"evil.com"}, nil, "http://evil.com", false},
		{"stranger, Host still counts", hearing, strangerPeer, []string{"evil.com"}, nil, "http://inside", true},
		{"said twice in one", hearing, proxyPeer, []string{"evil.com, app.example.com"}, nil, "http://evil.com", false},
		{"said twice in one, the second", hearing, proxyPeer, []string{"evil.com, app.example.com"}, nil, "https://app.example.com", false},
		{"said twice", hearing, proxyPeer, []string{"evil.com", "app.example.com"}, nil, "http://evil.com", false},
		{"said as nothing", hearing, proxyPeer, []string{""}, nil, "http://inside", false},
		{"page on TLS, asked by TLS", hearing, proxyPeer, nil, []string{"https"}, "https://inside", true},
		{"plain page, asked by TLS", hearing, proxyPeer, nil, []string{"https"}, "http://inside", false},
		{"plain page, asked by a secure socket", hearing, proxyPeer, nil, []string{"WSS"}, "http://inside", false},
		{"plain page, asked plainly", hearing, proxyPeer, nil, []string{"http"}, "http://inside", true},
		{"scheme of a proxy that is not heard", trusting, proxyPeer, nil, []string{"https"}, "http://inside", true},
		{"scheme of a stranger", hearing, strangerPeer, nil, []string{"https"}, "http://inside", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := handshake("inside", false, c.origin).Request
			r.RemoteAddr, r.Header["X-Forwarded-Host"], r.Header["X-Forwarded-Proto"] = c.peer, c.host, c.proto
			err := checkOrigin(r, &model.Policy{Proxy: c.proxy})
			if (err == nil) != c.allowed {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestOriginInOtherScripts lists names in either form; browsers send punycode.
func TestOriginInOtherScripts(t *testing.T) {
	checkOrigins(t, []originCase{
		{"listed in its script", "api.example.com", false, []string{"https://xn--bcher-kva.example"}, true},
		{"listed in punycode", "api.example.com", false, []string{"https://xn--fiqs8s.example"}, true},
		{"listed with a port", "api.example.com", false, []string{"http://xn--fsqu00a.example:3000"}, true},
		{"below a name in its script", "api.example.com", false, []string{"https://a.xn--wgv71a.example"}, true},
		{"punycode in upper case", "api.example.com", false, []string{"https://XN--BCHER-KVA.example"}, true},
		{"the script itself", "api.example.com", false, []string{"https://bücher.example"}, true},
		{"the script itself, below", "api.example.com", false, []string{"https://ä.日本.example"}, true},
		{"the script itself, with a port", "api.example.com", false, []string{"http://例子.example:3000"}, true},
		{"the script itself, another port", "api.example.com", false, []string{"https://bücher.example:444"}, false},
		{"the script itself, decomposed", "api.example.com", false, []string{"https://bu\u0308cher.example"}, false},
		{"the script itself, with nothing inside", "api.example.com", false, []string{"https://bü\u200bcher.example"}, false},
		{"a wide full stop", "api.example.com", false, []string{"https://bücher\uff0eexample"}, false},
		{"no UTF-8", "api.example.com", false, []string{"https://b\xfccher.example"}, false},
		{"no scheme", "api.example.com", false, []string{"bücher.example"}, false},
		{"something behind", "api.example.com", false, []string{"https://bücher.example/"}, false},
		{"looks alike in ASCII", "api.example.com", false, []string{"https://bucher.example"}, false},
		{"the apex of the wildcard", "api.example.com", false, []string{"https://xn--wgv71a.example"}, false},
	}, false, "https://BÜCHER.example", "https://xn--fiqs8s.example", "http://例子.example:3000", "https://*.日本.example")
}

// TestRefusingCostsNothing holds that a flood of pages that may not connect
// leaves no garbage behind.
func TestRefusingCostsNothing(t *testing.T) {
	policies := map[string]model.Policy{
		"same host": {},
		"required":  {Origin: policyOf(t, true)},
		"list":      {Origin: policyOf(t, false, "https://app.example.com", "https://*.wild.example")},
		"proxies":   {Proxy: proxiesOf(t, true, "10.0.0.0/8", "2001:db8::/32")},
	}
	for name, policy := range policies {
		for _, values := range [][]string{
			{"https://evil.com"}, {"null"}, {"https://app.example.com.evil.com"}, {"https://good.com:8443"},
			{"https://sub.good.com"}, {"https://evilwild.example"}, {"https://xn--bcher-kva.example"}, {"?"}, {"http://a", "http://b"},
		} {
			r := handshake("good.com", true, values...).Request
			r.RemoteAddr, r.Header["X-Forwarded-Host"] = proxyPeer, []string{"good.com"}
			refused := func(r *http.Request) bool { return checkOrigin(r, &policy) != nil }
			if !refused(r) {
				t.Fatalf("%s: %q was let in", name, values)
			}
			if n := testing.AllocsPerRun(100, func() { refused(r) }); n > 0 {
				t.Errorf("%s: refusing %q allocates %v times", name, values, n)
			}
		}
	}
}

// FuzzForwardedHost holds that a stranger is never heard, and that whatever a
// proxy says lets in a page of one host at most.
func FuzzForwardedHost(f *testing.F) {
	for _, seed := range [][2]string{{"app.example.com", "https"}, {"a, b", "http"}, {"", ""}, {" a\t", "WSS"}, {"\x00", "\xff"}, {"evil.com:443", "https,http"}} {
		f.Add(seed[0], seed[1])
	}
	policy := model.Policy{Proxy: proxiesOf(f, true, "10.0.0.0/8")}
	f.Fuzz(func(t *testing.T, host, scheme string) {
		r := handshake("inside", false).Request
		r.Header["X-Forwarded-Host"], r.Header["X-Forwarded-Proto"] = []string{host}, []string{scheme}
		r.RemoteAddr = strangerPeer
		if got := siteOf(r, &policy.Proxy); got != (site{host: "inside"}) {
			t.Fatalf("a stranger made it %+v", got)
		}
		r.RemoteAddr = proxyPeer
		allowed := 0
		for _, page := range []string{"https://inside", "https://evil.com", "https://app.example.com"} {
			r.Header["Origin"] = []string{page}
			if checkOrigin(r, &policy) == nil {
				allowed++
			}
		}
		if allowed > 1 {
			t.Fatalf("%q by %q lets in %d pages", host, scheme, allowed)
		}
	})
}
