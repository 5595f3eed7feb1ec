package gfws_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/encoding/gjson"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
)

// pingReq is bound to HTTP and to the socket.
type pingReq struct {
	g.Meta `path:"/tools/ping" method:"post" summary:"Answers"`
	Text   string `json:"text" v:"required|max-length:5"`
}

type pingRes struct {
	Text string `json:"text"`
}

type tools struct{}

func (tools) Ping(_ context.Context, req *pingReq) (*pingRes, error) {
	return &pingRes{Text: req.Text}, nil
}

func newTools(t *testing.T) *jsonrpc.Router {
	t.Helper()
	router := jsonrpc.New()
	if err := router.Bind(tools{}); err != nil {
		t.Fatal(err)
	}
	return router
}

func TestOneControllerOnBoth(t *testing.T) {
	h := newHost(t)
	h.Group("/api", func(group *ghttp.RouterGroup) {
		group.Middleware(ghttp.MiddlewareHandlerResponse)
		group.Bind(tools{})
	})
	h.Plugin(gfws.New(gfws.Path("/rpc"), gfws.Handle(newTools(t))))
	h.start()

	if _, body := h.ask(http.MethodPost, "/api/tools/ping?text=hello"); gjson.New(body).Get("data.text").String() != "hello" {
		t.Errorf("HTTP answers %s", body)
	}
	_, refused := h.ask(http.MethodPost, "/api/tools/ping")

	conn, response, err := websocket.DefaultDialer.Dial("ws://"+h.addr+"/rpc", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = response.Body.Close()
	for request, want := range map[string]string{
		`{"jsonrpc":"2.0","id":1,"method":"tools.ping","params":{"text":"hello"}}`: `"result":{"text":"hello"}`,
		`{"jsonrpc":"2.0","id":1,"method":"tools.ping"}`:                           gjson.New(refused).Get("message").String(),
	} {
		if err = conn.WriteMessage(websocket.TextMessage, []byte(request)); err != nil {
			t.Fatal(err)
		}
		if _, answer, err := conn.ReadMessage(); err != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s: %s, %v; want %s", request, answer, err, want)
		}
	}
}

func TestAsyncAPI(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Path("/rpc"), gfws.Handle(newTools(t)),
		gfws.AsyncAPI("/docs/asyncapi.json", asyncapi.Info{Version: "7.0.0"})))
	res, body := h.ask(http.MethodGet, "/docs/asyncapi.json")
	document := gjson.New(body)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/json" ||
		document.Get("info.version").String() != "7.0.0" || document.Get("info.title").String() != "gfws" ||
		document.Get("servers.here.host").String() != h.addr || document.Get("servers.here.pathname").String() != "/rpc" {
		t.Errorf("%s: %s", res.Status, body)
	}
	res, body = h.ask(http.MethodGet, "/docs/asyncapi.html")
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") ||
		res.Header.Get("Content-Security-Policy") != asyncapi.PagePolicy() || !strings.Contains(body, "tools.ping") {
		t.Errorf("%s %v: %s", res.Status, res.Header, body)
	}
	res, body = h.ask(http.MethodHead, "/docs/asyncapi.html")
	if res.StatusCode != http.StatusOK || body != "" {
		t.Errorf("HEAD: %s with %d bytes", res.Status, len(body))
	}
}

// TestAsyncAPIOfAForgedHost holds that a Host header does not get into the
// document where it is none.
func TestAsyncAPIOfAForgedHost(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Path("/rpc"), gfws.Handle(newTools(t)), gfws.AsyncAPI("/asyncapi.json", asyncapi.Info{})))
	req, err := http.NewRequest(http.MethodGet, "http://"+h.addr+"/asyncapi.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example/x?"
	res, err := httpClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	document, err := gjson.LoadContent(readBody(t, res))
	if err != nil || document.Contains("servers") {
		t.Errorf("%v, servers %v", err, document.Get("servers"))
	}
}

// TestAsyncAPIIsRefused at Check, which is what installing says too.
func TestAsyncAPIIsRefused(t *testing.T) {
	unfit := jsonrpc.New()
	_ = unfit.Bind(1)
	for name, test := range map[string]struct {
		plugin *gfws.Plugin
		says   string
	}{
		"an echo":            {gfws.New(gfws.AsyncAPI("/a.json", asyncapi.Info{})), "asyncapi.path"},
		"no path":            {gfws.New(gfws.Handle(newTools(t)), gfws.AsyncAPI("a.json", asyncapi.Info{})), "asyncapi.path"},
		"the endpoint's own": {gfws.New(gfws.Handle(newTools(t)), gfws.Path("/a.json"), gfws.AsyncAPI("/a.json", asyncapi.Info{})), "asyncapi.path"},
		"the console's":      {gfws.New(gfws.Handle(newTools(t)), gfws.Console("/a.html"), gfws.AsyncAPI("/a.json", asyncapi.Info{})), "asyncapi.path"},
		"a bad router":       {gfws.New(gfws.Handle(unfit)), "cannot bind"},
	} {
		if err := test.plugin.Check(); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func readBody(t *testing.T, res *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
