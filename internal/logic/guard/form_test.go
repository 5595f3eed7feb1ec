package guard

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

func TestCheckForm(t *testing.T) {
	for _, c := range []struct {
		name, data string
		depth      int
		reason     string // "" for taken
	}{
		{"anything goes", "[[[", 0, ""},
		{"as deep as allowed", `{"a":[1]}`, 2, ""},
		{"deeper", `{"a":[[1]]}`, 2, "depth"},
		{"wide is not deep", "[" + strings.Repeat("[],", 1000) + "[]]", 2, ""},
		{"brackets in text", `"[[[{{{"`, 1, ""},
		{"quotes in text", `["\"[[["]`, 1, ""},
		{"backslashes in text", `["\\",[1]]`, 1, "depth"},
		{"an escape at the end", `"\`, 1, "json"},
		{"deep and broken", "[[[", 1, "depth"},
		{"closed more than opened", "]]][[[", 1, "json"},
		{"two values", "1 2", 1, "json"},
		{"nothing", "", 1, "json"},
		{"a bare word", "hello", 1, "json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := checkForm(&model.MessagePolicy{JSONDepth: c.depth}, ws.TextMessage(c.data))
			if c.reason == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var refusal *model.MessageRefusal
			if !errors.As(err, &refusal) || refusal.Reason != c.reason || !refusal.Close.Code.Sendable() {
				t.Errorf("got %v, want %s", err, c.reason)
			}
		})
	}
}

// FuzzCheckForm holds the form to what encoding/json makes of it.
func FuzzCheckForm(f *testing.F) {
	for _, seed := range []string{`{"a":[1]}`, `[[[`, `"\"[["`, `]]`, `[1,{"b":"\\"}]`, `{"a":[[[]]],"a":1e999}`, ``, "\xff"} {
		f.Add([]byte(seed), 2)
	}
	f.Fuzz(func(t *testing.T, data []byte, depth int) {
		if depth < 1 || depth > 100 {
			return
		}
		taken := checkForm(&model.MessagePolicy{JSONDepth: depth}, ws.BinaryMessage(data)) == nil
		if want := json.Valid(data) && depthOf(data) <= depth; taken != want {
			t.Fatalf("%q with a depth of %d is taken: %v; it is %d deep", data, depth, taken, depthOf(data))
		}
	})
}

// depthOf counts what is open in the tokens of valid JSON.
func depthOf(data []byte) int {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	open, deepest := 0, 0
	for {
		token, err := decoder.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			open++
		case json.Delim(']'), json.Delim('}'):
			open--
		}
		deepest = max(deepest, open)
	}
}
