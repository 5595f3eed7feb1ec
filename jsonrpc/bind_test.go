package jsonrpc_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
	"github.com/gfws/gf-websocket/wstest"
)

type pathReq struct {
	g.Meta `path:"/orders/{id}/lines" method:"get"`
}

type taggedReq struct {
	g.Meta `rpc:"orders.read" path:"/orders/:id" method:"get"`
}

// orders is a controller as ghttp binds it, with a method for raw HTTP.
type orders struct{}

func (orders) Lines(context.Context, *pathReq) (*struct{}, error) { return nil, nil }
func (orders) Read(context.Context, *taggedReq) (*struct{}, error) {
	return nil, nil
}
func (orders) Export(*ghttp.Request) {}

func TestBindNames(t *testing.T) {
	router := newRouter(t, []any{orders{}, subtract})
	names := router.Methods()
	if want := []string{"orders.lines", "orders.read", "subtract"}; !slices.Equal(names, want) {
		t.Errorf("bound %q, want %q", names, want)
	}
	if err := router.Check(); err != nil {
		t.Error(err)
	}
}

type namelessReq struct{ g.Meta }

type rootReq struct {
	g.Meta `path:"/"`
}

type reservedReq struct {
	g.Meta `rpc:"rpc.list"`
}

type protocolReq struct {
	g.Meta `rpc:"$/other"`
}

type badOrderReq struct {
	g.Meta `rpc:"a" order:"yes"`
}

type badInlineReq struct {
	g.Meta `rpc:"a" inline:"1"`
}

type badTimeoutReq struct {
	g.Meta `rpc:"a" timeout:"30"`
}

type uploadReq struct {
	g.Meta `rpc:"a"`
	File   *ghttp.UploadFile `json:"file" type:"file"`
}

type uploadsReq struct {
	g.Meta `rpc:"a"`
	Files  ghttp.UploadFiles `json:"files" type:"file"`
}

type empty struct{}

type wrong struct{}

func (wrong) Answer(context.Context, *subtractReq) error { return nil }

func nothing[Req any](context.Context, *Req) (*struct{}, error) { return nil, nil }

func TestBindRefuses(t *testing.T) {
	for _, test := range []struct {
		name    string
		handler any
		says    string
	}{
		{"nil", nil, "nil"},
		{"a nil function", (func(context.Context, *subtractReq) (*struct{}, error))(nil), "nil"},
		{"no handler", empty{}, "no method"},
		{"a number", 1, "no method"},
		{"a wrong form", wrong{}, "wrong.Answer"},
		{"a request by value", func(context.Context, subtractReq) (*struct{}, error) { return nil, nil }, "instead of"},
		{"no context", func(*subtractReq) (*struct{}, error) { return nil, nil }, "instead of"},
		{"no name", nothing[namelessReq], "rpc"},
		{"no name in the path", nothing[rootReq], "rpc"},
		{"a name of JSON-RPC's", nothing[reservedReq], "rpc.list"},
		{"a name of the protocol's", nothing[protocolReq], "$/other"},
		{"a bad order", nothing[badOrderReq], "order"},
		{"a bad inline", nothing[badInlineReq], "inline"},
		{"a bad timeout", nothing[badTimeoutReq], "timeout"},
		{"a file", nothing[uploadReq], "field File takes an upload"},
		{"files", nothing[uploadsReq], "field Files takes an upload"},
		{"a name that is taken", subtract, "twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			router := newRouter(t, []any{subtract})
			err := router.Bind(echo, test.handler)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("the error is %v", err)
			}
			if router.Check() == nil {
				t.Error("Check has forgotten it")
			}
			if names := router.Methods(); len(names) != 1 {
				t.Errorf("bound all the same: %q", names)
			}
		})
	}
}

// Types that hold themselves, without a struct between.
type (
	branches map[string]branches
	layers   []layers
)

type selfHoldingReq struct {
	g.Meta   `rpc:"self"`
	Branches branches `json:"branches"`
	Layers   layers   `json:"layers"`
}

// TestSelfHoldingTypes binds types that hold themselves, and calls with them.
func TestSelfHoldingTypes(t *testing.T) {
	router := newRouter(t, []any{func(_ context.Context, req *selfHoldingReq) (branches, error) { return req.Branches, nil }})
	if _, err := router.AsyncAPI(asyncapi.Info{}); err != nil {
		t.Error(err)
	}
	p := wstest.Serve(t, router).Connect()
	p.AssertReply("self", g.Map{"branches": g.Map{"a": g.Map{"b": g.Map{}}}, "layers": g.Slice{g.Slice{}}}, g.Map{"a": g.Map{"b": nil}})
}

func TestDeclareRefuses(t *testing.T) {
	for name, declare := range map[string]func(*jsonrpc.Router) error{
		"no method": func(r *jsonrpc.Router) error { return r.Sends("", nil) },
		"no struct": func(r *jsonrpc.Router) error { return r.Sends("a", 1) },
		"twice": func(r *jsonrpc.Router) error {
			if err := r.Sends("a", nil); err != nil {
				return nil
			}
			return r.Calls("a", nil, nil)
		},
	} {
		if router := newRouter(t, nil); declare(router) == nil || router.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
