package gfws_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/internal/packed"
	"github.com/gfws/gf-websocket/ws"
)

// startConsole serves the page at path, under a host's response middleware.
func startConsole(t *testing.T, path string, opts ...gfws.Option) *host {
	h := newHost(t)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(append(opts, gfws.Console(path))...))
	return h.start()
}

// TestConsoleFiles asks for every file of the page, at each kind of path.
func TestConsoleFiles(t *testing.T) {
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
		".ts": "text/plain; charset=utf-8",
	}
	for path, root := range map[string]string{"/": "/", "/console": "/console/", "/deep/console/": "/deep/console/"} {
		t.Run(path, func(t *testing.T) {
			h := startConsole(t, path)
			page, err := packed.Public()
			if err != nil {
				t.Fatal(err)
			}
			files := page.ScanDirFile(packed.Prefix, "*", true)
			if len(files) < 10 {
				t.Fatalf("%d files are packed", len(files))
			}
			for _, file := range files {
				route := strings.TrimPrefix(file.Name(), packed.Prefix+"/")
				if route == "index.html" {
					route = ""
				}
				h.checkFile(root+route, string(file.Content()), types[filepath.Ext(file.Name())])
			}
		})
	}
}

// checkFile asks for one file: whole, unchanged, and its head.
func (h *host) checkFile(path, content, contentType string) {
	h.t.Helper()
	res, body := h.ask(http.MethodGet, path)
	if res.StatusCode != http.StatusOK || body != content || res.Header.Get("Content-Type") != contentType {
		h.t.Errorf("%s: %s %q with %d bytes, want 200 %q with %d", path, res.Status, res.Header.Get("Content-Type"), len(body), contentType, len(content))
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-cache",
	} {
		if got := res.Header.Get(name); got != want {
			h.t.Errorf("%s: %s is %q, want %q", path, name, got, want)
		}
	}
	h.checkPolicy(path, res.Header.Get("Content-Security-Policy"))
	// The client for browsers may be imported from anywhere, the page's own
	// modules may not.
	shared := ""
	if strings.Contains(path, "/js/client/") {
		shared = "*"
	}
	if got := res.Header.Get("Access-Control-Allow-Origin"); got != shared {
		h.t.Errorf("%s: Access-Control-Allow-Origin is %q, want %q", path, got, shared)
	}

	etag := res.Header.Get("ETag")
	unchanged, body := h.ask(http.MethodGet, path, "If-None-Match", etag)
	if unchanged.StatusCode != http.StatusNotModified || body != "" || etag == "" {
		h.t.Errorf("%s: with ETag %s got %s %q", path, etag, unchanged.Status, body)
	}
	if changed, body := h.ask(http.MethodGet, path, "If-None-Match", `"other"`); changed.StatusCode != http.StatusOK || body != content {
		h.t.Errorf("%s: with another ETag got %s", path, changed.Status)
	}
	head, body := h.ask(http.MethodHead, path)
	if head.StatusCode != http.StatusOK || body != "" || head.Header.Get("Content-Type") != contentType || head.ContentLength != int64(len(content)) {
		h.t.Errorf("%s: HEAD got %s with %d bytes, length %d", path, head.Status, len(body), head.ContentLength)
	}
	if other, _ := h.ask(http.MethodPost, path); other.StatusCode == http.StatusOK && strings.Contains(body, content) {
		h.t.Errorf("%s: POST got the file", path)
	}
}

