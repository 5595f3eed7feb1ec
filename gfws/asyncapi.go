package gfws

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	documents "github.com/gfws/gf-websocket/internal/controller/asyncapi"
	"github.com/gfws/gf-websocket/internal/controller/console"
	"github.com/gfws/gf-websocket/jsonrpc/asyncapi"
	"github.com/gfws/gf-websocket/ws"
)

// AsyncAPI serves an AsyncAPI 3.0 document of the handler's methods at path,
// such as "/asyncapi.json", and a page of it for people beside it, there at
// "/asyncapi.html". The handler must be a jsonrpc.Router. What info leaves out
// is filled in: the title by the name of the instance, the server by the address
// that it was asked for at. "off" serves none, which is the default.
func AsyncAPI(path string, info asyncapi.Info) Option {
	return func(o *options) {
		o.info = info
		o.changes = append(o.changes, func(c *Config) { c.AsyncAPI.Path = path })
	}
}

// AsyncAPIConfig places the description of the methods.
type AsyncAPIConfig struct {
	// Path is where the document is served (asyncapi.path); "off" or "" for
	// none. Default "".
	Path string
}

// served reports whether there is a document.
func (c AsyncAPIConfig) served() bool {
	return c.Path != "" && c.Path != noPage
}

// page is the path of the document as people read it.
func (c AsyncAPIConfig) page() string {
	return strings.TrimSuffix(c.Path, ".json") + ".html"
}

// describer is a handler that can tell what its methods are.
type describer interface {
	AsyncAPI(info asyncapi.Info) ([]byte, error)
}

// checker is a handler that may have been put together wrongly.
type checker interface {
	Check() error
}

// checkHandler asks a handler whether it is as it should be.
func checkHandler(handler ws.Handler, config Config) error {
	if handler, ok := handler.(checker); ok {
		if err := handler.Check(); err != nil {
			return gerror.Wrap(err, "handler")
		}
	}
	if _, ok := handler.(describer); !ok && config.AsyncAPI.served() {
		return invalid("asyncapi.path", "the handler has no methods to describe: it must be a jsonrpc.Router")
	}
	return nil
}

func (c *Config) validateAsyncAPI() error {
	if !c.AsyncAPI.served() {
		return nil
	}
	if c.AsyncAPI.Path == "/" || !isPlainPath(c.AsyncAPI.Path) {
		return invalid("asyncapi.path", `%q must be a plain path such as "/asyncapi.json", or "off"`, c.AsyncAPI.Path)
	}
	for _, path := range []string{c.AsyncAPI.Path, c.AsyncAPI.page()} {
		if slices.Contains(c.Paths, path) {
			return invalid("asyncapi.path", "%q is a path of the endpoint already", path)
		}
		if c.Console.served() && path == routerPath(c.Console.Path) {
			return invalid("asyncapi.path", "%q is the path of the page already", path)
		}
	}
	if len(c.Paths) == 0 {
		return invalid("asyncapi.path", "there is no path of the endpoint to describe")
	}
	return nil
}

// documentRoutes lists the routes of the document.
func documentRoutes(config Config) []route {
	if !config.AsyncAPI.served() {
		return nil
	}
	var routes []route
	for _, path := range []string{config.AsyncAPI.Path, config.AsyncAPI.page()} {
		for _, method := range pageMethods {
			routes = append(routes, route{"asyncapi.path", method, path})
		}
	}
	return routes
}

// checkDocument refuses a path that a file of the page has already.
func checkDocument(config Config, files []*console.File) error {
	for _, r := range documentRoutes(config) {
		if slices.Contains(pagePaths(config, files), r.path) {
			return r.taken("the page of console.path")
		}
	}
	return nil
}

// bindDocument serves the document, behind the middlewares of the host alone.
func (p *Plugin) bindDocument() {
	if !p.config.AsyncAPI.served() {
		return
	}
	document := documents.New(p.describe)
	for _, method := range pageMethods {
		p.server.BindHandler(method+":"+p.config.AsyncAPI.Path, document.JSON)
		p.server.BindHandler(method+":"+p.config.AsyncAPI.page(), document.Page)
	}
}

// describe makes the document for whoever asks.
func (p *Plugin) describe(r *ghttp.Request) ([]byte, error) {
	info := p.options.info
	if info.Title == "" {
		info.Title = p.Name()
	}
	if len(info.Servers) == 0 {
		info.Servers = p.serversFor(r)
	}
	return p.options.handler.(describer).AsyncAPI(info)
}

// plainAuthority is what a Host header may be to stand in a document.
var plainAuthority = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$|^\[[0-9A-Fa-f:.]+\](:[0-9]+)?$`)

// serversFor is the endpoint as the client that asks reaches it.
func (p *Plugin) serversFor(r *ghttp.Request) []asyncapi.Server {
	if !plainAuthority.MatchString(r.Host) {
		return nil
	}
	settings := p.pageSettings(r.Server)
	server := asyncapi.Server{Name: "here", Host: r.Host, Path: settings.Path, Protocol: "ws"}
	if r.TLS != nil {
		server.Path, server.Protocol = settings.SecurePath, "wss"
	}
	return []asyncapi.Server{server}
}
