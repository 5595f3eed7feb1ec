package jsonrpc_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
)

type echoReq struct {
	g.Meta `rpc:"echo"`
	Value  any `json:"value"`
}

func echo(_ context.Context, req *echoReq) (any, error) { return req.Value, nil }

// TestEnvelope sends what is hostile or odd, each of which is answered.
func TestEnvelope(t *testing.T) {
	const (
		parse   = `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}`
		invalid = `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request"}}`
		seven   = `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Invalid Request"}}`
		params  = `{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"Invalid params"}}`
	)
	p := serve(t, newRouter(t, []any{echo, subtract, rules})).dial(t, nil)
	for _, test := range []struct{ name, request, answer string }{
		{"nothing", ``, parse},
		{"white space", " \t\r\n", parse},
		{"a byte order mark", "\ufeff{}", parse},
		{"two values", `{"jsonrpc":"2.0","id":7,"method":"echo"} {}`, parse},
		{"a trailing comma", `{"jsonrpc":"2.0","id":7,"method":"echo",}`, parse},
		{"a comment", `{"jsonrpc":"2.0","id":7,"method":"echo"}//`, parse},
		{"NaN", `{"jsonrpc":"2.0","id":7,"method":"echo","params":[NaN]}`, parse},
		{"Infinity", `{"jsonrpc":"2.0","id":7,"method":"echo","params":[-Infinity]}`, parse},
		{"a leading zero", `{"jsonrpc":"2.0","id":07,"method":"echo"}`, parse},
		{"a number that ends early", `{"jsonrpc":"2.0","id":7.,"method":"echo"}`, parse},
		{"a plus", `{"jsonrpc":"2.0","id":+7,"method":"echo"}`, parse},
		{"single quotes", `{'jsonrpc':'2.0'}`, parse},
		{"a bad escape", `{"jsonrpc":"2.0","id":"\x","method":"echo"}`, parse},
		{"a raw control character", "{\"jsonrpc\":\"2.0\",\"id\":\"\x01\",\"method\":\"echo\"}", parse},
		{"a string that does not end", `{"jsonrpc":"2.0`, parse},
		{"deep arrays", strings.Repeat("[", 20000), parse},
		{"deep arrays that end", `{"jsonrpc":"2.0","id":7,"method":"echo","params":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, parse},
		{"deep objects", strings.Repeat(`{"a":`, 10000), parse},
		{"a text", `"echo"`, invalid},
		{"a number", `7`, invalid},
		{"null", `null`, invalid},
		{"an empty object", `{}`, invalid},
		{"no version", `{"id":7,"method":"echo"}`, seven},
		{"version 1", `{"jsonrpc":"1.0","id":7,"method":"echo"}`, seven},
		{"version as a number", `{"jsonrpc":2.0,"id":7,"method":"echo"}`, seven},
		{"no method", `{"jsonrpc":"2.0","id":7}`, seven},
		{"method null", `{"jsonrpc":"2.0","id":7,"method":null}`, seven},
		{"params a text", `{"jsonrpc":"2.0","id":7,"method":"echo","params":"x"}`, seven},
		{"params a number", `{"jsonrpc":"2.0","method":"echo","params":1,"id":7}`, seven},
		{"id an object", `{"jsonrpc":"2.0","id":{},"method":"echo"}`, invalid},
		{"id an array", `{"jsonrpc":"2.0","id":[1],"method":"echo"}`, invalid},
		{"id a boolean", `{"jsonrpc":"2.0","id":true,"method":"echo"}`, invalid},
		{"a huge id", `{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 5000) + `","method":"echo"}`, invalid},
		{"method twice", `{"jsonrpc":"2.0","id":7,"method":"echo","method":"subtract"}`, seven},
		{"id twice", `{"jsonrpc":"2.0","id":7,"id":8,"method":"echo"}`, invalid},
		{"method twice, once in escapes", `{"jsonrpc":"2.0","id":7,"method":"echo","\u006dethod":"subtract"}`, seven},
		{"method and result", `{"jsonrpc":"2.0","id":7,"method":"echo","result":1}`, seven},
		{"result and error", `{"jsonrpc":"2.0","id":7,"result":1,"error":{}}`, seven},
		{"an answer without an id", `{"jsonrpc":"2.0","result":1}`, invalid},
		{"an answer of another version", `{"jsonrpc":"1.0","id":7,"result":1}`, seven},
		{"an error that is none", `{"jsonrpc":"2.0","id":7,"error":{"code":"x"}}`, seven},
		{"a huge id of a broken request", `{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 5000) + `","method":1}`, invalid},
		{"members in another case", `{"jsonrpc":"2.0","ID":7,"Method":"echo"}`, invalid},
		{"wrong type", `{"jsonrpc":"2.0","id":7,"method":"rules","params":{"name":"Ann","inner":"text"}}`, params},
		{"too many positions", `{"jsonrpc":"2.0","id":7,"method":"subtract","params":[1,2,3]}`, params},
		{"params null", `{"jsonrpc":"2.0","id":7,"method":"echo","params":null}`, `{"jsonrpc":"2.0","id":7,"result":null}`},
		{"an unknown member", `{"jsonrpc":"2.0","id":7,"method":"echo","params":{},"extra":{"a":[]}}`, `{"jsonrpc":"2.0","id":7,"result":null}`},
		{"method in escapes", `{"jsonrpc":"2.0","id":7,"method":"ech\u006f","params":{"value":1}}`, `{"jsonrpc":"2.0","id":7,"result":1}`},
		{"an array of one object", `{"jsonrpc":"2.0","id":7,"method":"subtract","params":[{"minuend":3,"subtrahend":1}]}`, `{"jsonrpc":"2.0","id":7,"result":2}`},
		{"an object at the position of one", `{"jsonrpc":"2.0","id":7,"method":"echo","params":[{"value":1}]}`, `{"jsonrpc":"2.0","id":7,"result":{"value":1}}`},
		{"a nested batch", `[[{"jsonrpc":"2.0","id":7,"method":"echo"}]]`, `[` + invalid + `]`},
		{"the protocol's own, unknown", `{"jsonrpc":"2.0","id":7,"method":"$/other"}`, `{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"Method not found"}}`},
		{"a batch that is too large", `[` + strings.Repeat(`1,`, 100) + `1]`, invalid},
		{"a batch that is too large and does not end", `[` + strings.Repeat(`1,`, 100) + `1`, parse},
	} {
		t.Run(test.name, func(t *testing.T) {
			p.t = t
			sameJSON(t, p.ask(test.request), test.answer)
		})
	}
}

// TestLargestBatch is answered in full, and in the order of its calls.
func TestLargestBatch(t *testing.T) {
	var calls, answers []string
	for i := range jsonrpc.DefaultBatch {
		calls = append(calls, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"echo","params":[%d]}`, i, i))
		answers = append(answers, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":%d}`, i, i))
	}
	p := serve(t, newRouter(t, []any{echo})).dial(t, nil)
	sameJSON(t, p.ask("["+strings.Join(calls, ",")+"]"), "["+strings.Join(answers, ",")+"]")
}

