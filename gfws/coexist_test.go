package gfws_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gres"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

type listReq struct {
	g.Meta `path:"/orders" method:"get" summary:"List orders"`
}

type listRes struct {
	Orders []string `json:"orders"`
}

type orders struct{}

func (orders) List(context.Context, *listReq) (*listRes, error) {
	return &listRes{Orders: []string{"a"}}, nil
}

// TestBesideAnAPI runs next to a typical host and takes nothing from it.
func TestBesideAnAPI(t *testing.T) {
	h := newHost(t)
	h.SetOpenApiPath("/api.json")
	h.BindStatusHandler(http.StatusNotFound, func(r *ghttp.Request) {
		r.Response.ClearBuffer()
		r.Response.Write("the host's own 404")
	})
	h.BindStatusHandler(http.StatusSwitchingProtocols, func(r *ghttp.Request) { r.Response.Write("the host's own 101") })
	h.Group("/v1", func(group *ghttp.RouterGroup) {
		group.Middleware(ghttp.MiddlewareHandlerResponse)
		group.Bind(orders{})
	})
	h.BindHandler("OPTIONS:/ws", func(r *ghttp.Request) { r.Response.Write("options") })
	h.BindHandler("/page", func(r *ghttp.Request) {
		if err := r.Response.WriteTplContent("{{.name}}", g.Map{"name": "template"}); err != nil {
			r.SetError(err)
		}
	})
	h.Plugin(gfws.New(gfws.Console("/console")))
	h.start()

	h.dial("/ws").echo(websocket.TextMessage, "hello")
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/v1/orders", 200, `{"code":0,"message":"OK","data":{"orders":["a"]}}`},
		{"GET", "/page", 200, "template"},
		{"OPTIONS", "/ws", 200, "options"},
		{"GET", "/nowhere", 404, "the host's own 404"},
		{"GET", "/index.html", 404, "the host's own 404"},
		{"GET", "/gfws/index.html", 404, "the host's own 404"},
		{"GET", "/js/main.js", 404, "the host's own 404"},
		{"GET", "/ws/x", 404, "the host's own 404"},
	} {
		if res, body := h.ask(c.method, c.path); res.StatusCode != c.status || body != c.body {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, res.StatusCode, body, c.status, c.body)
		}
	}
	if text := h.logs.String(); strings.Contains(text, "[ERRO]") {
		t.Errorf("errors were logged:\n%s", text)
	}
}

// TestOpenAPI lists the endpoint as GET, beside the host's own API.
func TestOpenAPI(t *testing.T) {
	h := newHost(t)
	h.SetOpenApiPath("/api.json")
	h.Group("/v1", func(group *ghttp.RouterGroup) { group.Bind(orders{}) })
	h.Plugin(gfws.New())
	h.start()
	_, body := h.ask(http.MethodGet, "/api.json")
	var spec struct {
		Paths map[string]map[string]struct {
			Responses map[string]json.RawMessage `json:"responses"`
		} `json:"paths"`
	}
	if err := json.Unmarshal([]byte(body), &spec); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/ws", "/wss", "/v1/orders"} {
		methods := spec.Paths[path]
		if len(methods) != 1 || methods["get"].Responses == nil {
			t.Errorf("%s is listed with %v, want get alone", path, methods)
		}
	}
	if responses := spec.Paths["/ws"]["get"].Responses; len(responses) != 1 || responses["101"] == nil {
		t.Errorf("/ws answers with %v, want 101", responses)
	}
	if len(spec.Paths) != 3 {
		t.Errorf("paths are %v", spec.Paths)
	}
}

// TestNothingGlobalIsTouched looks at what a module could leave in the process.
func TestNothingGlobalIsTouched(t *testing.T) {
	withConfiguration(t, "mine: 1\nwebsocket: {message: {maxSize: 4KiB}}")
	config, adapter := g.Cfg(), g.Cfg().GetAdapter()
	packed := len(gres.ScanDir("/", "*", true))

	h := startHost(t, gfws.New(gfws.Console("/")))
	h.dial("/ws").echo(websocket.TextMessage, "hello")

	if g.Cfg() != config || config.GetAdapter() != adapter || g.Cfg().MustGet(t.Context(), "mine").Int() != 1 {
		t.Error("the configuration is another one")
	}
	if got := len(gres.ScanDir("/", "*", true)); got != packed {
		t.Errorf("the resource manager holds %d files, had %d", got, packed)
	}
	if got := g.I18n().T(t.Context(), "gf.gvalid.rule.required"); got != "gf.gvalid.rule.required" {
		t.Errorf("i18n knows a word of somebody else's: %q", got)
	}
	if got, err := g.View().ParseContent(t.Context(), "{{.x}}", g.Map{"x": 1}); err != nil || got != "1" {
		t.Errorf("a template became %q, %v", got, err)
	}
}

// TestErrorLogStaysEmpty is gogf/gf#3556: a connection that was taken over must
// not be written to, and an orderly life of a session is no error.
func TestErrorLogStaysEmpty(t *testing.T) {
	h := newHost(t)
	h.SetAccessLogEnabled(true)
	h.SetErrorLogEnabled(true)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.Plugin(gfws.New(gfws.Logger(h.logs.logger())))
	h.start()
	for range 10 {
		p := h.dial("/ws")
		p.echo(websocket.TextMessage, "hello")
		p.closeWith(websocket.CloseGoingAway, "bye")
		_ = h.dial("/ws").Close() // without a close frame
	}
	hub := gfws.InstanceOf(h.Server).Hub()
	waitFor(t, "the sessions to end", func() bool { return hub.Len() == 0 })
	waitFor(t, "the access log", func() bool { return strings.Count(h.logs.String(), ` 101 "GET http `) == 20 })
	for _, bad := range []string{"[ERRO]", "[WARN]", "hijack", "panic", "superfluous"} {
		if text := h.logs.String(); strings.Contains(text, bad) {
			t.Errorf("%q was logged:\n%s", bad, text)
		}
	}
}
