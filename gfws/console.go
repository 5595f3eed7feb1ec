package gfws

import (
	"context"
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/api/console/v1"
	"github.com/gfws/gf-websocket/internal/controller/console"
)

// pageMethods are those that the page's files answer.
var pageMethods = []string{http.MethodGet, http.MethodHead}

// Below the page's own path, settingsRoute is where it finds what it must know,
// and checkRoute where it asks why a handshake was refused.
const (
	settingsRoute = "/settings.json"
	checkRoute    = "/check.json"
)

// pageFiles returns the files of the page, none where it is not served.
func pageFiles(config Config) ([]*console.File, error) {
	if !config.Console.served() {
		return nil, nil
	}
	return console.Files()
}

// pagePaths lists the paths of the page as ghttp keeps them.
func pagePaths(config Config, files []*console.File) []string {
	if len(files) == 0 {
		return nil
	}
	root := pageRoot(config)
	paths := []string{root + settingsRoute}
	for _, file := range files {
		paths = append(paths, routerPath(root+file.Route))
	}
	return paths
}

// routerPath is path as ghttp keeps it: without a slash at the end.
func routerPath(path string) string {
	if path == "/" {
		return path
	}
	return strings.TrimSuffix(path, "/")
}

// pageRoot is the page's path without a slash at the end.
func pageRoot(config Config) string {
	return strings.TrimSuffix(config.Console.Path, "/")
}

// bindPage serves the page, each file by a route of its own: a wildcard would
// fill the router's cache with whatever is asked for.
func (p *Plugin) bindPage(files []*console.File) {
	if len(files) == 0 {
		return
	}
	root := pageRoot(p.config)
	for _, file := range files {
		for _, method := range pageMethods {
			p.server.BindHandler(method+":"+root+file.Route, file.Serve)
		}
	}
	server := p.server
	page := console.NewV1(server, func(context.Context) v1.SettingsRes { return p.pageSettings(server) })
	p.server.Group(root, func(group *ghttp.RouterGroup) {
		group.Middleware(console.Fresh, ghttp.MiddlewareHandlerResponse)
		group.GET(settingsRoute, page.Settings)
		group.POST(checkRoute, page.Check)
	})
}

// pageSettings tells the page the path for ws:// and the one for wss://, which
// is the one that ends in "wss" where there is one.
func (p *Plugin) pageSettings(server *ghttp.Server) v1.SettingsRes {
	config := p.Config()
	settings := v1.SettingsRes{
		Name:            p.options.name,
		Version:         Version,
		Path:            config.Paths[0],
		SecurePath:      config.Paths[0],
		MaxMessageBytes: config.Message.MaxSize,
		Auth:            p.pageAuth(config),
		Endpoints:       instances.endpoints(server),
		AsyncAPI:        instances.served(server, "asyncapi.path", ""),
		Stats:           instances.served(server, "push.path", "/stats"),
	}
	for _, path := range config.Paths {
		if strings.HasSuffix(path, "wss") {
			settings.SecurePath = path
		}
	}
	return settings
}

// pageAuth tells the page how to say who one is. A function of the host's own
// cannot be told.
func (p *Plugin) pageAuth(config Config) v1.SettingsAuth {
	asks := len(config.Auth.Methods)+len(p.options.auth.authenticate) > 0
	auth := v1.SettingsAuth{
		Methods:  append([]string{}, config.Auth.Methods...),
		Required: asks && config.Auth.Required,
	}
	if len(config.Subprotocols) > 0 {
		auth.Subprotocol = config.Subprotocols[0]
	}
	return auth
}
