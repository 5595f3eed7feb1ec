package gfws_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// hostMiddlewares are those of ghttp that a host is likely to use on all routes.
var hostMiddlewares = map[string]ghttp.HandlerFunc{
	"handler response": ghttp.MiddlewareHandlerResponse,
	"CORS":             ghttp.MiddlewareCORS,
	"gzip":             ghttp.MiddlewareGzip,
	"json body":        ghttp.MiddlewareJsonBody,
	"never done":       ghttp.MiddlewareNeverDoneCtx,
	"error to body": func(r *ghttp.Request) {
		r.Middleware.Next()
		if err := r.GetError(); err != nil {
			r.Response.ClearBuffer()
			r.Response.Write("error: ", err.Error())
		}
	},
	"header afterwards": func(r *ghttp.Request) {
		r.Middleware.Next()
		r.Response.Header().Set("X-After", "1")
	},
	"body afterwards": func(r *ghttp.Request) {
		r.Middleware.Next()
		r.Response.Write("more")
	},
}

// TestUnderEachMiddleware connects through what answers after the handler: none
// of it may reach the connection or the error log.
func TestUnderEachMiddleware(t *testing.T) {
	for name, middleware := range hostMiddlewares {
		t.Run(name, func(t *testing.T) {
			h := newHost(t)
			h.Use(middleware)
			h.Plugin(gfws.New())
			h.start()
			p := h.dial("/ws", "Accept-Encoding", "gzip", "Origin", "http://"+h.addr)
			p.echo(websocket.TextMessage, "hello")
			p.closeWith(websocket.CloseNormalClosure, "")
			if text := h.logs.String(); strings.Contains(text, "[ERRO]") {
				t.Errorf("errors were logged:\n%s", text)
			}
		})
	}
}

// TestUnderAllMiddlewares does the same with all at once, refusals included.
func TestUnderAllMiddlewares(t *testing.T) {
	h := newHost(t)
	for _, middleware := range hostMiddlewares {
		h.Use(middleware)
	}
	h.BindHandler("/api", func(r *ghttp.Request) { r.Response.Write("api") })
	h.Plugin(gfws.New(gfws.CheckRequest(func(r *ghttp.Request) error {
		if r.Get("token").String() == "" {
			return http.ErrNoCookie
		}
		return nil
	})))
	h.start()
	h.dial("/ws?token=1").echo(websocket.BinaryMessage, "hello")
	if p, res, body := h.tryDial("/ws"); p != nil || res.StatusCode != http.StatusForbidden || strings.Count(body, `"code"`) != 1 {
		t.Errorf("refusal was %v %q", res.Status, body)
	}
	if res, body := h.ask(http.MethodGet, "/api"); res.StatusCode != http.StatusOK || !strings.HasPrefix(body, "api") {
		t.Errorf("the host's own route answered %s %q", res.Status, body)
	}
}

// TestCORSPreflight leaves OPTIONS to the host's middleware, and shows that its
// generous answer lets no origin in.
func TestCORSPreflight(t *testing.T) {
	h := newHost(t)
	h.Use(ghttp.MiddlewareCORS)
	h.Plugin(gfws.New())
	h.start()
	res, _ := h.ask(http.MethodOptions, "/ws", "Origin", "http://evil.com", "Access-Control-Request-Method", "GET")
	if res.StatusCode != http.StatusOK || res.Header.Get("Access-Control-Allow-Origin") != "http://evil.com" {
		t.Errorf("preflight was answered with %s %v", res.Status, res.Header)
	}
	if p, res, _ := h.tryDial("/ws", "Origin", "http://evil.com"); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("another origin got %s", res.Status)
	}
}

// TestPluginMiddleware runs on each path of its instance and nowhere else,
// behind the server's.
func TestPluginMiddleware(t *testing.T) {
	h := newHost(t)
	mark := func(value string) ghttp.HandlerFunc {
		return func(r *ghttp.Request) {
			r.Response.Header().Add("X-Order", value)
			r.Middleware.Next()
		}
	}
	h.Use(mark("server"))
	h.Plugin(
		gfws.New(gfws.Middleware(mark("first")), gfws.Middleware(mark("second"))),
		gfws.New(gfws.Name("other")),
	)
	h.start()
	for path, want := range map[string]string{"/ws": "server first second", "/wss": "server first second", "/other": "server"} {
		if got := strings.Join(h.dial(path).res.Header["X-Order"], " "); got != want {
			t.Errorf("%s went through %q, want %q", path, got, want)
		}
	}
}

// TestMiddlewareRefuses shows that a middleware that does not go on is the answer.
func TestMiddlewareRefuses(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Middleware(func(r *ghttp.Request) {
		r.Response.WriteStatusExit(http.StatusTeapot, "no")
	})))
	if p, res, body := h.tryDial("/ws"); p != nil || res.StatusCode != http.StatusTeapot || body != "no" {
		t.Errorf("got %s %q", res.Status, body)
	}
}
