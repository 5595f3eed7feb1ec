package gfws

import (
	"context"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gctx"
	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// Check returns what [Plugin.Install] would say of the configuration and the
// options, for a host that wants an error where ghttp would end the process.
func (p *Plugin) Check() error {
	if p == nil {
		return errNoInstance()
	}
	if err := p.check(); err != nil {
		return p.located(err)
	}
	return nil
}

func (p *Plugin) check() error {
	config, err := loadConfig(gctx.GetInitCtx(), &p.options)
	if err != nil {
		return err
	}
	endpoint, err := p.newEndpoint(config)
	if err != nil {
		return err
	}
	defer discard(endpoint)
	_, err = p.extrasOf(config)
	return err
}

// errNoInstance is what a nil Plugin says where others say what is wrong with them.
func errNoInstance() error {
	return gerror.NewCode(gcode.CodeInvalidOperation, "there is no instance: make one with gfws.New")
}

// Install implements [ghttp.Plugin]. ghttp calls it when the server starts and
// ends the process on its error, which names the key of a configuration that
// makes no sense, or the path or name that is taken. It can be installed again
// once it was removed.
func (p *Plugin) Install(s *ghttp.Server) error {
	if p == nil {
		return errNoInstance()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.install(s); err != nil {
		return gerror.Wrapf(p.located(err), "%s cannot be installed", p.Name())
	}
	return nil
}

func (p *Plugin) install(s *ghttp.Server) error {
	if p.server != nil {
		return gerror.NewCode(gcode.CodeInvalidOperation, "it is installed already: use a gfws.New() for each server")
	}
	config, err := loadConfig(gctx.GetInitCtx(), &p.options)
	if err != nil {
		return err
	}
	endpoint, err := p.newEndpoint(config)
	if err != nil {
		return err
	}
	if err = p.serve(s, config, endpoint); err != nil {
		discard(endpoint)
		return err
	}
	p.handleSignals()
	return nil
}

// serve makes s answer for the endpoint, unless something else does already.
func (p *Plugin) serve(s *ghttp.Server, config Config, endpoint *model.Endpoint) error {
	extras, err := p.extrasOf(config)
	if err != nil {
		return err
	}
	if err = checkDocument(config, extras.files); err != nil {
		return err
	}
	routes := p.routesOf(config, extras)
	seen, err := instances.add(registered{s, p.options.name, p, routes, p.memoryOf(s)})
	if err != nil {
		return err
	}
	if err = p.checkRoutes(s, routes); err != nil {
		instances.remove(s, p.options.name, p)
		return err
	}
	endpoint.Policy.Message = sharing(endpoint.Policy.Message, seen)
	p.server, p.config, p.endpoint, p.seen = s, config, endpoint, seen
	p.bind(routes, extras)
	return nil
}

// discard takes an endpoint that will not be used from its broker. It has no
// sessions, so there is nothing to wait for and nothing to fail.
func discard(endpoint *model.Endpoint) {
	_ = endpoint.Hub.Shutdown(context.Background())
}

// memoryOf returns what p remembers of signed messages on s: what it has seen
// there before it was removed still is not to be taken again.
func (p *Plugin) memoryOf(s *ghttp.Server) *envelope.Memory {
	if p.bound.server == s {
		return p.seen
	}
	return &envelope.Memory{}
}

// newEndpoint makes the sessions and the policy that config describes.
func (p *Plugin) newEndpoint(config Config) (*model.Endpoint, error) {
	if p.err != nil {
		return nil, p.err
	}
	if err := checkHandler(p.options.handler, config); err != nil {
		return nil, err
	}
	policy, err := p.policy(config)
	if err != nil {
		return nil, err
	}
	logger := p.logger()
	rooms := p.newRooms(config)
	// Last, since it is a node of its broker from then on.
	hub, err := ws.NewHub(p.hearPresence(p.options.rooms.hub(config.hub(logger)), rooms))
	if err != nil {
		return nil, err
	}
	rooms.Hub = hub
	endpoint := &model.Endpoint{
		Name:    p.options.name,
		Hub:     hub,
		Rooms:   rooms,
		Handler: p.options.handler,
		Limits:  limit.New(config.limits()),
		Audit:   audit.New(logger, p.options.name, config.Audit.Rate),
		Policy:  policy,
	}
	endpoint.Leave = func() { p.leave(endpoint) }
	return endpoint, nil
}

// policy makes what config and the options say of who gets in with what.
func (p *Plugin) policy(config Config) (model.Policy, error) {
	origins, err := service.Guard().ParseOrigins(config.Origin.Allow, config.Origin.Required)
	if err != nil {
		return model.Policy{}, invalid("origin.allow", "%s", err)
	}
	proxies, err := service.Guard().ParseProxies(config.Proxy.Trusted, config.Proxy.ForwardedHost)
	if err != nil {
		return model.Policy{}, invalid("proxy.trusted", "%s", err)
	}
	auth, err := p.authPolicy(config)
	if err != nil {
		return model.Policy{}, err
	}
	message, err := config.messagePolicy(p.options.messageSchema)
	if err != nil {
		return model.Policy{}, err
	}
	return model.Policy{
		Message:      message,
		Origin:       origins,
		Proxy:        proxies,
		Auth:         auth,
		RefuseText:   !slices.Contains(config.Message.Types, "text"),
		RefuseBinary: !slices.Contains(config.Message.Types, "binary"),
		CheckRequest: p.options.checkRequest,
		CheckMessage: p.options.checkMessage,
	}, nil
}

func (p *Plugin) logger() *glog.Logger {
	if p.options.logger != nil {
		return p.options.logger
	}
	return g.Log(nodeName)
}

// unregister makes the instance's name free again, and has the audit tell what is
// left to tell.
func (p *Plugin) unregister() {
	p.mu.Lock()
	forget := instances.leave
	if p.implicit {
		forget = instances.remove
	}
	forget(p.server, p.options.name, p)
	p.server = nil
	endpoint := p.endpoint
	p.mu.Unlock()
	if endpoint != nil {
		endpoint.Audit.Flush()
	}
}
