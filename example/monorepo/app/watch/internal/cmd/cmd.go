// Package cmd is the command line of watch.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// Main returns the command that watches.
func Main() *gcmd.Command {
	return &gcmd.Command{
		Name:  "watch",
		Usage: "watch [CUSTOMER] [OPTION]",
		Brief: "print new orders as JSON, one a line, until the service leaves",
		Arguments: []gcmd.Argument{
			{Name: "url", Brief: "the service's address; default ws://127.0.0.1:8000/notify"},
		},
		Func: func(ctx context.Context, parser *gcmd.Parser) error {
			url := parser.GetOpt("url", "ws://127.0.0.1:8000/notify").String()
			return watch(ctx, url, parser.GetArg(1).String(), os.Stdout)
		},
	}
}

// watch prints what the service tells until that closes the connection.
func watch(ctx context.Context, url, customer string, out io.Writer) error {
	conn, err := client.Dial(ctx, url, client.Options{})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	if customer != "" {
		if err = conn.Write(ctx, ws.TextMessage(customer)); err != nil {
			return gerror.Wrap(err, "customer cannot be named")
		}
	}
	for {
		message, err := conn.Read(ctx)
		var closed *ws.CloseError
		if errors.As(err, &closed) && closed.Code == ws.CodeGoingAway {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err = fmt.Fprintf(out, "%s\n", message.Data); err != nil {
			return err
		}
	}
}
