package jsonrpc_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/glog"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/utility/syncbuffer"
	"github.com/gfws/gf-websocket/ws"
)

type failReq struct {
	g.Meta `rpc:"fail"`
	How    string
}

// fail fails in each way that a handler can.
func fail(ctx context.Context, req *failReq) (any, error) {
	switch req.How {
	case "plain":
		return nil, errors.New("no luck")
	case "code":
		return nil, gerror.NewCode(gcode.New(1001, "Sold Out", g.Map{"left": 0}), "nothing is left")
	case "wrapped":
		return nil, gerror.Wrap(gerror.NewCode(gcode.CodeNotFound, "no such order"), "reading")
	case "own":
		return nil, gerror.Wrap(&jsonrpc.Error{Code: -32050, Message: "own", Data: []int{1}}, "wrapped")
	case "unencodable":
		return make(chan int), nil
	case "big":
		return strings.Repeat("x", 2<<20), nil
	case "panic":
		panic("at the disco")
	case "close":
		return nil, &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "go away"}
	default:
		return nil, ctx.Err()
	}
}

func TestFailures(t *testing.T) {
	p := serve(t, newRouter(t, []any{fail})).dial(t, nil)
	for how, answer := range map[string]string{
		"plain":       `{"code":-32603,"message":"no luck"}`,
		"code":        `{"code":1001,"message":"nothing is left","data":{"left":0}}`,
		"wrapped":     `{"code":65,"message":"reading: no such order"}`,
		"own":         `{"code":-32050,"message":"own","data":[1]}`,
		"unencodable": `{"code":-32603,"message":"Internal error"}`,
		"big":         `{"code":-32603,"message":"Internal error"}`,
		"panic":       `{"code":-32603,"message":"Internal error"}`,
	} {
		t.Run(how, func(t *testing.T) {
			p.t = t
			sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"fail","params":{"how":"`+how+`"}}`),
				`{"jsonrpc":"2.0","id":1,"error":`+answer+`}`)
		})
	}
	p.send(`{"jsonrpc":"2.0","id":1,"method":"fail","params":{"how":"close"}}`)
	_, _, err := p.ReadMessage()
	if !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Errorf("ended by %v", err)
	}
}

func logTo(buffer *syncbuffer.Buffer) *glog.Logger {
	logger := silent()
	logger.SetWriter(buffer)
	return logger
}

func TestPanicIsLoggedWithItsStack(t *testing.T) {
	var buffer syncbuffer.Buffer
	p := serve(t, newRouter(t, []any{fail}, jsonrpc.Logger(logTo(&buffer)))).dial(t, nil)
	p.ask(`{"jsonrpc":"2.0","id":1,"method":"fail","params":{"how":"panic"}}`)
	for _, part := range []string{"at the disco", "method fail", "handler_test.go"} {
		if !strings.Contains(buffer.String(), part) {
			t.Errorf("the log lacks %q:\n%s", part, buffer.String())
		}
	}
}

type rulesReq struct {
	g.Meta `rpc:"rules"`
	Name   string `json:"name" v:"required|length:2,5"`
	Age    int    `json:"age"  v:"required|between:1,150" d:"18"`
	Inner  struct {
		City string `json:"city" v:"required#the city is missing"`
	} `json:"inner"`
}

func rules(_ context.Context, req *rulesReq) (*rulesReq, error) { return req, nil }

func TestRules(t *testing.T) {
	p := serve(t, newRouter(t, []any{rules})).dial(t, nil)
	for _, test := range []struct{ name, params, answer string }{
		{"kept", `{"name":"Ann","inner":{"city":"Ulm"}}`, `"result":{"name":"Ann","age":18,"inner":{"city":"Ulm"}}`},
		{"in another case", `{"NAME":"Ann","AGE":"7","inner":{"City":"Ulm"}}`, `"result":{"name":"Ann","age":7,"inner":{"city":"Ulm"}}`},
		{"missing", `{"inner":{"city":"Ulm"}}`,
			`"error":{"code":51,"message":"The name field is required","data":{"name":{"required":"The name field is required"}}}`},
		{"nested", `{"name":"Ann","inner":{"city":""}}`,
			`"error":{"code":51,"message":"the city is missing","data":{"city":{"required":"the city is missing"}}}`},
		{"zero is not missing", `{"name":"Ann","age":0,"inner":{"city":"Ulm"}}`,
			`"error":{"code":51,"message":"The age value ` + "`0`" + ` must be between 1 and 150","data":{"age":{"between":"The age value ` + "`0`" + ` must be between 1 and 150"}}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			p.t = t
			sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"rules","params":`+test.params+`}`),
				`{"jsonrpc":"2.0","id":1,`+test.answer+`}`)
		})
	}
}

type whoReq struct {
	g.Meta `rpc:"who" role:"reader"`
}

func who(ctx context.Context, _ *whoReq) (g.Map, error) {
	r := jsonrpc.RequestFromCtx(ctx)
	return g.Map{
		"user":    jsonrpc.IdentityFromCtx(ctx).User,
		"query":   jsonrpc.HandshakeFromCtx(ctx).RawQuery,
		"same":    jsonrpc.SessionFromCtx(ctx) == r.Session() && r.Session().ID() != "",
		"request": []any{r.Method(), string(r.ID()), string(r.Params()), r.Meta("role"), r.IsNotification()},
	}, nil
}

func TestWhatAHandlerFindsInItsContext(t *testing.T) {
	p := serve(t, newRouter(t, []any{who})).dial(t, nil)
	sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":"x","method":"who","params":{"a":1}}`), `{"jsonrpc":"2.0","id":"x","result":
		{"user":"ann","query":"user=ann","same":true,"request":["who","\"x\"","{\"a\":1}","reader",false]}}`)
	ctx := context.Background()
	if jsonrpc.RequestFromCtx(ctx) != nil || jsonrpc.SessionFromCtx(ctx) != nil ||
		jsonrpc.IdentityFromCtx(ctx).Known() || jsonrpc.HandshakeFromCtx(ctx) != (ws.Handshake{}) {
		t.Error("something is found in a context that is not a handler's")
	}
}

func TestHooks(t *testing.T) {
	closed := make(chan ws.Close, 1)
	router := newRouter(t, nil,
		jsonrpc.OnOpen(func(_ context.Context, s *ws.Session) error {
			return jsonrpc.Notify(s, "welcome", g.Map{"to": s.User()})
		}),
		jsonrpc.OnClose(func(_ context.Context, _ *ws.Session, c ws.Close) { closed <- c }))
	p := serve(t, router).dial(t, nil)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","method":"welcome","params":{"to":"ann"}}`)
	_ = p.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
	if c := waitFor(t, "close", closed); c.Code != ws.CodeNormal {
		t.Errorf("closed as %s", c)
	}
}
