package guard

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
)

// proxiesOf returns the policy of a list that must be good.
func proxiesOf(t testing.TB, forwardedHost bool, trusted ...string) model.ProxyPolicy {
	t.Helper()
	policy, err := (&sGuard{}).ParseProxies(trusted, forwardedHost)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

func TestParseProxiesRefuses(t *testing.T) {
	for entry, hint := range map[string]string{
		"":                    "no network",
		"proxy.internal":      "no network",
		"10.0.0.0/33":         "no network",
		"10.0.0.0/8/8":        "no network",
		" 10.0.0.0/8":         "no network",
		"fe80::1%eth0":        "no network",
		"fe80::%eth0/64":      "no network",
		"10.0.0.1:80":         "no network",
		"0.0.0.0/0":           "anybody",
		"::/0":                "anybody",
		"10.1.2.3/8":          "10.0.0.0/8",
		"2001:db8::1/32":      "2001:db8::/32",
		"::ffff:10.0.0.0/104": "no network",
		"::ffff:0.0.0.0/96":   "no network",
	} {
		_, err := (&sGuard{}).ParseProxies([]string{"127.0.0.1", entry}, false)
		if err == nil {
			t.Errorf("%q was taken", entry)
			continue
		}
		if gerror.Code(err) != gcode.CodeInvalidConfiguration || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: unhelpful error %v", entry, err)
		}
	}
}

func TestClientAddr(t *testing.T) {
	policy := proxiesOf(t, false, "10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "::ffff:172.16.0.1")
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string // "" for none
	}{
		{"no proxy", "203.0.113.9:4000", nil, "203.0.113.9"},
		{"spoofed by a stranger", "203.0.113.9:4000", []string{"10.0.0.1"}, "203.0.113.9"},
		{"proxy that says nothing", "10.0.0.1:4000", nil, "10.0.0.1"},
		{"proxy that says an empty line", "10.0.0.1:4000", []string{""}, "10.0.0.1"},
		{"through a proxy", "10.0.0.1:4000", []string{"198.51.100.7"}, "198.51.100.7"},
		{"spoofed through a proxy", "10.0.0.1:4000", []string{"1.1.1.1, 198.51.100.7"}, "198.51.100.7"},
		{"spoofed as a proxy", "10.0.0.1:4000", []string{"10.9.9.9, 198.51.100.7"}, "198.51.100.7"},
		{"through two proxies", "10.0.0.1:4000", []string{"1.1.1.1, 198.51.100.7, 192.0.2.1"}, "198.51.100.7"},
		{"in two lines", "10.0.0.1:4000", []string{"1.1.1.1", "198.51.100.7, 10.0.0.2"}, "198.51.100.7"},
		{"the last line is a proxy alone", "10.0.0.1:4000", []string{"198.51.100.7", "10.0.0.2"}, "198.51.100.7"},
		{"all are proxies", "10.0.0.1:4000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"garbage beyond the client", "10.0.0.1:4000", []string{"<script>, 198.51.100.7"}, "198.51.100.7"},
		{"garbage instead of the client", "10.0.0.1:4000", []string{"198.51.100.7, unknown"}, "10.0.0.1"},
		{"garbage behind a proxy", "10.0.0.1:4000", []string{"198.51.100.7, _hidden, 10.0.0.2"}, "10.0.0.2"},
		{"with a port", "10.0.0.1:4000", []string{"198.51.100.7:1234"}, "198.51.100.7"},
		{"IPv6", "[2001:db8::1]:4000", []string{"2001:4860::8"}, "2001:4860::8"},
		{"IPv6 with a port", "[2001:db8::1]:4000", []string{"[2001:4860::8]:1"}, "2001:4860::8"},
		{"IPv6 with a zone", "[fe80::1%eth0]:4000", nil, "fe80::1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:4000", []string{"::ffff:198.51.100.7"}, "198.51.100.7"},
		{"trusted as IPv4 in IPv6", "172.16.0.1:4000", []string{"198.51.100.7"}, "198.51.100.7"},
		{"spaces and tabs", "10.0.0.1:4000", []string{" \t198.51.100.7\t ,\t10.0.0.2 "}, "198.51.100.7"},
		{"socket without an address", "@", []string{"198.51.100.7"}, ""},
		{"very long", "10.0.0.1:4000", []string{strings.Repeat("1.1.1.1,", 1<<16) + "198.51.100.7"}, "198.51.100.7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := handshake("good.com", false).Request
			r.RemoteAddr, r.Header["X-Forwarded-For"] = c.peer, c.forwarded
			got := (&sGuard{}).ClientAddr(r, &policy)
			if c.want == "" && got.IsValid() || c.want != "" && got != netip.MustParseAddr(c.want) {
				t.Errorf("got %v, want %q", got, c.want)
			}
		})
	}
}

// TestClientAddrWithoutProxies holds that a host that lists none hears nobody.
func TestClientAddrWithoutProxies(t *testing.T) {
	r := handshake("good.com", false).Request
	r.RemoteAddr, r.Header["X-Forwarded-For"] = "127.0.0.1:9", []string{"198.51.100.7"}
	if got := clientAddr(r, &model.ProxyPolicy{}); got != netip.MustParseAddr("127.0.0.1") {
		t.Errorf("got %v", got)
	}
}

// FuzzClientAddr holds that nothing panics, that a client cannot be anything
// but what the last proxy saw, and that a stranger is never heard.
func FuzzClientAddr(f *testing.F) {
	for _, seed := range []string{"", ",", "10.0.0.1", "1.2.3.4, 10.0.0.2", "[::1]:80", "::ffff:10.0.0.1", "\x00,\xff", "1.1.1.1:,2"} {
		f.Add(seed)
	}
	policy := proxiesOf(f, false, "10.0.0.0/8")
	seen := netip.MustParseAddr("198.51.100.7")
	f.Fuzz(func(t *testing.T, sent string) {
		r := &http.Request{RemoteAddr: "10.0.0.1:1", Header: http.Header{"X-Forwarded-For": {sent + ", 198.51.100.7, 10.0.0.2"}}}
		if got := clientAddr(r, &policy); got != seen {
			t.Fatalf("%q made the client %v", sent, got)
		}
		r.RemoteAddr = "203.0.113.9:1"
		if got := clientAddr(r, &policy); got != netip.MustParseAddr("203.0.113.9") {
			t.Fatalf("%q made a stranger %v", sent, got)
		}
		r.RemoteAddr, r.Header = "10.0.0.1:1", http.Header{"X-Forwarded-For": {sent}}
		if got := clientAddr(r, &policy); !got.IsValid() || got != got.Unmap() || got.Zone() != "" {
			t.Fatalf("%q became %v", sent, got)
		}
	})
}
