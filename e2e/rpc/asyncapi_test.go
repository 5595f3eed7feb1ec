package rpc

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
)

// TestAsyncAPI gives the document to the official parser.
func TestAsyncAPI(t *testing.T) {
	document, err := newRouter(t).AsyncAPI(asyncapi.Info{
		Title: "Orders", Version: "1.2.3", Description: "Orders, as they are placed",
		Servers: []asyncapi.Server{{Name: "main", Host: "example.com:8443", Path: "/rpc", Protocol: "wss"}},
		Security: []asyncapi.Security{
			{Key: "bearer", Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
			{Key: "subprotocol", Type: "httpApiKey", In: "header", Name: "Sec-WebSocket-Protocol"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "asyncapi.json")
	if err = os.WriteFile(path, document, 0o600); err != nil {
		t.Fatal(err)
	}
	runNode(t, "@asyncapi/parser", "testdata/asyncapi.mjs", path)
}
