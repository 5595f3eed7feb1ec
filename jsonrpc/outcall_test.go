package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

type confirmReq struct {
	g.Meta `rpc:"confirm"`
	Text   string
}

type confirmed struct{ Yes bool }

// confirm asks the client back before it answers.
func confirm(ctx context.Context, req *confirmReq) (string, error) {
	answer, err := jsonrpc.Call[confirmed](ctx, jsonrpc.SessionFromCtx(ctx), "sure", g.Map{"about": req.Text})
	if err != nil {
		return "", err
	}
	if !answer.Yes {
		return "left", nil
	}
	return "done", nil
}

// TestHandlerCallsTheClientBack has a client answer a call before it is
// answered itself.
func TestHandlerCallsTheClientBack(t *testing.T) {
	p := serve(t, newRouter(t, []any{confirm}, jsonrpc.Concurrency(1))).dial(t, nil)
	for answer, want := range map[string]string{
		`"result":{"yes":true}`: `"result":"done"`,
		`"result":{}`:           `"result":"left"`,
		`"error":{"code":5,"message":"no","data":{"why":[1]}}`: `"error":{"code":5,"message":"no","data":{"why":[1]}}`,
		`"result":"text"`:                   `"code":60`,
		`"error":"text"`:                    `"code":60`,
		`"error":null`:                      `"code":60`,
		`"error":{"message":"of no code"}`:  `"code":60`,
		`"result":{},"error":{}`:            `"code":60`,
		`"note":"neither result nor error"`: `"code":60`,
		`"result":{"yes":true},"result":{}`: `"code":60`,
	} {
		var call struct {
			ID     json.RawMessage
			Method string
			Params struct{ About string }
		}
		if err := json.Unmarshal([]byte(p.ask(`{"jsonrpc":"2.0","id":"mine","method":"confirm","params":["it"]}`)), &call); err != nil {
			t.Fatal(err)
		}
		if call.Method != "sure" || call.Params.About != "it" {
			t.Fatalf("called %+v", call)
		}
		p.send(`{"jsonrpc":"2.0","id":99999,"result":"nobody waits for it"}`)
		if got := p.ask(`{"jsonrpc":"2.0","id":` + string(call.ID) + `,` + answer + `}`); !strings.Contains(got, want) {
			t.Errorf("for %s came %s", answer, got)
		}
	}
}

// TestCallEnds ends calls that the client never answers.
func TestCallEnds(t *testing.T) {
	server := serve(t, newRouter(t, nil))
	p := server.dial(t, nil)
	session := waitFor(t, "session", server.opened)

	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	call := func(ctx context.Context) { _, err := jsonrpc.Call[any](ctx, session, "never", nil); ended <- err }
	go call(ctx)
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","method":"never","id":1}`)
	cancel()
	if err := waitFor(t, "end", ended); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}

	go call(context.Background())
	p.receive()
	_ = p.Close()
	if err := waitFor(t, "end", ended); !errors.Is(err, ws.ErrClosed) {
		t.Errorf("ended with %v", err)
	}
	go call(context.Background())
	if err := waitFor(t, "end", ended); !errors.Is(err, ws.ErrClosed) {
		t.Errorf("ended with %v", err)
	}
}

func TestEncode(t *testing.T) {
	for _, test := range []struct {
		params any
		want   string
	}{
		{nil, `{"jsonrpc":"2.0","method":"a<b"}`},
		{(*confirmed)(nil), `{"jsonrpc":"2.0","method":"a<b"}`},
		{g.Map{"x": "<"}, `{"jsonrpc":"2.0","method":"a<b","params":{"x":"<"}}`},
		{[]int{1}, `{"jsonrpc":"2.0","method":"a<b","params":[1]}`},
		{1, ``},
		{"text", ``},
		{make(chan int), ``},
	} {
		m, err := jsonrpc.Encode("a<b", test.params)
		if (err != nil) != (test.want == "") || string(m.Data) != test.want {
			t.Errorf("params %v: %s, %v", test.params, m.Data, err)
		}
	}
}
