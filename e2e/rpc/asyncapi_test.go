package rpc

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/jsonrpc"
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
	readDocument(t, document, "testdata/asyncapi.mjs")
}

// branches hold themselves.
type branches map[string]branches

// OddReq has rules that JSON Schema has no words for, or others.
type OddReq struct {
	g.Meta   `rpc:"odd"`
	Tags     []string `json:"tags"  v:"foreach|in:a,b"`
	Least    string   `json:"least" v:"min-length:-1"`
	Kind     string   `json:"kind"  v:"in:a,b"`
	Answer   string   `json:"answer" v:"ci|in:Yes,No"`
	Count    int      `json:"count,string" v:"length:1,3|max:inf"`
	Branches branches `json:"branches"`
	Next     *OddReq  `json:"next"`
}

// TestAsyncAPIOfOddities answers with what it is asked, so that each type is
// described as it is read and as it is written.
func TestAsyncAPIOfOddities(t *testing.T) {
	router := jsonrpc.New()
	err := router.Bind(func(_ context.Context, req *OddReq) (*OddReq, error) { return req, nil })
	if err != nil {
		t.Fatal(err)
	}
	document, err := router.AsyncAPI(asyncapi.Info{})
	if err != nil {
		t.Fatal(err)
	}
	readDocument(t, document, "testdata/oddities.mjs")
}

// readDocument fails unless the script finds the document as it should be.
func readDocument(t *testing.T, document []byte, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asyncapi.json")
	if err := os.WriteFile(path, document, 0o600); err != nil {
		t.Fatal(err)
	}
	runNode(t, "@asyncapi/parser", script, path)
}

// TestAsyncAPIOfTheExecutable gives it the document that the executable serves.
func TestAsyncAPIOfTheExecutable(t *testing.T) {
	s := server.Start(t)
	runNode(t, "@asyncapi/parser", "testdata/valid.mjs",
		s.URL+"/asyncapi.json,room.join,room.leave,room.say,room.history,room.members,room.message,room.joined,room.left")
}

// TestAsyncAPIOfTheExample builds an app of the example and gives it the
// document of its chat.
func TestAsyncAPIOfTheExample(t *testing.T) {
	const example = "../../example/monorepo"
	binary := filepath.Join(t.TempDir(), "order")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.Command("go", "build", "-o", binary, "./app/order")
	build.Dir = example
	if printed, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, printed)
	}
	address := server.FreeAddress(t)
	config, err := os.ReadFile(example + "/app/order/manifest/config/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err = os.WriteFile(path, []byte(strings.Replace(string(config), `":8000"`, `"`+address+`"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	app := exec.CommandContext(ctx, binary)
	app.Env = append(os.Environ(), "GF_GCFG_FILE="+path)
	if err = app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = app.Wait() // killed
	})
	document := "http://" + address + "/asyncapi.json"
	awaitDocument(t, document)
	runNode(t, "@asyncapi/parser", "testdata/valid.mjs", document+",chat.enter,chat.say,chat.said,order.changed")
}

// awaitDocument waits until a server that has just been started answers.
func awaitDocument(t *testing.T, document string) {
	t.Helper()
	deadline := time.Now().Add(scriptTimeout)
	for {
		response, err := http.Get(document)
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is not there: %v", document, err)
		}
		time.Sleep(10 * time.Millisecond) // between two looks
	}
}
