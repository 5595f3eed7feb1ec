package jsonrpc_test

import (
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// FuzzMessage sends whatever there is to a router: the session outlives it, and
// all that comes back is answers.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"echo","params":[1,-0.5e+3,"\u00e4\ud800",null,true]}`,
		`[{"jsonrpc":"2.0","result":{},"id":1},{"error":{}},{"jsonrpc":"2.0","id":"\u0031","method":"inline","params":{"name":"x"}}]`,
		`[{"jsonrpc":"2.0","method":"subtract","params":{"minuend":42,"subtrahend":23}},1]`, `[]`, `{}`, ` `, `{"a":}`, `[1,]`, `01`,
		`{"jsonrpc":"2.0","method":"$/cancel","params":{"id":1,"id":{}}}`, `{"jsonrpc":"2.0","id":1,"id":2}`, `nul`, "\xff", "",
		`{"jsonrpc":"2.0","id":7,"method":"subtract","params":[[[[1]]],"\u2028"]}`, `{"jsonrpc":"2.0","id":null,"method":"nothing"}`,
	} {
		f.Add([]byte(seed))
	}
	p := serve(f, newRouter(f, []any{echo, inlineEcho, subtract})).dial(f, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 32<<10 {
			return // what is too big for a session is none of the router's business
		}
		p.t = t
		_ = p.SetReadDeadline(time.Now().Add(patience))
		if err := p.WriteMessage(websocket.BinaryMessage, data); err != nil {
			t.Fatal(err)
		}
		const last, answer = `{"jsonrpc":"2.0","id":"last","method":"inline","params":["x"]}`, `{"jsonrpc":"2.0","id":"last","result":"x"}`
		for got := p.ask(last); got != answer; got = p.receive() {
			checkAnswers(t, got)
		}
	})
}

// checkAnswers checks that text is one answer or a batch of them.
func checkAnswers(t *testing.T, text string) {
	t.Helper()
	messages, _, problem := rpcwire.Parse(nil, []byte(text), 100)
	if problem != nil {
		t.Fatalf("%s: %v", text, problem)
	}
	for _, m := range messages {
		if m.Kind != rpcwire.Response {
			t.Fatalf("%s of %s: %v", m.Kind, text, m.Problem)
		}
	}
}
