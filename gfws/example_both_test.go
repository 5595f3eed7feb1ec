package gfws_test

import (
	"context"
	"fmt"
	"io"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// WhereReq asks where the one who asks is.
type WhereReq struct {
	g.Meta `path:"/where" method:"get"`
}

// WhereRes tells.
type WhereRes struct {
	Address string `json:"address"`
	By      string `json:"by"`
}

// where is bound to both. Over a socket there is no request any more.
func where(ctx context.Context, _ *WhereReq) (*WhereRes, error) {
	if s := jsonrpc.SessionFromCtx(ctx); s != nil {
		return &WhereRes{Address: s.Handshake().ClientAddr.String(), By: "socket"}, nil
	}
	return &WhereRes{Address: g.RequestFromCtx(ctx).GetClientIp(), By: "HTTP"}, nil
}

// One handler answers over HTTP and over a socket.
func Example_both() {
	router := jsonrpc.New()
	if err := router.Bind(where); err != nil {
		fmt.Println(err)
		return
	}
	s := g.Server("example-both")
	s.Plugin(gfws.New(gfws.Path("/rpc"), gfws.Handle(router)))
	s.Group("/", func(group *ghttp.RouterGroup) {
		group.Middleware(ghttp.MiddlewareHandlerResponse)
		group.Bind(where)
	})

	err := serveExample(s, func(address string) error {
		response, err := httpClient.Get("http://" + address + "/where")
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		fmt.Println(string(answer))

		ctx := context.Background()
		conn, err := client.Dial(ctx, "ws://"+address+"/rpc", client.Options{})
		if err != nil {
			return err
		}
		defer conn.CloseNow()
		if err = conn.Write(ctx, ws.TextMessage(`{"jsonrpc":"2.0","id":1,"method":"where"}`)); err != nil {
			return err
		}
		m, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		fmt.Println(string(m.Data))
		return conn.Close(ws.CodeNormal, "")
	})
	fmt.Println(err)
	// Output:
	// {"code":0,"message":"OK","data":{"address":"127.0.0.1","by":"HTTP"}}
	// {"jsonrpc":"2.0","id":1,"result":{"address":"127.0.0.1","by":"socket"}}
	// <nil>
}
