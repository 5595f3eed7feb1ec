package gfws_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/internal/packed"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// startConsole serves the page at path, under a host's response middleware.
func startConsole(t *testing.T, path string, opts ...gfws.Option) *host {
	h := newHost(t)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(append(opts, gfws.Console(path))...))
	return h.start()
}

// folderOf returns the folder with the hash in its name that the page at root
// names its files in.
func (h *host) folderOf(root string) string {
	h.t.Helper()
	_, page := h.ask(http.MethodGet, root)
	found := regexp.MustCompile(`src="(a/[0-9a-f]{12}/)js/main\.js"`).FindStringSubmatch(page)
	if found == nil {
		h.t.Fatalf("the page at %s does not name its main module by a hash:\n%s", root, page)
	}
	return found[1]
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
			page, err := packed.Files()
			if err != nil {
				t.Fatal(err)
			}
			files := page.ScanDirFile(packed.Prefix, "*", true)
			if len(files) < 10 {
				t.Fatalf("%d files are packed", len(files))
			}
			folder := h.folderOf(root)
			for _, file := range files {
				name := strings.TrimPrefix(file.Name(), packed.Prefix+"/")
				switch {
				case name == "index.html":
				case strings.HasPrefix(name, "js/client/"):
					// Others name it, so it stays where it is.
					h.checkFile(root+name, string(file.Content()), types[filepath.Ext(name)], "no-cache")
				default:
					h.checkFile(root+folder+name, string(file.Content()), types[filepath.Ext(name)], "public, max-age=31536000, immutable")
				}
			}
			_, index := h.ask(http.MethodGet, root)
			h.checkFile(root, index, types[".html"], "no-cache")
		})
	}
}

// checkFile asks for one file: whole, unchanged, its head, and compressed.
func (h *host) checkFile(path, content, contentType, caching string) {
	h.t.Helper()
	res, body := h.ask(http.MethodGet, path)
	if res.StatusCode != http.StatusOK || body != content || res.Header.Get("Content-Type") != contentType {
		h.t.Errorf("%s: %s %q with %d bytes, want 200 %q with %d", path, res.Status, res.Header.Get("Content-Type"), len(body), contentType, len(content))
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": caching,
		"Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
	} {
		if got := res.Header.Get(name); got != want {
			h.t.Errorf("%s: %s is %q, want %q", path, name, got, want)
		}
	}
	h.checkPolicy(path, res.Header.Get("Content-Security-Policy"))
	// The client for browsers may be imported from anywhere, the page's own
	// modules may not.
	shared, readers := "", "same-origin"
	if strings.Contains(path, "/js/client/") {
		shared, readers = "*", "cross-origin"
	}
	if got := res.Header.Get("Access-Control-Allow-Origin"); got != shared {
		h.t.Errorf("%s: Access-Control-Allow-Origin is %q, want %q", path, got, shared)
	}
	if got := res.Header.Get("Cross-Origin-Resource-Policy"); got != readers {
		h.t.Errorf("%s: Cross-Origin-Resource-Policy is %q, want %q", path, got, readers)
	}
	h.checkUnchanged(path, content, res.Header.Get("ETag"))
	head, body := h.ask(http.MethodHead, path)
	if head.StatusCode != http.StatusOK || body != "" || head.Header.Get("Content-Type") != contentType || head.ContentLength != int64(len(content)) {
		h.t.Errorf("%s: HEAD got %s with %d bytes, length %d", path, head.Status, len(body), head.ContentLength)
	}
	if other, _ := h.ask(http.MethodPost, path); other.StatusCode == http.StatusOK && strings.Contains(body, content) {
		h.t.Errorf("%s: POST got the file", path)
	}
	if len(content) > 1<<10 {
		h.checkCompressed(path, content, res.Header.Get("ETag"))
	}
}

func (h *host) checkUnchanged(path, content, etag string) {
	h.t.Helper()
	unchanged, body := h.ask(http.MethodGet, path, "If-None-Match", etag)
	if unchanged.StatusCode != http.StatusNotModified || body != "" || etag == "" {
		h.t.Errorf("%s: with ETag %s got %s %q", path, etag, unchanged.Status, body)
	}
	if changed, body := h.ask(http.MethodGet, path, "If-None-Match", `"other"`); changed.StatusCode != http.StatusOK || body != content {
		h.t.Errorf("%s: with another ETag got %s", path, changed.Status)
	}
}

