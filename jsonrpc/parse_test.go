package jsonrpc

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds the scanner to encoding/json: the same texts are JSON, but
// for those nested deeper than we allow.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"a","params":[1,-0.5e+3,"\u00e4\ud800",null,true]}`,
		`[{"jsonrpc":"2.0","result":{}},{"error":{}}]`, `[]`, `{}`, ` `, `{"a":}`, `[1,]`, `01`, `1.`, `"\u12"`, "\"\x1f\"", `nul`,
		`{"id":1,"id":2}`, `[[[[1]]]]`, `-`, `1e`, `{"a" 1}`, "\xff", `"` + "\u2028" + `"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		items, batch, fault := split(data, 4)
		sound := json.Valid(data) && utf8.Valid(data)
		if fault != nil && fault.Code == CodeParse {
			if sound && fault.Data != errDepth.Error() {
				t.Fatalf("%q is JSON", data)
			}
			return
		}
		if !sound {
			t.Fatalf("%q is no JSON", data)
		}
		if fault != nil {
			return
		}
		if !batch && len(items) != 1 {
			t.Fatalf("%d values of %q", len(items), data)
		}
		for _, item := range items {
			checkEnvelope(t, item)
		}
	})
}

// checkEnvelope checks what holds for whatever was parsed.
func checkEnvelope(t *testing.T, item []byte) {
	t.Helper()
	e, fault := parse(item)
	for _, part := range [][]byte{e.id, e.params, e.result, e.fault} {
		if part != nil && !json.Valid(part) {
			t.Fatalf("%q of %q is no JSON", part, item)
		}
	}
	if fault == nil && e.isAnswer() == (e.method != "") && e.isAnswer() {
		t.Fatalf("%q is both request and answer", item)
	}
	answer := appendFault(nil, e.id, invalidRequest("x"))
	if !json.Valid(answer) {
		t.Fatalf("answer to %q: %s", item, answer)
	}
}
