package cmd

import (
	"context"
	"os"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gcmd"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/ws"
)

// serveCommand is the root: the echo service, the rooms and the page.
func serveCommand() *gcmd.Command {
	return &gcmd.Command{
		Name:  "gf-websocket",
		Usage: "gf-websocket [COMMAND] [OPTION]",
		Brief: "serve a WebSocket echo at /ws and /wss, rooms over JSON-RPC at /rpc, and a page at /",
		Description: "Options win over the configuration file, which is manifest/config/config.yaml,\n" +
			"config/config.yaml or config.yaml, or what GF_GCFG_FILE names.",
		Arguments: []gcmd.Argument{
			{Name: "address", Short: "a", Brief: `address to listen on, such as ":8199" or "127.0.0.1:8199"; default :8199`},
			{Name: "https-address", Brief: "second address, for HTTPS beside HTTP"},
			{Name: "tls", Orphan: true, Brief: "serve HTTPS and wss, with a development certificate unless one is given"},
			{Name: "cert", Brief: "certificate file in PEM, with --key"},
			{Name: "key", Brief: "private key file in PEM, with --cert"},
			{Name: "push-token", Brief: "token that lets programs send over HTTP at /push, which is off without one; better in $" + pushTokenVariable},
		},
		Examples: "gf-websocket\n" +
			"gf-websocket --tls\n" +
			"gf-websocket --address :8080 --https-address :8443 --cert cert.pem --key key.pem",
		Func: serve,
	}
}

// serve runs the server until a signal ends it.
func serve(ctx context.Context, parser *gcmd.Parser) error {
	// Before the plugins get their logger, of whose level gf's error names no key.
	listen, err := newListen(ctx, parser)
	if err != nil {
		return err
	}
	// Before g.Server, which panics where the configuration cannot be found.
	served := newEndpoints(givenToken(parser))
	if err = served.check(); err != nil {
		return err
	}
	s := g.Server()
	listen.apply(s)
	s.SetSessionStorage(gsession.NewStorageMemory())
	if err = setDefaults(ctx, s); err != nil {
		return err
	}
	served.bindHealth(s)
	if err = served.install(s); err != nil {
		return err
	}
	watchSignals()
	if err = s.Start(); err != nil {
		return gerror.Wrap(err, "server cannot start")
	}
	listen.waitUntilServing(s)
	listen.announce(os.Stdout, s, served.echo.Config(), served.rpc.Config())

	// Wait ends when the listeners are closed; the sessions outlive them.
	ghttp.Wait()
	return served.shutdown(context.WithoutCancel(ctx))
}

// setDefaults sets what the executable does otherwise than gf, unless the
// configuration says it: no table of the page's files at the start, and a
// request that must be whole within the time that a handshake has.
func setDefaults(ctx context.Context, s *ghttp.Server) error {
	table, err := configString(ctx, "server.dumpRouterMap")
	if err != nil {
		return err
	}
	if table == "" {
		s.SetDumpRouterMap(false)
	}
	timeout, err := configString(ctx, "server.readTimeout")
	if err != nil {
		return err
	}
	if timeout == "" {
		s.SetReadTimeout(ws.DefaultHandshakeTimeout)
	}
	return nil
}
