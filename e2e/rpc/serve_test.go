package rpc

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// scriptTimeout bounds one script of another language, its start included.
const scriptTimeout = 2 * time.Minute

// ReadReq asks for an order.
type ReadReq struct {
	g.Meta `path:"/order/read" tags:"Order" summary:"Reads an order" dc:"The one with that number"`
	Number int64  `json:"number" v:"required|between:1,9007199254740993" dc:"Its number" eg:"42"`
	Detail string `json:"detail" v:"in:short,full" d:"short" dc:"How much to tell"`
	Code   string `json:"code"   v:"regex:^[A-Z]{2}(-|_)[0-9]+$|size:5" eg:"AB-12"`
}

// ReadRes is an order.
type ReadRes struct {
	Number int64     `json:"number"`
	Detail string    `json:"detail"`
	Lines  []Line    `json:"lines" dc:"What is in it"`
	Placed time.Time `json:"placed"`
}

// Line is one line of an order, which may have others below it.
type Line struct {
	Article string            `json:"article"`
	Price   float64           `json:"price"`
	Below   []*Line           `json:"below,omitempty"`
	Labels  map[string]string `json:"labels,omitempty"`
}

// PlaceReq places an order after the client has confirmed it.
type PlaceReq struct {
	g.Meta `rpc:"order.place" tags:"Order" order:"true"`
	Mail   string   `json:"mail"  v:"required|email"`
	Lines  []string `json:"lines" v:"required"`
}

// PlaceRes tells the number.
type PlaceRes struct {
	Number int64 `json:"number"`
}

// ConfirmReq is what a client is asked before its order is placed.
type ConfirmReq struct {
	g.Meta `summary:"Asks whether to go on"`
	Lines  int `json:"lines" v:"min:1"`
}

// ConfirmRes is its answer.
type ConfirmRes struct {
	Yes bool `json:"yes"`
}

// Changed is what clients are notified of.
type Changed struct {
	g.Meta `summary:"An order has changed" tags:"Order"`
	Number int64 `json:"number" v:"required"`
}

// orders is a controller.
type orders struct{}

// Read answers from no memory at all.
func (orders) Read(_ context.Context, req *ReadReq) (*ReadRes, error) {
	if req.Number == 404 {
		return nil, gerror.NewCode(gcode.CodeNotFound, "no such order")
	}
	return &ReadRes{Number: req.Number, Detail: req.Detail, Lines: []Line{}}, nil
}

// Place asks back, and notifies before it answers.
func (orders) Place(ctx context.Context, req *PlaceReq) (*PlaceRes, error) {
	s := jsonrpc.SessionFromCtx(ctx)
	answer, err := jsonrpc.Call[ConfirmRes](ctx, s, "order.confirm", ConfirmReq{Lines: len(req.Lines)})
	if err != nil {
		return nil, err
	}
	if !answer.Yes {
		return nil, gerror.NewCode(gcode.CodeInvalidOperation, "not confirmed")
	}
	return &PlaceRes{Number: 7}, jsonrpc.Notify(s, "order.changed", Changed{Number: 7})
}

func newRouter(t *testing.T) *jsonrpc.Router {
	t.Helper()
	router := jsonrpc.New()
	_ = router.Bind(orders{})
	_ = router.Sends("order.changed", Changed{})
	_ = router.Calls("order.confirm", ConfirmReq{}, ConfirmRes{})
	if err := router.Check(); err != nil {
		t.Fatal(err)
	}
	return router
}

// serve starts a server and returns its URL for WebSocket.
func serve(t *testing.T) string {
	t.Helper()
	hub, err := ws.NewHub(ws.Config{})
	if err != nil {
		t.Fatal(err)
	}
	router := newRouter(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, router); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		server.Close()
	})
	return "ws" + strings.TrimPrefix(server.URL, "http")
}

// runNode fails unless the script finds everything as it should be.
func runNode(t *testing.T, module, script, argument string) {
	t.Helper()
	if _, err := os.Stat("../node_modules/" + module); err != nil {
		t.Fatalf("%s is not installed: run `make peers`, or `npm ci` in e2e", module)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scriptTimeout)
	defer cancel()
	output, err := exec.CommandContext(ctx, "node", script, argument).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, output)
	}
	t.Logf("%s", output)
}
