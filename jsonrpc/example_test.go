package jsonrpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
	"github.com/gfws/gf-websocket/ws"
)

// The documents in docs/ quote from this file.

// BuyReq is the request of a method, or of a POST.
type BuyReq struct {
	g.Meta  `path:"/shop/buy" method:"post" tags:"Shop" summary:"Buys something"`
	Article string `json:"article" v:"required|length:2,40" dc:"What to buy" eg:"apples"`
	Count   int    `json:"count"   v:"between:1,100" d:"1"  dc:"How many"`
}

// BuyRes is its answer.
type BuyRes struct {
	Order int `json:"order" dc:"Number of the order"`
}

// Shop is a controller.
type Shop struct{}

// Buy is bound as "shop.buy".
func (Shop) Buy(ctx context.Context, req *BuyReq) (*BuyRes, error) {
	if req.Article == "stars" {
		return nil, gerror.NewCode(gcode.CodeNotFound, "there are no stars")
	}
	s := jsonrpc.SessionFromCtx(ctx)
	if err := jsonrpc.Notify(s, "shop.sold", Sold{Article: req.Article, Count: req.Count}); err != nil {
		return nil, err
	}
	return &BuyRes{Order: 7}, nil
}

// Sold is what clients are told.
type Sold struct {
	g.Meta  `summary:"Something was sold"`
	Article string `json:"article"`
	Count   int    `json:"count"`
}

// talk sends messages to a router, and prints so many that come back for each.
func talk(router *jsonrpc.Router, answers int, messages ...string) {
	hub, err := ws.NewHub(ws.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, router); err != nil {
			http.Error(w, err.Error(), http.StatusUpgradeRequired)
		}
	}))
	defer server.Close()
	ctx := context.Background()
	conn, err := client.Dial(ctx, server.URL, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range messages {
		if err = conn.Write(ctx, ws.TextMessage(text)); err != nil {
			fmt.Println(err)
		}
		for range answers {
			m, err := conn.Read(ctx)
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Println(string(m.Data))
		}
	}
	_ = conn.Close(ws.CodeNormal, "")
	_ = hub.Shutdown(ctx)
}

// The controller may be bound to HTTP as well, by group.Bind(Shop{}).
func ExampleRouter_Bind() {
	router := jsonrpc.New()
	if err := router.Bind(Shop{}); err != nil {
		fmt.Println(err)
		return
	}

	talk(router, 2, `{"jsonrpc":"2.0","id":1,"method":"shop.buy","params":{"article":"apples"}}`)
	talk(router, 1, `{"jsonrpc":"2.0","id":2,"method":"shop.buy","params":{"article":"x"}}`)
	talk(router, 1, `{"jsonrpc":"2.0","id":3,"method":"shop.buy","params":["stars",2]}`)
	// Output:
	// {"jsonrpc":"2.0","method":"shop.sold","params":{"article":"apples","count":1}}
	// {"jsonrpc":"2.0","id":1,"result":{"order":7}}
	// {"jsonrpc":"2.0","id":2,"error":{"code":51,"message":"The article value `x` length must be between 2 and 40","data":{"article":{"length":"The article value `x` length must be between 2 and 40"}}}}
	// {"jsonrpc":"2.0","id":3,"error":{"code":65,"message":"there are no stars"}}
}

// authorize lets nobody call what has a role in its g.Meta who has not that one.
func authorize(ctx context.Context, r *jsonrpc.Request, next jsonrpc.Next) (any, error) {
	role := r.Meta("role")
	if role != "" && r.Session().Identity().Claims["role"] != role {
		return nil, gerror.NewCodef(gcode.CodeNotAuthorized, "only for the role %s", role)
	}
	return next(ctx, r)
}

// CloseShopReq is for the owner alone.
type CloseShopReq struct {
	g.Meta `rpc:"shop.close" role:"owner"`
}

func ExampleRouter_Use() {
	router := jsonrpc.New()
	err := router.Bind(func(context.Context, *CloseShopReq) (*struct{}, error) { return nil, nil })
	if err != nil {
		fmt.Println(err)
		return
	}
	router.Use(authorize)

	talk(router, 1, `{"jsonrpc":"2.0","id":1,"method":"shop.close"}`)
	// Output:
	// {"jsonrpc":"2.0","id":1,"error":{"code":61,"message":"only for the role owner"}}
}

// TidyReq asks the client back before anything is thrown away.
type TidyReq struct {
	g.Meta `rpc:"shop.tidy" timeout:"10s" order:"true"`
}

func tidy(ctx context.Context, _ *TidyReq) (string, error) {
	sure, err := jsonrpc.Call[bool](ctx, jsonrpc.SessionFromCtx(ctx), "confirm", g.Map{"what": "tidying"})
	if err != nil || !sure {
		return "left as it is", err
	}
	return "tidy", nil
}

func ExampleCall() {
	router := jsonrpc.New()
	if err := router.Bind(tidy); err != nil {
		fmt.Println(err)
		return
	}

	talk(router, 1, `{"jsonrpc":"2.0","id":"a","method":"shop.tidy"}`, `{"jsonrpc":"2.0","id":1,"result":true}`)
	// Output:
	// {"jsonrpc":"2.0","id":1,"method":"confirm","params":{"what":"tidying"}}
	// {"jsonrpc":"2.0","id":"a","result":"tidy"}
}

func ExampleRouter_AsyncAPI() {
	router := jsonrpc.New()
	if err := router.Bind(Shop{}); err != nil {
		fmt.Println(err)
		return
	}
	if err := router.Sends("shop.sold", Sold{}); err != nil {
		fmt.Println(err)
		return
	}

	document, err := router.AsyncAPI(asyncapi.Info{Title: "Shop", Version: "1.2.0"})
	if err != nil {
		fmt.Println(err)
		return
	}
	var read struct {
		AsyncAPI   string
		Operations map[string]struct{ Action, Summary string }
	}
	if err = json.Unmarshal(document, &read); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(read.AsyncAPI, read.Operations["shop.buy"], read.Operations["shop.sold"])
	fmt.Println(strings.Contains(string(document), `"maxLength": 40`))
	// Output:
	// 3.0.0 {receive Buys something} {send Something was sold}
	// true
}

func ExampleEncode() {
	// One encoding for everyone in a room, however many they are.
	message, err := jsonrpc.Encode("shop.sold", Sold{Article: "apples", Count: 2})
	fmt.Println(string(message.Data), err)
	// Output:
	// {"jsonrpc":"2.0","method":"shop.sold","params":{"article":"apples","count":2}} <nil>
}
