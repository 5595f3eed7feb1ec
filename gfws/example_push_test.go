package gfws_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// Rooms over JSON-RPC: two people talk, and both see what is said.
func ExampleRoomService() {
	s := g.Server("example-room-service")
	s.Plugin(gfws.New(gfws.Name("rpc"), gfws.Path("/rpc"), gfws.RoomService()))

	err := serveExample(s, func(address string) error {
		ctx := context.Background()
		conn, err := client.Dial(ctx, "ws://"+address+"/rpc", client.Options{})
		if err != nil {
			return err
		}
		defer conn.CloseNow()
		for _, request := range []string{
			`{"jsonrpc":"2.0","id":1,"method":"room.join","params":{"room":"lobby"}}`,
			`{"jsonrpc":"2.0","id":2,"method":"room.say","params":{"room":"lobby","text":"hi"}}`,
		} {
			if err = conn.Write(ctx, ws.TextMessage(request)); err != nil {
				return err
			}
		}
		for range 3 {
			m, err := conn.Read(ctx)
			if err != nil {
				return err
			}
			text, _, _ := strings.Cut(string(m.Data), `"session"`)
			fmt.Println(text)
		}
		return conn.Close(ws.CodeNormal, "")
	})
	fmt.Println(err)
	// Output:
	// {"jsonrpc":"2.0","id":1,"result":{"members":[{
	// {"jsonrpc":"2.0","method":"room.message","params":{"room":"lobby","seq":1,
	// {"jsonrpc":"2.0","id":2,"result":{"seq":1}}
	// <nil>
}

// Business code in any language sends over HTTP, once the host lets it in.
func ExamplePush() {
	s := g.Server("example-push")
	s.Plugin(gfws.New(gfws.Push("/push", func(r *ghttp.Request) error {
		if r.Header.Get("X-Program") != "billing" {
			return gerror.NewCode(gcode.CodeNotAuthorized, "who are you?")
		}
		return nil
	})))

	err := serveExample(s, func(address string) error {
		body := strings.NewReader(`{"all":true,"data":"we close in five minutes"}`)
		request, err := http.NewRequest(http.MethodPost, "http://"+address+"/push/messages", body)
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Program", "billing")
		request.Close = true
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		answer, err := io.ReadAll(response.Body)
		fmt.Println(response.StatusCode, string(answer))
		return err
	})
	fmt.Println(err)
	// Output:
	// 200 {"code":0,"message":"OK","data":{"queued":0}}
	// <nil>
}