// TestInvalidUTF8 comes in a binary message, since a text message that is none
// closes the session before.
func TestInvalidUTF8(t *testing.T) {
	p := serve(t, newRouter(t, []any{echo})).dial(t, nil)
	if err := p.WriteMessage(websocket.BinaryMessage, []byte("{\"jsonrpc\":\"2.0\",\"id\":\"\xff\",\"method\":\"echo\"}")); err != nil {
		t.Fatal(err)
	}
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}`)
	if err := p.WriteMessage(websocket.BinaryMessage, []byte(`{"jsonrpc":"2.0","id":1,"method":"echo"}`)); err != nil {
		t.Fatal(err)
	}
	sameJSON(t, p.receive(), `{"jsonrpc":"2.0","id":1,"result":null}`)
}

// TestIDsComeBackVerbatim compares texts: a number must not lose digits.
func TestIDsComeBackVerbatim(t *testing.T) {
	p := serve(t, newRouter(t, []any{echo})).dial(t, nil)
	for _, id := range []string{
		`1`, `0`, `-1`, `1.5`, `1e400`, `-0.0`, `123456789012345678901234567890`, `0.1000`,
		`""`, `"a"`, `"\u00e4\n"`, `"ä"`, `"<&>"`, `null`, `"` + strings.Repeat("x", 1000) + `"`,
	} {
		want := `{"jsonrpc":"2.0","id":` + id + `,"result":"<x>"}`
		if got := p.ask(`{"jsonrpc":"2.0","id":` + id + `,"method":"echo","params":["<x>"]}`); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
