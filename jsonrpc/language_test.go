package jsonrpc_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/i18n/gi18n"
	"github.com/gogf/gf/v2/os/gres"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

type languageReq struct {
	g.Meta `rpc:"language"`
}

func language(ctx context.Context, _ *languageReq) (string, error) {
	return gi18n.LanguageFromCtx(ctx), nil
}

func TestLanguage(t *testing.T) {
	own := jsonrpc.Language(func(context.Context, *ws.Session) string { return "fr" })
	for _, test := range []struct {
		accept, want string
		opts         []jsonrpc.Option
	}{
		{"", "", nil},
		{"zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", nil},
		{"en;q=0.5, de ; q=0.7", "de", nil},
		{"*", "", nil},
		{"../../etc, ja;q=0.1", "ja", nil},
		{"en;q=x", "", nil},
		{"zh-CN", "fr", []jsonrpc.Option{own}},
	} {
		p := serve(t, newRouter(t, []any{language}, test.opts...)).dial(t, http.Header{"Accept-Language": {test.accept}})
		sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"language"}`), `{"jsonrpc":"2.0","id":1,"result":"`+test.want+`"}`)
	}
}

// TestRulesInTheLanguageOfTheSession packs a translation, since gi18n would
// watch a folder for the rest of the process.
func TestRulesInTheLanguageOfTheSession(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "messages")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "zh-CN.yaml"), []byte("gf.gvalid.rule.required: \"{field}不能为空\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	packed, err := gres.PackWithOption(folder, gres.Option{})
	if err != nil {
		t.Fatal(err)
	}
	if err = gres.Add(string(packed)); err != nil {
		t.Fatal(err)
	}
	if err = gi18n.SetPath("messages"); err != nil {
		t.Fatal(err)
	}
	server := serve(t, newRouter(t, []any{subtract}))
	for accept, want := range map[string]string{
		"zh-CN,zh;q=0.9": "minuend不能为空",
		"en":             "The minuend field is required",
		"xx":             "The minuend field is required",
	} {
		p := server.dial(t, http.Header{"Accept-Language": {accept}})
		sameJSON(t, p.ask(`{"jsonrpc":"2.0","id":1,"method":"subtract","params":{"subtrahend":1}}`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":51,"message":"`+want+`","data":{"minuend":{"required":"`+want+`"}}}}`)
	}
}
