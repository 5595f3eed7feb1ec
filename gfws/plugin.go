package gfws

import (
	"context"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/controller/room"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"

	// The services are reached through package service, where these register.
	_ "github.com/gfws/gf-websocket/internal/logic"
)

// Version is the version of gfws.
const Version = "v0.1.0"

// DefaultName is the name of an instance that was given none.
const DefaultName = "default"

// Plugin is one WebSocket endpoint, or several paths that share their sessions.
// It implements [ghttp.Plugin]; a process may have any number, each with its
// own name, on one server or on many. It is safe for concurrent use.
type Plugin struct {
	options  options
	implicit bool               // made by Accept: ghttp will not remove it
	rooms    *room.ControllerV1 // nil without the room service
	err      error              // what the options make impossible

	mu       sync.Mutex
	server   *ghttp.Server // nil before Install
	config   Config
	endpoint *model.Endpoint
	bound    binding
	seen     *envelope.Memory // of signed messages; nil before Install
}

var _ ghttp.Plugin = (*Plugin)(nil)

// New returns an instance for [ghttp.Server.Plugin]. What is not said by an
// option is taken from the configuration when the server starts, and from the
// defaults where that says nothing.
func New(opts ...Option) *Plugin {
	p := &Plugin{options: options{name: DefaultName}}
	for _, opt := range opts {
		opt(&p.options)
	}
	if p.options.roomService {
		p.err = p.serveRooms()
	}
	return p
}

// Name implements [ghttp.Plugin]: "gfws", and the instance's name unless it is
// the default one, or p is nil.
func (p *Plugin) Name() string {
	if p == nil || p.options.name == DefaultName {
		return "gfws"
	}
	return "gfws/" + p.options.name
}

// Author implements [ghttp.Plugin].
func (p *Plugin) Author() string { return "the gfws authors" }

// Version implements [ghttp.Plugin].
func (p *Plugin) Version() string { return Version }

// Description implements [ghttp.Plugin].
func (p *Plugin) Description() string { return "WebSocket for GoFrame" }

// Hub returns the sessions of the instance. Before it is installed, which is when
// the server starts, and where p is nil, since no instance has the name that was
// asked for, it is nil: a hub that finds nobody, and sends to nobody with
// [ws.ErrNoHub].
func (p *Plugin) Hub() *ws.Hub {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.endpoint == nil {
		return nil
	}
	return p.endpoint.Hub
}

// Config returns the configuration in force, or the zero value before the
// instance is installed, and where p is nil. In the place of each secret stands a
// word, so that it can be shown to anybody; a configuration that is made of it needs
// the secrets again, and is refused without.
func (p *Plugin) Config() Config {
	if p == nil {
		return Config{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.config.withoutSecrets()
}

// Shutdown closes every session with 1001, refuses new ones with 503, and
// returns when all are gone. When ctx ends or drain.timeout passes it cuts the
// rest and returns an error that counts them. Calling it again waits again.
//
// ghttp calls [Plugin.Remove] on most ways to stop, but not on all: see
// [DrainOnSignal].
func (p *Plugin) Shutdown(ctx context.Context) error {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	endpoint := p.endpoint
	p.mu.Unlock()
	if endpoint == nil {
		return nil
	}
	if err := p.drain(ctx, endpoint); err != nil {
		return gerror.WrapCodef(gcode.CodeOperationFailed, err, "shutdown of %s", p.Name())
	}
	return nil
}

// Remove implements [ghttp.Plugin]: it is Shutdown within drain.timeout, and
// nothing where p is nil. ghttp may call it twice, or not at all.
func (p *Plugin) Remove() error {
	if p == nil {
		return nil
	}
	defer p.unregister()
	return p.Shutdown(context.Background())
}
