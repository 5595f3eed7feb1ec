package gfws

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/controller/websocket"
	"github.com/gfws/gf-websocket/ws"
)

// Accept takes the place of ghttp's deprecated r.WebSocket(): it upgrades the
// request and returns a connection for the host's own loop of ReadMessage and
// WriteMessage. Origin, limits, heartbeat and checks are those of the instance
// of that name on the request's server. Without one the configuration holds, as
// for an instance that nobody installed, and no check of any other: so a name
// must be of an instance that is installed or has its keys in the configuration.
//
// ghttp stops without waiting for connections of such an instance: install one,
// if only with Path(), so that the server's leaving is told with 1001.
//
// Where a client has to authenticate by its first message, Accept waits for
// that.
//
// On an error the request has been answered, and the handler just returns.
func Accept(r *ghttp.Request, name ...string) (*ws.Conn, error) {
	p, err := acceptor(r, instanceName(name))
	if err != nil {
		return nil, answerFailure(r, err)
	}
	return p.Accept(r)
}

// Accept is [Accept] with this instance, which must be installed; a nil p is not.
func (p *Plugin) Accept(r *ghttp.Request) (*ws.Conn, error) {
	controller := p.controller()
	if controller == nil {
		return nil, answerFailure(r, gerror.NewCodef(gcode.CodeInvalidOperation, "%s is not installed", p.Name()))
	}
	return controller.Accept(r)
}

// controller returns what answers the handshakes, nil where p was never installed.
func (p *Plugin) controller() *websocket.ControllerV1 {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bound.controller
}

// acceptor returns the instance of that name on the request's server, and makes
// one without a route where there is none.
func acceptor(r *ghttp.Request, name string) (*Plugin, error) {
	if p := InstanceOf(r.Server, name); p != nil && !p.isOutlived(r) {
		return p, nil
	}
	if err := mayBeMade(r, name); err != nil {
		return nil, err
	}
	p := New(Name(name), Path(), Console(noPage))
	p.implicit = true
	if err := p.Install(r.Server); err != nil {
		if other := InstanceOf(r.Server, name); other != nil {
			return other, nil
		}
		return nil, err
	}
	p.warnOfOthers(r)
	return p, nil
}

// mayBeMade refuses a name that stands nowhere: whoever mistypes one means the
// checks of another instance, and one made here would have none.
func mayBeMade(r *ghttp.Request, name string) error {
	if err := instances.mayMake(r.Server, name); err != nil || name == DefaultName {
		return err
	}
	known, err := isConfigured(r.Context(), name)
	if err != nil || known {
		return err
	}
	return gerror.NewCodef(gcode.CodeInvalidParameter,
		"gfws.Accept: there is no instance %q: install one of that name, or name one of %q or of %s.instances",
		name, instances.namesOf(r.Server), nodeName)
}

// warnOfOthers tells that what the other instances of the server check in code
// does not hold for p, which Accept has made.
func (p *Plugin) warnOfOthers(r *ghttp.Request) {
	others := slices.DeleteFunc(instances.namesOf(r.Server), func(name string) bool { return name == p.options.name })
	if len(others) == 0 {
		return
	}
	p.logger().Warningf(r.Context(),
		"gfws.Accept made the instance %q from the configuration, without the checks in code of %q: name the one that is meant, or install this one too",
		p.options.name, others)
}

// isOutlived reports whether p was made for a run of its server that is over,
// and takes it out of the way. While that run ends p is what refuses requests.
func (p *Plugin) isOutlived(r *ghttp.Request) bool {
	if !p.hasLeft() || p.bound.controller.Serves(r.Context()) {
		return false
	}
	p.unregister()
	return true
}

// hasLeft reports whether p was made by Accept for a server that has shut down.
func (p *Plugin) hasLeft() bool {
	hub := p.Hub()
	return p.implicit && hub != nil && hub.Draining()
}

// answerFailure answers a request for which there is no instance, and returns
// err, which is for the log and not for the client.
func answerFailure(r *ghttp.Request, err error) error {
	if errors.Is(err, ws.ErrDraining) {
		r.Response.Header().Set("Retry-After", "5")
		answer(r, http.StatusServiceUnavailable, gcode.CodeServerBusy, "the server is shutting down")
		return err
	}
	g.Log(nodeName).Error(r.Context(), err)
	answer(r, http.StatusInternalServerError, gcode.CodeInternalError, "the connection could not be upgraded")
	return err
}

func answer(r *ghttp.Request, status int, code gcode.Code, message string) {
	r.Response.WriteHeader(status)
	r.Response.WriteJson(ghttp.DefaultHandlerResponse{Code: code.Code(), Message: message})
}
