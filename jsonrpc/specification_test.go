package jsonrpc_test

import (
	"context"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
)

type subtractReq struct {
	g.Meta     `rpc:"subtract"`
	Minuend    int `json:"minuend"    v:"required"`
	Subtrahend int `json:"subtrahend" v:"required"`
}

func subtract(_ context.Context, req *subtractReq) (int, error) {
	return req.Minuend - req.Subtrahend, nil
}

type sumReq struct {
	g.Meta  `rpc:"sum"`
	A, B, C int
}

func sum(_ context.Context, req *sumReq) (int, error) { return req.A + req.B + req.C, nil }

type updateReq struct {
	g.Meta        `rpc:"update"`
	A, B, C, D, E int
}

func update(context.Context, *updateReq) (*struct{}, error) { return nil, nil }

type helloReq struct {
	g.Meta `rpc:"notify_hello"`
	Number int
}

func hello(context.Context, *helloReq) (*struct{}, error) { return nil, nil }

type dataReq struct {
	g.Meta `rpc:"get_data"`
}

func data(context.Context, *dataReq) ([]any, error) { return []any{"hello", 5}, nil }

// TestSpecification holds the router to the examples of section 7 of the
// JSON-RPC 2.0 specification.
func TestSpecification(t *testing.T) {
	p := serve(t, newRouter(t, []any{subtract, sum, update, hello, data})).dial(t, nil)
	for _, test := range []struct{ name, request, answer string }{
		{"positional params", `{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}`,
			`{"jsonrpc": "2.0", "result": 19, "id": 1}`},
		{"positional params the other way", `{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}`,
			`{"jsonrpc": "2.0", "result": -19, "id": 2}`},
		{"named params", `{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}`,
			`{"jsonrpc": "2.0", "result": 19, "id": 3}`},
		{"named params in another order", `{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}`,
			`{"jsonrpc": "2.0", "result": 19, "id": 4}`},
		{"notification", `{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}`, ``},
		{"notification of an unknown method", `{"jsonrpc": "2.0", "method": "foobar"}`, ``},
		{"unknown method", `{"jsonrpc": "2.0", "method": "foobar", "id": "1"}`,
			`{"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"}`},
		{"invalid JSON", `{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]`,
			`{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}`},
		{"invalid request", `{"jsonrpc": "2.0", "method": 1, "params": "bar"}`,
			`{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}`},
		{"batch of invalid JSON", `[
  {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
  {"jsonrpc": "2.0", "method"
]`, `{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}`},
		{"empty batch", `[]`,
			`{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}`},
		{"batch of one that is invalid", `[1]`,
			`[{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}]`},
		{"batch of three that are invalid", `[1,2,3]`, `[
  {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
  {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
  {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}
]`},
		{"batch", `[
  {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
  {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
  {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
  {"foo": "boo"},
  {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
  {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
]`, `[
  {"jsonrpc": "2.0", "result": 7, "id": "1"},
  {"jsonrpc": "2.0", "result": 19, "id": "2"},
  {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
  {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
  {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}
]`},
		{"batch of notifications", `[
  {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
  {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
]`, ``},
	} {
		t.Run(test.name, func(t *testing.T) {
			p.t = t
			if test.answer == "" {
				p.send(test.request)
				p.expectNothing()
				return
			}
			sameJSON(t, p.ask(test.request), test.answer)
		})
	}
}
