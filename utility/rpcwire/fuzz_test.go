package rpcwire_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// FuzzParse holds the scanner against encoding/json: the same data is JSON for
// both, but for what is no UTF-8 or nested too deep, and the members have the
// values that encoding/json finds. What was parsed and is written again is the
// same message.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","method":"m\u0041","params":{"a":[1,-0.5e+10,"\ud83d\ude00",null,true,false]},"id":"x"}`,
		`[{"jsonrpc":"2.0","result":{"a":1},"id":1},{"jsonrpc":"2.0","error":{"code":1,"message":"m","data":0},"id":2}]`,
		`{"jsonrpc":"2.0","method":"m","id":01}`, `{"id":1.}`, `{"id":.5}`, `{"id":-}`, `{"a":"\x"}`, `{"a":"\u12g4"}`,
		`nul`, `truex`, `[1,]`, `{"a"}`, `{"a":1,}`, `"`, `"\`, `"\u12`, "\"\x7f\xff\"", `-0`, `1e`, `1e+`, `[[[]]]`, "\ufeff{}",
		"{\"jsonrpc\":\"2.0\",\"method\":\"\xea\"}", `{"jsonrpc":"2.0","id":1,"method":"a","params":["\u00e4\ud800"]}`,
		`[]`, ` `, `{"a" 1}`, "\"\x1f\"", `"` + "\u2028" + `"`, `[1,2,3,4,5]`, `[1,2,3,4,5`, `{"jsonrpc":"2.0","id":1,"id":2}`, nest(rpcwire.MaxDepth + 1),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		messages, batch, problem := rpcwire.Parse(nil, data, 4)
		sound := json.Valid(data) && utf8.Valid(data)
		if problem != nil && problem.Code == rpcwire.CodeParseError {
			if sound && problem.Message != "the message is nested too deep" {
				t.Fatalf("%v, but %q is JSON", problem, data)
			}
			return
		}
		if !sound {
			t.Fatalf("%q is no JSON", data)
		}
		if batch {
			checkBatch(t, data, messages, problem)
		}
		for _, m := range messages {
			checkAgain(t, m)
		}
	})
}

// checkBatch holds the number of messages to that of encoding/json.
func checkBatch(t *testing.T, data []byte, messages []rpcwire.Message, problem *rpcwire.Error) {
	t.Helper()
	var elements []json.RawMessage
	if err := json.Unmarshal(data, &elements); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	refused := len(elements) == 0 || len(elements) > 4
	if refused != (problem != nil) || !refused && len(elements) != len(messages) {
		t.Fatalf("%d messages of %d, %v", len(messages), len(elements), problem)
	}
}

// checkAgain writes m and reads it.
func checkAgain(t *testing.T, m rpcwire.Message) {
	t.Helper()
	data := write(m)
	if data == nil {
		return
	}
	again, batch, problem := rpcwire.Parse(nil, data, 0)
	if batch || problem != nil || len(again) != 1 {
		t.Fatalf("%s: %v", data, problem)
	}
	if show(again[0]) != show(m) {
		t.Fatalf("%s became %s", show(m), show(again[0]))
	}
	var members struct {
		ID     json.RawMessage
		Method *string
		Params json.RawMessage
		Result json.RawMessage
	}
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	if m.ID != nil && !bytes.Equal(members.ID, m.ID) || !bytes.Equal(members.Params, m.Params) || !bytes.Equal(members.Result, m.Result) {
		t.Fatalf("%s is not %s", data, show(m))
	}
	if members.Method != nil && *members.Method != string(m.Method) {
		t.Fatalf("method %q became %q", m.Method, *members.Method)
	}
}

func write(m rpcwire.Message) []byte {
	switch {
	case m.Kind == rpcwire.Request:
		return rpcwire.AppendRequest(nil, m.ID, string(m.Method), m.Params)
	case m.Kind == rpcwire.Notification:
		return rpcwire.AppendNotification(nil, string(m.Method), m.Params)
	case m.Kind == rpcwire.Response && m.Error != nil:
		return rpcwire.AppendError(nil, m.ID, m.Error)
	case m.Kind == rpcwire.Response:
		return rpcwire.AppendResult(nil, m.ID, m.Result)
	default:
		return nil
	}
}

// FuzzAppendString holds the escaping against encoding/json's reader.
func FuzzAppendString(f *testing.F) {
	for _, seed := range []string{"", "plain", "a\"b\\c", "\n\t\r\x00\x1f\x7f", "你好😀\u2028", "\xff\xc3(", "\ufffd", "é\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		data := rpcwire.AppendString([]byte(" "), s)
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if back != string([]rune(s)) {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}
