package rpcwire_test

import (
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// show writes a message as the tables below do: kind, then what it has.
func show(m rpcwire.Message) string {
	text := m.Kind.String()
	for _, part := range []struct {
		name string
		raw  []byte
	}{{"id", m.ID}, {"method", m.Method}, {"params", m.Params}, {"result", m.Result}} {
		if part.raw != nil {
			text += " " + part.name + "=" + string(part.raw)
		}
	}
	if m.Error != nil {
		text += " " + m.Error.Error()
		if m.Error.Data != nil {
			text += " data=" + string(m.Error.Data)
		}
	}
	if m.Problem != nil {
		text += ": " + m.Problem.Message
	}
	return text
}

func TestParseOne(t *testing.T) {
	for data, want := range map[string]string{
		`{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}`:                `request id=1 method=subtract params=[42,23]`,
		` {"id" : "a\u0062" , "params" : { } , "method" : "m","jsonrpc":"2.0"} `:       `request id="a\u0062" method=m params={ }`,
		`{"jsonrpc":"2.0","method":"update","params":[1,2]}`:                           `notification method=update params=[1,2]`,
		`{"jsonrpc":"2.0","method":"foobar"}`:                                          `notification method=foobar`,
		`{"jsonrpc":"2.0","method":"m","id":null}`:                                     `request id=null method=m`,
		`{"jsonrpc":"2.0","method":"m","id":-1.5e3,"params":null}`:                     `request id=-1.5e3 method=m`,
		`{"jsonrpc":"2.0","method":"","id":""}`:                                        `request id="" method=`,
		`{"jsonrpc":"2.0","m\u0065thod":"\u4f60\n","id":0}`:                            "request id=0 method=你\n",
		`{"jsonrpc":"2\u002e0","method":"m","more":{"method":[]},"METHOD":1}`:          `notification method=m`,
		`{"jsonrpc":"2.0","result":19,"id":1}`:                                         `response id=1 result=19`,
		`{"jsonrpc":"2.0","result":null,"id":"x"}`:                                     `response id="x" result=null`,
		`{"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":"1"}`:            `response id="1" json-rpc error -32601: no`,
		`{"jsonrpc":"2.0","error":{"code":1,"message":"","data":[1]},"id":null}`:       `response id=null json-rpc error 1:  data=[1]`,
		`{"jsonrpc":"2.0","method":1,"params":"bar"}`:                                  `invalid method=1: method must be a string`,
		`{"jsonrpc":"2.0","method":"m","params":"bar","id":7}`:                         `invalid id=7 method="m": params must be an object or an array`,
		`{"jsonrpc":"2.0","method":"m","params":true}`:                                 `invalid method="m": params must be an object or an array`,
		`{"jsonrpc":"2.0","method":"m","id":{}}`:                                       `invalid method="m": id must be one string, number or null`,
		`{"jsonrpc":"2.0","method":"m","id":true}`:                                     `invalid method="m": id must be one string, number or null`,
		`{"jsonrpc":"2.0","method":"m","id":1,"id":2}`:                                 `invalid method="m": id must be one string, number or null`,
		`{"jsonrpc":"2.0","method":"m","method":"n","id":1}`:                           `invalid id=1 method="n": a member stands there twice`,
		`{"jsonrpc":"2.0","method":"m","result":1,"id":1}`:                             `invalid id=1 method="m": a call has neither result nor error`,
		`{"jsonrpc":"1.0","method":"m","id":1}`:                                        `invalid id=1 method="m": jsonrpc must be "2.0"`,
		`{"jsonrpc":2.0,"method":"m","id":1}`:                                          `invalid id=1 method="m": jsonrpc must be "2.0"`,
		`{"method":"m","id":1}`:                                                        `invalid id=1 method="m": jsonrpc must be "2.0"`,
		`{}`:                                                                           `invalid: jsonrpc must be "2.0"`,
		`{"jsonrpc":"2.0"}`:                                                            `invalid: method is missing`,
		`{"jsonrpc":"2.0","result":1}`:                                                 `invalid: a response must have an id`,
		`{"jsonrpc":"2.0","result":1,"error":{"code":1,"message":"m"},"id":1}`:         `invalid id=1: a response has a result or an error`,
		`{"jsonrpc":"2.0","error":null,"id":1}`:                                        `invalid id=1: error must be an object with a code and a message`,
		`{"jsonrpc":"2.0","error":{"code":1.5,"message":"m"},"id":1}`:                  `invalid id=1: error must be an object with a code and a message`,
		`{"jsonrpc":"2.0","error":{"code":1e99,"message":"m"},"id":1}`:                 `invalid id=1: error must be an object with a code and a message`,
		`{"jsonrpc":"2.0","error":{"message":"m"},"id":1}`:                             `invalid id=1: error must be an object with a code and a message`,
		`{"jsonrpc":"2.0","error":{"code":99999999999999999999,"message":"m"},"id":1}`: `invalid id=1: error must be an object with a code and a message`,
		`1`:      `invalid: a message must be an object`,
		`"text"`: `invalid: a message must be an object`,
		` null `: `invalid: a message must be an object`,
	} {
		messages, batch, problem := rpcwire.Parse(nil, []byte(data), 10)
		if batch || problem != nil || len(messages) != 1 {
			t.Errorf("%s: %d messages, batch %t, %v", data, len(messages), batch, problem)
			continue
		}
		if got := show(messages[0]); got != want {
			t.Errorf("%s:\n got %s\nwant %s", data, got, want)
		}
	}
}

func TestParseBatch(t *testing.T) {
	data := ` [ {"jsonrpc":"2.0","method":"a","id":1} , 1, {"foo":"boo"},{"jsonrpc":"2.0","method":"b"},[] ] `
	messages, batch, problem := rpcwire.Parse(nil, []byte(data), 5)
	if !batch || problem != nil {
		t.Fatalf("batch %t, %v", batch, problem)
	}
	want := []string{
		"request id=1 method=a", "invalid: a message must be an object", `invalid: jsonrpc must be "2.0"`,
		"notification method=b", "invalid: a message must be an object",
	}
	if len(messages) != len(want) {
		t.Fatalf("%d messages, want %d", len(messages), len(want))
	}
	for i, m := range messages {
		if show(m) != want[i] {
			t.Errorf("%d: got %s, want %s", i, show(m), want[i])
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, data string
		code       int
		batch      bool
	}{
		{"nothing", "", rpcwire.CodeParseError, false},
		{"white space", " \n", rpcwire.CodeParseError, false},
		{"no JSON", `{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]`, rpcwire.CodeParseError, false},
		{"two values", `{} {}`, rpcwire.CodeParseError, false},
		{"cut", `{"jsonrpc":"2.0","method"`, rpcwire.CodeParseError, false},
		{"comma at the end", `{"jsonrpc":"2.0",}`, rpcwire.CodeParseError, false},
		{"a byte of zero", "\x00", rpcwire.CodeParseError, false},
		{"control character", "{\"a\":\"\n\"}", rpcwire.CodeParseError, false},
		{"bad batch", `[{"jsonrpc": "2.0", "method": "sum", "id": "1"},{"jsonrpc": "2.0", "method"]`, rpcwire.CodeParseError, true},
		{"bad element", `[01]`, rpcwire.CodeParseError, true},
		{"more after a batch", `[1] 2`, rpcwire.CodeParseError, true},
		{"more after an empty batch", `[] 2`, rpcwire.CodeParseError, true},
		{"open batch", `[1,`, rpcwire.CodeParseError, true},
		{"too deep", nest(rpcwire.MaxDepth + 1), rpcwire.CodeParseError, false},
		{"too deep in a batch", `[` + nest(rpcwire.MaxDepth) + `]`, rpcwire.CodeParseError, true},
		{"very deep without an end", strings.Repeat(`[`, 1<<20), rpcwire.CodeParseError, true},
		{"no UTF-8", "{\"jsonrpc\":\"2.0\",\"method\":\"\xea\"}", rpcwire.CodeParseError, false},
		{"no UTF-8 in a batch", "[\"\xff\"]", rpcwire.CodeParseError, true},
		{"empty batch", ` [ ] `, rpcwire.CodeInvalidRequest, true},
		{"large batch", `[1,2,3,4]`, rpcwire.CodeInvalidRequest, true},
		{"larger batch", `[1,2,3,{"a":[]},5] `, rpcwire.CodeInvalidRequest, true},
		{"large batch that does not end", `[1,2,3,4`, rpcwire.CodeParseError, true},
		{"large batch and more", `[1,2,3,4] 5`, rpcwire.CodeParseError, true},
		{"comma at the end of a full batch", `[1,2,3,]`, rpcwire.CodeParseError, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := []rpcwire.Message{{Kind: rpcwire.Response}}
			messages, batch, problem := rpcwire.Parse(before, []byte(tt.data), 3)
			if problem == nil || problem.Code != tt.code || batch != tt.batch {
				t.Errorf("batch %t, %v", batch, problem)
			}
			if len(messages) != 1 || messages[0].Kind != rpcwire.Response {
				t.Errorf("%d messages", len(messages))
			}
		})
	}
}

// nest returns a message in which so many arrays and objects are open at once.
func nest(depth int) string {
	return `{"jsonrpc":"2.0","method":"m","params":` + strings.Repeat("[", depth-1) + strings.Repeat("]", depth-1) + `}`
}

func TestParseDepth(t *testing.T) {
	for _, data := range []string{nest(rpcwire.MaxDepth), `[` + nest(rpcwire.MaxDepth-1) + `]`} {
		messages, _, problem := rpcwire.Parse(nil, []byte(data), 1)
		if problem != nil || len(messages) != 1 || messages[0].Kind != rpcwire.Notification {
			t.Errorf("%d messages, %v", len(messages), problem)
		}
	}
	_, _, problem := rpcwire.Parse(nil, []byte(nest(rpcwire.MaxDepth+1)), 1)
	if problem == nil || problem.Message != "the message is nested too deep" {
		t.Errorf("%v", problem)
	}
}

func TestParseNoBatch(t *testing.T) {
	if _, _, problem := rpcwire.Parse(nil, []byte(`[{}]`), 0); problem == nil || problem.Code != rpcwire.CodeInvalidRequest {
		t.Errorf("%v", problem)
	}
}