// checkPolicy holds that the page may load and reach its own host alone.
func (h *host) checkPolicy(path, policy string) {
	h.t.Helper()
	directives := map[string]string{}
	for _, directive := range strings.Split(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		directives[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'", "form-action": "'none'",
		"frame-ancestors": "'none'", "connect-src": "'self' ws://" + h.addr + " wss://" + h.addr,
	} {
		if directives[name] != want {
			h.t.Errorf("%s: %s is %q, want %q", path, name, directives[name], want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		h.t.Errorf("%s: the policy is loose: %s", path, policy)
	}
}

// TestConsolePolicyOfAForgedHost holds that a Host header cannot write into the
// policy.
func TestConsolePolicyOfAForgedHost(t *testing.T) {
	h := startConsole(t, "/")
	for _, forged := range []string{"evil.com; script-src *", "evil.com *", "a'b", "a,b"} {
		req, err := http.NewRequest(http.MethodGet, "http://"+h.addr+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = forged
		res, err := httpClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if policy := res.Header.Get("Content-Security-Policy"); strings.Contains(policy, "evil") || strings.Contains(policy, forged) {
			t.Errorf("%q is in the policy: %s", forged, policy)
		}
	}
}

// TestConsoleLogs holds that the host's logs tell of the page what was answered.
func TestConsoleLogs(t *testing.T) {
	h := newHost(t)
	h.SetAccessLogEnabled(true)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(gfws.Console("/")))
	h.start()
	res, _ := h.ask(http.MethodGet, "/favicon.svg")
	h.ask(http.MethodGet, "/favicon.svg", "If-None-Match", res.Header.Get("ETag"))
	h.ask(http.MethodHead, "/favicon.svg")
	h.ask(http.MethodGet, "/favicon.svg", "Range", "bytes=0-3")
	for _, line := range []string{`200 "GET`, `304 "GET`, `200 "HEAD`, `206 "GET`} {
		waitFor(t, line, func() bool { return strings.Contains(h.logs.String(), " "+line+" http "+h.addr+" /favicon.svg") })
	}
	for _, line := range strings.Split(h.logs.String(), "\n") {
		if strings.Contains(line, "favicon") && (strings.Contains(line, "[ERRO]") || strings.Contains(line, "Unknown")) {
			t.Errorf("an error was logged: %s", line)
		}
	}
}

// TestConsoleWithoutASlash leads to the folder, from where the page's own links
// find its files.
func TestConsoleWithoutASlash(t *testing.T) {
	for _, configured := range []string{"/deep/console", "/deep/console/"} {
		h := startConsole(t, configured)
		res, _ := h.ask(http.MethodGet, "/deep/console?x=1")
		at, err := res.Location()
		if err != nil || res.StatusCode != http.StatusFound || at.Path != "/deep/console/" || at.Host != h.addr {
			t.Errorf("%s: got %s to %v, %v", configured, res.Status, at, err)
		}
	}
}

func TestConsoleSettings(t *testing.T) {
	for _, c := range []struct {
		name, path string
		opts       []gfws.Option
		want       map[string]any
	}{
		{"default", "/settings.json", nil, map[string]any{"name": "default", "path": "/ws", "securePath": "/wss", "maxMessageBytes": 65536}},
		{"one path", "/settings.json", []gfws.Option{gfws.Name("chat")}, map[string]any{"name": "chat", "path": "/chat", "securePath": "/chat"}},
		{"unlimited", "/settings.json", []gfws.Option{gfws.Configure(func(c *gfws.Config) {
			c.Message.MaxSize, c.Queue.MaxSize = gfws.Unlimited, gfws.Unlimited
		})}, map[string]any{"maxMessageBytes": -1}},
		{"nobody is asked", "/settings.json", nil, map[string]any{"auth.methods": "[]", "auth.required": false}},
		{"tokens", "/settings.json", []gfws.Option{gfws.VerifyToken(nobody), gfws.Configure(func(c *gfws.Config) {
			c.Auth.Methods, c.Subprotocols = []string{"subprotocol", "first-message"}, []string{"v1", "v0"}
		})}, map[string]any{"auth.methods": `["subprotocol","first-message"]`, "auth.required": true, "auth.subprotocol": "v1"}},
		{"a function of the host's", "/settings.json", []gfws.Option{gfws.Authenticate(func(*ghttp.Request) (ws.Identity, error) {
			return ws.Identity{}, nil
		})}, map[string]any{"auth.methods": "[]", "auth.required": true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := startConsole(t, "/", c.opts...)
			res, body := h.ask(http.MethodGet, c.path)
			answer := gjson.New(body)
			if res.StatusCode != http.StatusOK || answer.Get("code").Int() != 0 || answer.Get("data.version").String() != gfws.Version {
				t.Fatalf("got %s %s", res.Status, body)
			}
			for key, want := range c.want {
				if got := answer.Get("data." + key); got.String() != gjson.New(map[string]any{"v": want}).Get("v").String() {
					t.Errorf("%s is %v, want %v", key, got, want)
				}
			}
		})
	}
}

// nobody is the owner of every token.
func nobody(context.Context, string) (ws.Identity, error) { return ws.Identity{}, nil }

// TestConsoleIsOff by default, and where it is told so.
func TestConsoleIsOff(t *testing.T) {
	for _, opts := range [][]gfws.Option{nil, {gfws.Console("off")}, {gfws.Console("")}} {
		h := startHost(t, gfws.New(opts...))
		for _, path := range []string{"/", "/index.html", "/js/main.js", "/settings.json", "/off"} {
			if res, _ := h.ask(http.MethodGet, path); res.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %s", path, res.Status)
			}
		}
	}
}

// TestConsoleKeepsToItsFiles answers nothing else below its path.
func TestConsoleKeepsToItsFiles(t *testing.T) {
	h := startConsole(t, "/console")
	for _, path := range []string{
		"/console/nowhere", "/console/js", "/console/js/", "/console/../go.mod", "/console/..%2f..%2fgo.mod",
		"/console/js/..%5c..%5cgo.mod", "/console/%2e%2e/%2e%2e/go.mod", "/console/index.html/x", "/index.html", "/",
	} {
		if res, body := h.ask(http.MethodGet, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s %.60q", path, res.Status, body)
		}
	}
}
