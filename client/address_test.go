package client

import (
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		raw, url, hostPort, host, shown string
	}{
		{"ws://example.com", "ws://example.com", "example.com:80", "example.com", "ws://example.com"},
		{"wss://example.com/a%20b?x=1", "wss://example.com/a%20b?x=1", "example.com:443", "example.com", "wss://example.com/a%20b"},
		{"http://example.com:8199/", "ws://example.com:8199/", "example.com:8199", "example.com", "ws://example.com:8199/"},
		{"HTTPS://example.com/ws", "wss://example.com/ws", "example.com:443", "example.com", "wss://example.com/ws"},
		{"ws://example.com:/ws", "ws://example.com/ws", "example.com:80", "example.com", "ws://example.com/ws"},
		{"ws://[::1]/ws", "ws://[::1]/ws", "[::1]:80", "::1", "ws://[::1]/ws"},
		{"ws://[::1]:8199/ws", "ws://[::1]:8199/ws", "[::1]:8199", "::1", "ws://[::1]:8199/ws"},
		{"ws://BÜCHER.example:81", "ws://xn--bcher-kva.example:81", "xn--bcher-kva.example:81", "xn--bcher-kva.example", "ws://xn--bcher-kva.example:81"},
		{"ws://u:/s3cret@h/", "ws://u/s3cret@h/", "u:80", "u", "ws://…"},
		{"wss://bücher.example/ws", "wss://xn--bcher-kva.example/ws", "xn--bcher-kva.example:443", "xn--bcher-kva.example", "wss://xn--bcher-kva.example/ws"},
	}
	for _, test := range tests {
		a, err := parseAddress(test.raw)
		if err != nil {
			t.Errorf("%s: %v", test.raw, err)
			continue
		}
		if a.url.String() != test.url || a.hostPort != test.hostPort || a.host != test.host || a.shown != test.shown {
			t.Errorf("%s: got %s %s %s %s", test.raw, a.url, a.hostPort, a.host, a.shown)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"", "ws:// or wss://"},
		{"example.com", "ws:// or wss://"},
		{"127.0.0.1:8199/ws", "ws:// or wss://"},
		{"localhost:8199/ws", "ws:// or wss://"},
		{"/ws", "ws:// or wss://"},
		{"//example.com/ws", "ws:// or wss://"},
		{"ftp://example.com", "ws:// or wss://"},
		{"ws:example.com", "two slashes"},
		{"ws://", "no host"},
		{"ws:///ws", "no host"},
		{"ws://:8199/ws", "no host"},
		{"ws://example.com:99999", "its port"},
		{"ws://example.com:0", "its port"},
		{"ws://example.com:abc", "invalid port"},
		{"ws://example.com/#part", "fragment"},
		{"ws://user:s3cret@example.com/", "no user and password"},
		{"ws://s3cret@example.com/", "no user and password"},
		{"ws://user:s3/cret@example.com/", "percent-encoded"},
		{"ws://user:s3 cret@example.com/", "percent-encoded"},
		{"user:s3cret@example.com", "ws:// or wss://"},
		{"ws://exa mple.com", "host name"},
		{"ws://example.com/\x7f", "control character"},
		{"ws://[::1", "missing ']'"},
		{"ws://\u00ad/", "not a valid name"},
		{"ws://℀.example/", "not a valid name"},
	}
	for _, test := range tests {
		_, err := parseAddress(test.raw)
		if err == nil {
			t.Errorf("%q was taken", test.raw)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "s3") {
			t.Errorf("%q: %q, want %q in it", test.raw, err, test.want)
		}
	}
}
