package gfws

import (
	"net/http"
	"regexp"
	"sync"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/net/goai"
)

// pushScheme is what the OpenAPI document calls the token of the default
// instance's API; the others have their name behind it.
const pushScheme = "gfws-push"

// notOfScheme is what the name of a scheme cannot have in it.
var notOfScheme = regexp.MustCompile(`[^A-Za-z0-9._-]`)

// describeToken lets the server's OpenAPI document say that the API takes a
// token, so that its Swagger page has a way to enter one. A scheme of that name
// that the host has described stays as it is.
func (p *Plugin) describeToken() {
	path := p.server.GetOpenApiPath()
	if p.config.Push.Token == "" || path == "" {
		return
	}
	scheme := pushScheme
	if p.options.name != DefaultName {
		scheme += "-" + notOfScheme.ReplaceAllString(p.options.name, "-")
	}
	document := p.server.GetOpenApi()
	if document.Components.SecuritySchemes == nil {
		document.Components.SecuritySchemes = goai.SecuritySchemes{}
	}
	if _, taken := document.Components.SecuritySchemes[scheme]; !taken {
		document.Components.SecuritySchemes[scheme] = goai.SecuritySchemeRef{Value: &goai.SecurityScheme{
			Type: "http", Scheme: "bearer", Description: "The token of " + p.config.Push.Path,
		}}
	}
	// ghttp lists the operations after its plugins are installed.
	var once sync.Once
	routes := p.routesOfPush(p.config)
	p.server.BindHookHandler(path, ghttp.HookBeforeServe, func(*ghttp.Request) {
		once.Do(func() { requireScheme(document.Paths, routes, scheme) })
	})
}

// requireScheme writes nothing but the operations of routes: several instances do
// so at once.
func requireScheme(paths goai.Paths, routes []route, scheme string) {
	for _, r := range routes {
		operation := paths[r.path].Get
		if r.method == http.MethodPost {
			operation = paths[r.path].Post
		}
		if operation != nil {
			operation.Security = &goai.SecurityRequirements{{scheme: {}}}
		}
	}
}
