package browser_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// UpperReq asks for a text in capital letters.
type UpperReq struct {
	g.Meta `rpc:"upper"`
	Text   string `json:"text" v:"required"`
}

// BuyReq asks the page back before anything is bought, and tells it of it.
type BuyReq struct {
	g.Meta `rpc:"buy"`
	What   string `json:"what" v:"required"`
}

func upper(_ context.Context, req *UpperReq) (string, error) { return strings.ToUpper(req.Text), nil }

func buy(ctx context.Context, req *BuyReq) (string, error) {
	s := jsonrpc.SessionFromCtx(ctx)
	answer, err := jsonrpc.Call[struct{ Yes string }](ctx, s, "confirm", g.Map{"what": req.What})
	if err != nil {
		return "", err
	}
	return "bought " + answer.Yes, jsonrpc.Notify(s, "told", g.Map{"text": "sold " + req.What})
}

// serveShop serves the two methods and returns the URL.
func serveShop(t *testing.T) string {
	t.Helper()
	router := jsonrpc.New()
	if err := router.Bind(upper, buy); err != nil {
		t.Fatal(err)
	}
	hub, err := ws.NewHub(ws.Config{})
	if err != nil {
		t.Fatal(err)
	}
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, router); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(func() {
		_ = hub.Shutdown(context.Background())
		shop.Close()
	})
	return "ws" + strings.TrimPrefix(shop.URL, "http")
}

// TestClientIsCalled has the server call the page, whose handlers call the
// server.
func TestClientIsCalled(t *testing.T) {
	s := server.Start(t)
	p := newTab(t)
	p.openForeign(foreignPage(t), s.URL, serveShop(t), "")
	p.awaitTold("open", 1)
	if got := resolve[string](p, `client.call('buy', { what: 'apples' })`); got != "bought APPLES" {
		t.Errorf("answered %q", got)
	}
	p.awaitTold("SOLD APPLES", 1)
	if problems := p.watch.problemsSoFar(); len(problems) > 0 {
		t.Errorf("the browser reported %q", problems)
	}
}
