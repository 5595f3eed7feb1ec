package guard

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
)

func TestParseOriginsRefuses(t *testing.T) {
	for _, entry := range []string{
		"", "*", "https://*", "https://*.", "https://*.*.example.com", "https://a.*.example.com", "https://a*.example.com",
		"example.com", "//example.com", "https://", "https:///", "https://example.com/", "https://example.com/app",
		"https://example.com?x", "https://example.com#x", "https://user@example.com", "https://example.com:", "https://example.com:0",
		"https://example.com:port", "https://exa mple.com", " https://example.com", "https://example.com ", "wss://example.com",
		"https://b\u00fc-.example", "https://\u2100.example", "https://[::1", "https://[fe80::1%25eth0]", "https://.example.com", "https://example..com",
		"https://example.com,https://example.org", "*.example.com", "none", "self",
		"https://example.com:65536", "https://example.com:99999", "https://*.com", "https://*.com.", "https://*.com:8443", "https://*.[::1]",
		"https://*.[::1]:8443", "https://*.10.0.0.1", "https://*.10.0.0.1:8443",
	} {
		_, err := (&sGuard{}).ParseOrigins([]string{"https://good.example", entry}, false)
		if err == nil {
			t.Errorf("%q was taken", entry)
			continue
		}
		if gerror.Code(err) != gcode.CodeInvalidConfiguration || !strings.Contains(err.Error(), `"`) {
			t.Errorf("%q: unhelpful error %v", entry, err)
		}
	}
}

// TestParseOriginsTakes holds that what makes sense is taken.
func TestParseOriginsTakes(t *testing.T) {
	for _, entry := range []string{
		"https://example.com:65535", "http://localhost:1", "https://*.example.com", "https://*.example.com:8443", "http://*.localhost:8080",
		"https://*.b\u00fccher.example", "https://intranet", "https://[::1]:8443", "https://10.0.0.1",
	} {
		if _, err := (&sGuard{}).ParseOrigins([]string{entry}, false); err != nil {
			t.Errorf("%q: %v", entry, err)
		}
	}
}

func TestParseOriginsAnyStandsAlone(t *testing.T) {
	for _, list := range [][]string{{"any", "https://example.com"}, {"null", "ANY"}, {"any", "any"}} {
		if _, err := (&sGuard{}).ParseOrigins(list, false); err == nil || !strings.Contains(err.Error(), `"any"`) {
			t.Errorf("%q: got %v", list, err)
		}
	}
}

func TestParseOriginsOfNothing(t *testing.T) {
	for _, list := range [][]string{nil, {}} {
		policy := policyOf(t, false, list...)
		if policy.Listed || policy.Any || policy.Null {
			t.Errorf("%v became %+v, want the same-host rule", list, policy)
		}
	}
}

// FuzzParseOrigin holds that nothing panics, that what is taken is in its final
// form, and that it names exactly one host, which is let in by itself alone.
func FuzzParseOrigin(f *testing.F) {
	for _, seed := range []string{
		"https://app.example.com", "HTTP://[::1]:80", "null", "any", "", "http://good.com@evil.com", "https://boo\u212a.com",
		"https://a:443", "https://*.x", "http://\x00", "https://a.:1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		parsed, ok := parseOrigin(value)
		if !ok {
			return
		}
		again, ok := parseOrigin(parsed.text)
		if !ok || again != parsed {
			t.Fatalf("%q became %q, which becomes %q", value, parsed, again)
		}
		if host := parsed.host; host == "" || strings.ContainsAny(host, "@/\\?#%, \t\r\n") {
			t.Fatalf("%q became %q", value, parsed)
		}
		policy := model.Policy{Origin: policyOf(t, true, value)}
		own := handshake("elsewhere.invalid", false, value).Request
		if err := checkOrigin(own, &policy); err != nil {
			t.Fatalf("%q does not let itself in: %v", value, err)
		}
		for _, other := range []string{value + ".evil.com", "https://evil" + parsed.host, "https://sub." + parsed.host} {
			r := handshake("elsewhere.invalid", false, other).Request
			if o, ok := parseOrigin(other); ok && o != parsed && checkOrigin(r, &policy) == nil {
				t.Fatalf("%q lets %q in", value, other)
			}
		}
		sameHost := model.Policy{Origin: policyOf(t, true)}
		request := handshake(parsed.host, parsed.scheme == "https", value)
		if err := checkOrigin(request.Request, &sameHost); err != nil {
			t.Fatalf("%q is not the same host as itself: %v", value, err)
		}
		request.Request.Header = http.Header{"Origin": {value, value}}
		if checkOrigin(request.Request, &sameHost) == nil {
			t.Fatalf("%q was taken twice", value)
		}
	})
}
