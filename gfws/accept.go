package gfws

import (
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// Accept takes the place of ghttp's deprecated r.WebSocket(): it upgrades the
// request and returns a connection for the host's own loop of ReadMessage and
// WriteMessage. Origin, limits, heartbeat and checks are those of the instance
// of that name on the request's server. Without one the configuration holds,
// as for an instance that nobody installed.
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

// Accept is [Accept] with this instance, which must be installed.
func (p *Plugin) Accept(r *ghttp.Request) (*ws.Conn, error) {
	p.mu.Lock()
	controller := p.bound.controller
	p.mu.Unlock()
	if controller == nil {
		return nil, answerFailure(r, gerror.NewCodef(gcode.CodeInvalidOperation, "%s is not installed", p.Name()))
	}
	return controller.Accept(r)
}

// acceptor returns the instance of that name on the request's server, and makes
// one without a route where there is none.
func acceptor(r *ghttp.Request, name string) (*Plugin, error) {
	if p := InstanceOf(r.Server, name); p != nil && !p.isOutlived(r) {
		return p, nil
	}
	p := New(Name(name), Path(), Console(noPage))
	p.implicit = true
	if err := p.Install(r.Server); err != nil {
		if other := InstanceOf(r.Server, name); other != nil {
			return other, nil
		}
		return nil, err
	}
	return p, nil
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
	r.Response.WriteHeader(http.StatusInternalServerError)
	r.Response.WriteJson(ghttp.DefaultHandlerResponse{
		Code:    gcode.CodeInternalError.Code(),
		Message: "the connection could not be upgraded",
	})
	return err
}
