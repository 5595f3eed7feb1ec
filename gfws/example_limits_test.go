package gfws_test

import (
	"context"
	"fmt"
	"time"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// tell sends a message and prints what comes back.
func tell(address string, m ws.Message) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := client.Dial(ctx, "ws://"+address+"/ws", client.Options{})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	if err = conn.Write(ctx, m); err != nil {
		return err
	}
	answer, err := conn.Read(ctx)
	if err != nil {
		return err
	}
	fmt.Println(string(answer.Data))
	return conn.Close(ws.CodeNormal, "")
}

// Messages are JSON objects with rules; one that breaks them is answered with
// the fields that are wrong.
func ExampleValidateMessage() {
	type Note struct {
		Room string `json:"room" v:"required"`
		Text string `json:"text" v:"required|max-length:500"`
	}
	plugin := gfws.New(
		gfws.ValidateMessage(Note{}),
		gfws.Configure(func(c *gfws.Config) { c.Message.Refuse = "answer" }),
	)
	s := g.Server("example-validate")
	s.Plugin(plugin)

	err := serveExample(s, func(address string) error {
		return tell(address, ws.TextMessage(`{"text":"hello"}`))
	})
	fmt.Println(plugin.Stats().Rejected, err)
	// Output:
	// {"jsonrpc":"2.0","id":null,"error":{"code":51,"message":"The room field is required","data":{"room":"The room field is required"}}}
	// map[validation:1] <nil>
}

// A device signs what it sends with a key that the server has too.
func ExampleSignatureConfig() {
	key := "0123456789abcdef0123456789abcdef"
	s := g.Server("example-signature")
	s.Plugin(gfws.New(gfws.Configure(func(c *gfws.Config) { c.Signature.Keys = []gfws.Secret{gfws.Secret(key)} })))

	signer, err := client.NewSigner([]byte(key))
	if err != nil {
		fmt.Println(err)
		return
	}
	signed, err := signer.Sign(ws.TextMessage("23.5 C"))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = serveExample(s, func(address string) error { return tell(address, signed) })
	fmt.Println(err)
	// Output:
	// 23.5 C
	// <nil>
}

// Ten connections of an address, and a hundred messages a second of each: what
// comes faster is read no faster.
func ExampleRateConfig() {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Connections.IP = 10
		c.Rate.Messages = 100
		c.Rate.Policy = "delay"
	}))
	fmt.Println(plugin.Check())
	// Output:
	// <nil>
}