// checkCompressed holds that the compressed form is smaller, the same content,
// and never taken for the plain one.
func (h *host) checkCompressed(path, content, plainTag string) {
	h.t.Helper()
	res, body := h.ask(http.MethodGet, path, "Accept-Encoding", "br, gzip;q=0.5")
	etag := res.Header.Get("ETag")
	if res.Header.Get("Content-Encoding") != "gzip" || res.Header.Get("Vary") != "Accept-Encoding" || etag == plainTag {
		h.t.Errorf("%s: encoding %q, Vary %q, ETag %s besides %s", path, res.Header.Get("Content-Encoding"), res.Header.Get("Vary"), etag, plainTag)
	}
	if res.ContentLength != int64(len(body)) || len(body) >= len(content) {
		h.t.Errorf("%s: %d bytes compressed, length %d, plain %d", path, len(body), res.ContentLength, len(content))
	}
	reader, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		h.t.Fatalf("%s: %v", path, err)
	}
	if plain, err := io.ReadAll(reader); err != nil || string(plain) != content {
		h.t.Errorf("%s: what was compressed is another content, %v", path, err)
	}
	unchanged, _ := h.ask(http.MethodGet, path, "Accept-Encoding", "gzip", "If-None-Match", etag)
	if unchanged.StatusCode != http.StatusNotModified || unchanged.Header.Get("Vary") != "Accept-Encoding" {
		h.t.Errorf("%s: compressed and unchanged got %s, Vary %q", path, unchanged.Status, unchanged.Header.Get("Vary"))
	}
	if other, _ := h.ask(http.MethodGet, path, "If-None-Match", etag); other.StatusCode != http.StatusOK {
		h.t.Errorf("%s: the compressed form's ETag got %s for the plain one", path, other.Status)
	}
}

// TestConsoleCompressesForWhoTakesIt alone.
func TestConsoleCompressesForWhoTakesIt(t *testing.T) {
	h := startConsole(t, "/")
	for accepted, want := range map[string]string{
		"gzip": "gzip", "GZIP": "gzip", "br, gzip;q=0.1": "gzip", "deflate,gzip; q=1": "gzip", "x-gzip": "gzip", "*": "gzip",
		"identity": "", "gzip;q=0": "", "gzip;q=0.000, *": "", "br": "", "gzip;q=x": "", "gzip;level=9": "", "*;q=0": "", "": "",
	} {
		if res, _ := h.ask(http.MethodGet, "/", "Accept-Encoding", accepted); res.Header.Get("Content-Encoding") != want {
			t.Errorf("%q gets encoding %q, want %q", accepted, res.Header.Get("Content-Encoding"), want)
		}
	}
}

// checkPolicy holds that the page may load its own files alone, and reach other
// hosts by WebSocket alone.
func (h *host) checkPolicy(path, policy string) {
	h.t.Helper()
	directives := map[string]string{}
	for _, directive := range strings.Split(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		directives[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'", "form-action": "'none'",
		"frame-ancestors": "'none'", "connect-src": "'self' ws: wss:",
	} {
		if directives[name] != want {
			h.t.Errorf("%s: %s is %q, want %q", path, name, directives[name], want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		h.t.Errorf("%s: the policy is loose: %s", path, policy)
	}
}

// TestConsoleLogs holds that the host's logs tell of the page what was answered.
func TestConsoleLogs(t *testing.T) {
	h := newHost(t)
	h.SetAccessLogEnabled(true)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(gfws.Console("/")))
	h.start()
	file := "/" + h.folderOf("/") + "favicon.svg"
	res, _ := h.ask(http.MethodGet, file)
	h.ask(http.MethodGet, file, "If-None-Match", res.Header.Get("ETag"))
	h.ask(http.MethodHead, file)
	h.ask(http.MethodGet, file, "Range", "bytes=0-3")
	for _, line := range []string{`200 "GET`, `304 "GET`, `200 "HEAD`, `206 "GET`} {
		waitFor(t, line, func() bool { return strings.Contains(h.logs.String(), " "+line+" http "+h.addr+" "+file) })
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
		if err != nil || res.StatusCode != http.StatusFound || at.Path != "/deep/console/" || at.RawQuery != "x=1" || at.Host != h.addr {
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
		{"default", "/settings.json", nil, map[string]any{"name": "default", "path": "/ws", "securePath": "/wss", "maxMessageBytes": 65536, "endpoints.0": "/ws", "endpoints.1": "/wss", "asyncapi": "", "stats": ""}},
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
		"/console/js/..%5c..%5cgo.mod", "/console/js/main.js", "/console/a/0123456789ab/js/main.js", "/console/a/", "/console/%2e%2e/%2e%2e/go.mod", "/console/index.html/x", "/index.html", "/",
	} {
		if res, body := h.ask(http.MethodGet, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s %.60q", path, res.Status, body)
		}
	}
}

// TestConsoleFindsWhatTheServerHas at the paths it usually has.
func TestConsoleFindsWhatTheServerHas(t *testing.T) {
	h := newHost(t)
	h.Plugin(gfws.New(gfws.Console("/console")), gfws.New(gfws.Name("chat"), gfws.Path("/chat"), gfws.Handle(jsonrpc.New()),
		gfws.Push("/push", func(*ghttp.Request) error { return nil }),
		gfws.Configure(func(c *gfws.Config) { c.AsyncAPI.Path = "/asyncapi.json" })))
	h.start()
	_, body := h.ask(http.MethodGet, "/console/settings.json")
	answer := gjson.New(body)
	if answer.Get("data.asyncapi").String() != "/asyncapi.json" || answer.Get("data.stats").String() != "/push/stats" {
		t.Errorf("found %s", body)
	}
	if got := answer.Get("data.endpoints").Strings(); !slices.Equal(got, []string{"/ws", "/wss", "/chat"}) {
		t.Errorf("endpoints %q", got)
	}
}
