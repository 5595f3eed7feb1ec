package push_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"testing"
	"unicode/utf8"

	_ "github.com/gfws/gf-websocket/internal/logic/push"

	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// FuzzMessage makes messages of whatever may stand in a request: what comes of it
// can be sent, and is what was meant.
func FuzzMessage(f *testing.F) {
	for _, data := range []string{
		``, `null`, `"hi"`, `"\ud800"`, `"\u0000"`, "\"\xff\"", `7`, `{"a":[1,2]}`, `{"a":1}x`, ` "x" `,
		"{\"a\":\"\xff\"}", `"AP8="`, `"AP8"`, `"A\nP8="`, `""`, `"=" `, `[`, `{`,
	} {
		for _, kind := range []string{"text", "binary", "json"} {
			f.Add(kind, []byte(data))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		m, err := service.Push().Message(kind, data)
		if err != nil {
			if m.Data != nil {
				t.Errorf("an error and %q", m.Data)
			}
			return
		}
		switch kind {
		case "json":
			if m.Type != ws.Text || !bytes.Equal(m.Data, data) || !json.Valid(m.Data) || !utf8.Valid(m.Data) {
				t.Errorf("%q became %s %q", data, m.Type, m.Data)
			}
		case "binary":
			var text string
			if json.Unmarshal(data, &text) != nil || m.Type != ws.Binary {
				t.Fatalf("%q became %s %q", data, m.Type, m.Data)
			}
			if back, err := base64.StdEncoding.DecodeString(text); err != nil || !bytes.Equal(back, m.Data) {
				t.Errorf("%q became %q", text, m.Data)
			}
		default:
			if m.Type != ws.Text || !utf8.Valid(m.Data) {
				t.Errorf("%q became %s %q", data, m.Type, m.Data)
			}
		}
	})
}
