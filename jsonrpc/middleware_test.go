package jsonrpc_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/utility/syncbuffer"
)

func TestMiddlewares(t *testing.T) {
	router := newRouter(t, []any{echo, who})
	var steps []string
	step := func(name string) jsonrpc.Middleware {
		return func(ctx context.Context, r *jsonrpc.Request, next jsonrpc.Next) (any, error) {
			steps = append(steps, name+" "+r.Method())
			result, err := next(ctx, r)
			steps = append(steps, name+" done")
			return result, err
		}
	}
	router.Use(step("outer"))
	router.Use(step("inner"), func(ctx context.Context, r *jsonrpc.Request, next jsonrpc.Next) (any, error) {
		if r.Meta("role") == "reader" {
			return nil, gerror.NewCode(gcode.CodeNotAuthorized, "not for you")
		}
		return next(ctx, r)
	})
	p := serve(t, router).dial(t, nil)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"who"}`), `{"jsonrpc":"2.0","id":1,"error":{"code":61,"message":"not for you"}}`)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":2,"method":"echo","params":[2]}`), `{"jsonrpc":"2.0","id":2,"result":2}`)
	want := []string{"outer who", "inner who", "inner done", "outer done", "outer echo", "inner echo", "inner done", "outer done"}
	if !slices.Equal(steps, want) {
		t.Errorf("steps %q, want %q", steps, want)
	}
}

// TestLoggingSeesWhatRecoveryCaught has them in the order that is meant.
func TestIncludedMiddlewares(t *testing.T) {
	var lines syncbuffer.Buffer
	metrics, err := jsonrpc.Metrics()
	if err != nil {
		t.Fatal(err)
	}
	router := newRouter(t, []any{fail, echo, rules})
	router.Use(jsonrpc.Logging(logTo(&lines)), metrics, jsonrpc.Recovery())
	p := serve(t, router).dial(t, nil)
	for _, test := range []struct{ request, answer, line string }{
		{`"method":"fail","params":{"how":"panic"}`, `"error":{"code":-32603,"message":"Internal error"}`, "jsonrpc fail session="},
		{`"method":"rules","params":{}`, `"error":{"code":51`, "code=51: the city is missing"},
		{`"method":"echo"`, `"result":null`, "jsonrpc echo session="},
	} {
		if got := p.ask(`{"jsonrpc":"2.0","id":1,` + test.request + `}`); !strings.Contains(got, test.answer) {
			t.Errorf("got %s, want %s", got, test.answer)
		}
		if !strings.Contains(lines.String(), test.line) {
			t.Errorf("the log lacks %q:\n%s", test.line, lines.String())
		}
	}
	if !strings.Contains(lines.String(), `user="ann"`) {
		t.Errorf("the log does not tell the user:\n%s", lines.String())
	}
}
