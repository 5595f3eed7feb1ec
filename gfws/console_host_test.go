package gfws_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
)

// TestConsoleBehindTheHost has two consoles on one server, one of them behind a
// login, beside a route of the host's that takes all that is left.
func TestConsoleBehindTheHost(t *testing.T) {
	h := newHost(t)
	h.BindMiddleware("/admin/*", func(r *ghttp.Request) {
		if r.Header.Get("X-User") == "" {
			r.Response.WriteStatus(http.StatusUnauthorized)
			return
		}
		r.Middleware.Next()
	})
	h.BindHandler("/*", func(r *ghttp.Request) { r.Response.Write("of the host") })
	h.Plugin(gfws.New(gfws.Console("/console")), gfws.New(gfws.Name("admin"), gfws.Console("/admin/console")))
	h.start()

	folder := h.folderOf("/console/")
	for _, path := range []string{"", "/", "/settings.json", "/js/client/client.js", "/" + folder + "js/main.js"} {
		if res, _ := h.ask(http.MethodGet, "/admin/console"+path); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%q answers a stranger with %s", path, res.Status)
		}
		if res, body := h.ask(http.MethodGet, "/admin/console"+path, "X-User", "42"); res.StatusCode >= 400 || body == "of the host" {
			t.Errorf("%q answers a user with %s %.60q", path, res.Status, body)
		}
		if res, body := h.ask(http.MethodGet, "/console"+path); res.StatusCode >= 400 || body == "of the host" {
			t.Errorf("%q of the open one answers with %s %.60q", path, res.Status, body)
		}
	}
	if res, _ := h.ask(http.MethodPost, "/admin/console/check.json"); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a stranger may ask for a handshake: %s", res.Status)
	}
	for path, name := range map[string]string{"/console": `"name":"default"`, "/admin/console": `"name":"admin"`} {
		if _, body := h.ask(http.MethodGet, path+"/settings.json", "X-User", "42"); !strings.Contains(body, name) {
			t.Errorf("%s tells %s, want %s", path, body, name)
		}
	}
}

// TestConsoleAnswersAreNotKept holds that what the page asks for is asked anew.
func TestConsoleAnswersAreNotKept(t *testing.T) {
	h := startConsole(t, "/")
	for path, method := range map[string]string{"/settings.json": http.MethodGet, "/check.json": http.MethodPost} {
		res, _ := h.ask(method, path)
		if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s answers with %v", path, res.Header)
		}
	}
}

// TestConsoleConditions asks for a file under conditions that it does not meet:
// the answer is whole, says nothing of the file's form, and is kept by no cache.
func TestConsoleConditions(t *testing.T) {
	h := startConsole(t, "/")
	file := "/" + h.folderOf("/") + "js/main.js"
	for _, encoding := range []string{"identity", "gzip"} {
		for _, c := range []struct {
			name, value string
			status      int
		}{
			{"If-Match", `"another"`, http.StatusPreconditionFailed},
			{"Range", "bytes=9999999-", http.StatusRequestedRangeNotSatisfiable},
		} {
			res, body := h.ask(http.MethodGet, file, "Accept-Encoding", encoding, c.name, c.value)
			if res.StatusCode != c.status || body == "" || strings.Contains(body, "import") {
				t.Errorf("%s in %s: got %s %.60q", c.name, encoding, res.Status, body)
			}
			for _, name := range []string{"Cache-Control", "Content-Encoding", "ETag"} {
				if got := res.Header.Get(name); got != "" {
					t.Errorf("%s in %s: %s is %q", c.name, encoding, name, got)
				}
			}
		}
		part, body := h.ask(http.MethodGet, file, "Accept-Encoding", encoding, "Range", "bytes=0-9")
		if part.StatusCode != http.StatusPartialContent || len(body) != 10 || part.ContentLength != 10 {
			t.Errorf("a part in %s: %s with %d bytes, length %d", encoding, part.Status, len(body), part.ContentLength)
		}
	}
}
