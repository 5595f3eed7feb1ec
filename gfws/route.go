package gfws

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/controller/console"
	"github.com/gfws/gf-websocket/internal/controller/websocket"
)

// otherMethods are answered with what is wrong instead of 404. OPTIONS is left
// to the host's CORS middleware.
var otherMethods = []string{http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// allMethods is ghttp's word for a route that takes every method.
const allMethods = "ALL"

// route is what an instance serves, and the key of the configuration that asks
// for it.
type route struct {
	key, method, path string
}

// binding is what an instance has bound to a server. ghttp cannot take routes
// back, so it outlives the instance's removal.
type binding struct {
	server     *ghttp.Server
	routes     []route
	controller *websocket.ControllerV1
}

// extras are what an instance serves besides its sessions.
type extras struct {
	files []*console.File              // of the page; none without one
	gate  func(r *ghttp.Request) error // of the API; nil without one
}

func (p *Plugin) extrasOf(config Config) (extras, error) {
	files, err := pageFiles(config)
	if err != nil {
		return extras{}, err
	}
	gate, err := p.pushGate(config)
	return extras{files, gate}, err
}

// routesOf lists the routes of an instance.
func (p *Plugin) routesOf(config Config, extras extras) []route {
	var routes []route
	for _, path := range config.Paths {
		for _, method := range append([]string{http.MethodGet}, otherMethods...) {
			routes = append(routes, route{"paths", method, path})
		}
	}
	for _, path := range pagePaths(config, extras.files) {
		for _, method := range pageMethods {
			routes = append(routes, route{"console.path", method, path})
		}
	}
	if len(extras.files) > 0 {
		routes = append(routes, route{"console.path", http.MethodPost, pageRoot(config) + checkRoute})
	}
	if extras.gate != nil {
		routes = append(routes, p.routesOfPush(config)...)
	}
	return append(routes, documentRoutes(config)...)
}

// checkRoutes refuses a path that the server serves already: ghttp would end
// the process without saying which plugin asked for it.
func (p *Plugin) checkRoutes(s *ghttp.Server, routes []route) error {
	if p.bound.server == s {
		if slices.Equal(p.bound.routes, routes) {
			return nil
		}
		return gerror.NewCode(gcode.CodeInvalidOperation,
			"paths, console.path, asyncapi.path or push.path has changed since it was installed here, and ghttp cannot take routes back: use a new server")
	}
	for _, taken := range s.GetRoutes() {
		if !taken.IsServiceHandler || taken.Domain != ghttp.DefaultDomainName {
			continue
		}
		for _, r := range routes {
			if r.clashes(taken.Method, taken.Route) {
				return r.taken("another handler of the server")
			}
		}
	}
	return nil
}

func (r route) clashes(method, path string) bool {
	return r.path == path && (strings.EqualFold(method, r.method) || strings.EqualFold(method, allMethods))
}

func (r route) clashesWith(other route) bool {
	return r.clashes(other.method, other.path)
}

func (r route) taken(by string) error {
	return invalid(r.key, "%q is served by %s: set another path", r.path, by)
}

// bind binds the routes, or shows those that a first installation has bound
// the way to the new sessions.
func (p *Plugin) bind(routes []route, extras extras) {
	if p.bound.server == p.server {
		p.bound.controller.Renew(p.endpoint)
		return
	}
	controller := websocket.NewV1(p.endpoint)
	p.bound = binding{p.server, routes, controller}
	p.bindPage(extras.files)
	p.bindDocument()
	p.bindPush(extras.gate)
	p.server.Group("/", func(group *ghttp.RouterGroup) {
		group.Middleware(controller.Discreet)
		group.Middleware(p.options.middlewares...)
		for _, path := range p.config.Paths {
			group.GET(path, controller.Connect)
			for _, method := range otherMethods {
				group.Map(map[string]any{method + ":" + path: controller.Refuse})
			}
		}
	})
}
