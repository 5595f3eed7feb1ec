package cmd

import (
	"context"
	"errors"
	"os"
	"sync"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/gfws"
)

// pushTokenVariable is read where --push-token is not given. It does not show
// in a list of processes.
const pushTokenVariable = "GFWS_PUSH_TOKEN"

// endpoints are what the executable serves: the echo with its page, and rooms
// over JSON-RPC with their API.
type endpoints struct {
	echo, rpc *gfws.Plugin
}

func newEndpoints(parser *gcmd.Parser) endpoints {
	token := parser.GetOpt("push-token").String()
	if token == "" {
		token = os.Getenv(pushTokenVariable)
	}
	return endpoints{
		echo: gfws.New(gfws.Configure(consoleAtRoot)),
		rpc:  gfws.New(gfws.Name("rpc"), gfws.RoomService(), gfws.Configure(described), gfws.Configure(pushToken(token))),
	}
}

// consoleAtRoot is the default of the executable, where a host has no page.
func consoleAtRoot(c *gfws.Config) {
	if c.Console.Path == "" {
		c.Console.Path = "/"
	}
}

// described has the methods described, where a host has to ask for it.
func described(c *gfws.Config) {
	if c.AsyncAPI.Path == "" {
		c.AsyncAPI.Path = "/asyncapi.json"
	}
}

// pushToken sets the token, unless it is empty.
func pushToken(token string) func(*gfws.Config) {
	return func(c *gfws.Config) {
		if token != "" {
			c.Push.Token = gfws.Secret(token)
		}
	}
}

// check returns what is wrong with the configuration.
func (e endpoints) check() error {
	if err := e.echo.Check(); err != nil {
		return err
	}
	return e.rpc.Check()
}

func (e endpoints) install(s *ghttp.Server) { s.Plugin(e.echo, e.rpc) }

// shutdown closes the sessions of both at the same time.
func (e endpoints) shutdown(ctx context.Context) error {
	plugins := []*gfws.Plugin{e.echo, e.rpc}
	errs := make([]error, len(plugins))
	var all sync.WaitGroup
	for i, plugin := range plugins {
		all.Go(func() { errs[i] = plugin.Shutdown(ctx) })
	}
	all.Wait()
	return errors.Join(errs...)
}
