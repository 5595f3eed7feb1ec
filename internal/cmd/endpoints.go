package cmd

import (
	"context"
	"errors"
	"os"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
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
	token     setting // of the rooms' API, where the configuration does not say it

	echoPush, rpcPush gfws.PushConfig // as check has read them
}

// newEndpoints returns both, not installed.
func newEndpoints(token setting) *endpoints {
	e := &endpoints{token: token}
	e.echo = gfws.New(gfws.Configure(consoleAtRoot), gfws.Configure(func(c *gfws.Config) { e.echoPush = c.Push }))
	e.rpc = gfws.New(gfws.Name("rpc"), gfws.RoomService(), gfws.Configure(described), gfws.Configure(func(c *gfws.Config) {
		pushToken(token.value)(c)
		e.rpcPush = c.Push
	}))
	return e
}

// givenToken returns the token of the flag or the variable, an empty one where
// neither is given.
func givenToken(parser *gcmd.Parser) setting {
	if value := parser.GetOpt("push-token").String(); value != "" {
		return setting{value, "--push-token"}
	}
	if value := os.Getenv(pushTokenVariable); value != "" {
		return setting{value, pushTokenVariable}
	}
	return setting{from: "websocket.instances.rpc.push.token"}
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
func (e *endpoints) check() error {
	for _, plugin := range e.plugins() {
		if err := plugin.Check(); err != nil {
			return err
		}
	}
	return e.checkPush()
}

// checkPush refuses two APIs at one path, by the names of what asks for them.
func (e *endpoints) checkPush() error {
	if e.echoPush.Token == "" || e.rpcPush.Token == "" || e.echoPush.Path != e.rpcPush.Path {
		return nil
	}
	return gerror.NewCodef(gcode.CodeInvalidConfiguration,
		"websocket.push.token asks for the API of the echo at %s, where %s asks for that of the rooms: "+
			"leave one of them out, or set websocket.push.path or websocket.instances.rpc.push.path",
		e.echoPush.Path, e.token.from)
}

// install installs both, with an error where ghttp, which installs what is given
// to Server.Plugin, would end the process. Whoever calls it calls shutdown too.
func (e *endpoints) install(s *ghttp.Server) error {
	for _, plugin := range e.plugins() {
		if err := plugin.Install(s); err != nil {
			return err
		}
	}
	return nil
}

func (e *endpoints) plugins() []*gfws.Plugin { return []*gfws.Plugin{e.echo, e.rpc} }

// shutdown closes the sessions of both at the same time.
func (e *endpoints) shutdown(ctx context.Context) error {
	plugins := e.plugins()
	errs := make([]error, len(plugins))
	var all sync.WaitGroup
	for i, plugin := range plugins {
		all.Go(func() { errs[i] = plugin.Shutdown(ctx) })
	}
	all.Wait()
	return errors.Join(errs...)
}
