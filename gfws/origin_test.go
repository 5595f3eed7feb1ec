package gfws_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestOriginsOverASocket dials as pages of many origins do. A refused one gets
// 403 in GoFrame's form, and nothing of a session comes to be.
func TestOriginsOverASocket(t *testing.T) {
	const nodes = `websocket:
  instances:
    same: {}
    list:
      origin: {allow: ["https://app.example.com", "https://*.wild.example", "https://bücher.example"]}
    "null":
      origin: {allow: ["null"]}
    any:
      origin: {allow: ["any"]}
    required:
      origin: {required: true}
    behind:
      proxy: {trusted: ["127.0.0.1"], forwardedHost: true}
    deaf:
      proxy: {trusted: ["127.0.0.1"]}
    elsewhere:
      proxy: {trusted: ["10.0.0.0/8"], forwardedHost: true}
`
	withConfiguration(t, nodes)
	var opened atomic.Int64
	handler := ws.HandlerFuncs{Open: func(context.Context, *ws.Session) error { opened.Add(1); return nil }}
	h := newHost(t)
	names := []string{"same", "list", "null", "any", "required", "behind", "deaf", "elsewhere"}
	for _, name := range names {
		h.Plugin(gfws.New(gfws.Name(name), gfws.Handle(handler)))
	}
	h.start()
	for _, c := range []struct {
		name, instance string
		header         []string
		allowed        bool
	}{
		{"none sent", "same", nil, true},
		{"none sent, required", "required", nil, false},
		{"same host", "same", []string{"Origin", "http://HOST"}, true},
		{"same host, required", "required", []string{"Origin", "http://HOST"}, true},
		{"upper case", "same", []string{"Origin", "HTTP://HOST"}, true},
		{"null", "same", []string{"Origin", "null"}, false},
		{"null, listed", "null", []string{"Origin", "null"}, true},
		{"other port", "same", []string{"Origin", "http://127.0.0.1:1"}, false},
		{"no port", "same", []string{"Origin", "http://127.0.0.1"}, false},
		{"other scheme", "list", []string{"Origin", "http://app.example.com"}, false},
		{"listed", "list", []string{"Origin", "https://app.example.com"}, true},
		{"listed, upper case", "list", []string{"Origin", "https://APP.Example.com"}, true},
		{"suffix trick", "list", []string{"Origin", "https://app.example.com.evil.com"}, false},
		{"sub-domain of the listed", "list", []string{"Origin", "https://sub.app.example.com"}, false},
		{"sub-domain of the wildcard", "list", []string{"Origin", "https://sub.wild.example"}, true},
		{"apex of the wildcard", "list", []string{"Origin", "https://wild.example"}, false},
		{"punycode", "list", []string{"Origin", "https://xn--bcher-kva.example"}, true},
		{"the script itself", "list", []string{"Origin", "https://bücher.example"}, true},
		{"the script itself, another", "list", []string{"Origin", "https://büchér.example"}, false},
		{"the script itself, same host", "behind", []string{"Origin", "https://bücher.example", "X-Forwarded-Host", "xn--bcher-kva.example"}, true},
		{"forwarded host in its script", "behind", []string{"Origin", "https://xn--bcher-kva.example", "X-Forwarded-Host", "bücher.example"}, true},
		{"forwarded host in its script, another", "behind", []string{"Origin", "https://bucher.example", "X-Forwarded-Host", "bücher.example"}, false},
		{"two headers, both good", "list", []string{"Origin", "https://app.example.com", "Origin", "https://app.example.com"}, false},
		{"two headers, one evil", "list", []string{"Origin", "https://app.example.com", "Origin", "https://evil.com"}, false},
		{"any", "any", []string{"Origin", "https://evil.com"}, true},
		{"forwarded host, trusted", "behind", []string{"Origin", "https://app.example.com", "X-Forwarded-Host", "app.example.com"}, true},
		{"forwarded host, another page", "behind", []string{"Origin", "https://evil.com", "X-Forwarded-Host", "app.example.com"}, false},
		{"forwarded host, said twice", "behind", []string{"Origin", "https://evil.com", "X-Forwarded-Host", "evil.com, app.example.com"}, false},
		{"forwarded scheme", "behind", []string{"Origin", "http://HOST", "X-Forwarded-Proto", "https"}, false},
		{"forwarded host, not asked for", "deaf", []string{"Origin", "https://evil.com", "X-Forwarded-Host", "evil.com"}, false},
		{"forwarded host of a stranger", "elsewhere", []string{"Origin", "https://evil.com", "X-Forwarded-Host", "evil.com"}, false},
		{"forwarded host without any proxy", "same", []string{"Origin", "https://evil.com", "X-Forwarded-Host", "evil.com"}, false},
	} {
		before := opened.Load()
		p, res, body := h.tryDial("/"+c.instance, fillHost(c.header, h.addr)...)
		if (p != nil) != c.allowed {
			t.Errorf("%s: answered with %s: %s", c.name, res.Status, body)
		}
		if p != nil {
			p.closeWith(1000, "")
			continue
		}
		expectRefusal(t, res, body, http.StatusForbidden, gcode.CodeSecurityReason, "origin")
		if opened.Load() != before {
			t.Errorf("%s: OnOpen was called for a refused page", c.name)
		}
	}
	for _, name := range names {
		hub := gfws.InstanceOf(h.Server, name).Hub()
		waitFor(t, "the sessions to end", func() bool { return hub.Len() == 0 })
	}
}

// TestProxyContradictions holds that what cannot be is refused with its key.
func TestProxyContradictions(t *testing.T) {
	for node, key := range map[string]string{
		`proxy: {forwardedHost: true}`:                     "websocket.proxy.forwardedHost",
		`proxy: {trusted: ["0.0.0.0/0"]}`:                  "websocket.proxy.trusted",
		`proxy: {trusted: ["proxy.internal"]}`:             "websocket.proxy.trusted",
		`proxy: {trusted: "10.0.0.0/8"}`:                   "websocket.proxy.trusted",
		`proxy: {trust: ["10.0.0.0/8"]}`:                   "websocket.proxy.trust",
		`proxy: {trusted: [10.0.0.0/8], forwardedHost: 1}`: "websocket.proxy.forwardedHost",
	} {
		expectKey(t, checkNode(t, node), key)
	}
}

// fillHost puts the address of the server in the place of HOST.
func fillHost(header []string, addr string) []string {
	filled := make([]string, len(header))
	for i, text := range header {
		filled[i] = strings.ReplaceAll(text, "HOST", addr)
	}
	return filled
}
