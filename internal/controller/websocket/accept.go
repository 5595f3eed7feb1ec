package websocket

import (
	"context"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// Accept is Connect for a host that reads the connection in a loop of its own.
// On an error the request has been answered.
func (c *ControllerV1) Accept(r *ghttp.Request) (*ws.Conn, error) {
	endpoint := c.endpoint.Load()
	if err := c.admit(r, endpoint); err != nil {
		refuse(r, endpoint, err)
		return nil, err
	}
	conn, err := endpoint.Hub.Accept(sessionContext(r.Context()), r.Response.Writer, r.Request, ws.Opening{Header: upgradeHeader(r)}, checkOf(endpoint))
	if err != nil {
		refuse(r, endpoint, err)
		return nil, err
	}
	markUpgraded(r)
	return conn, nil
}

// checkOf shows the messages of a host's own loop to the guard.
func checkOf(endpoint *model.Endpoint) ws.Check {
	return func(ctx context.Context, s *ws.Session, m ws.Message) (ws.Message, error) {
		return m, service.Guard().CheckMessage(ctx, &endpoint.Policy, s, m)
	}
}
