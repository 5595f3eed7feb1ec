package websocket

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/api/websocket/v1"
)

// Connect lets a handshake in or answers it with a refusal. It returns as soon
// as the session runs, so that the server can free the request.
func (c *ControllerV1) Connect(ctx context.Context, req *v1.ConnectReq) (res *v1.ConnectRes, err error) {
	r, endpoint := g.RequestFromCtx(ctx), c.endpoint.Load()
	identity, err := c.admit(r, endpoint)
	if err != nil {
		refuse(r, endpoint, err)
		return nil, nil
	}
	_, err = endpoint.Hub.Serve(sessionContext(ctx), r.Response.Writer, r.Request, openingOf(r, endpoint, identity), newGuarded(endpoint))
	if err != nil {
		refuse(r, endpoint, err)
		return nil, nil
	}
	markUpgraded(r)
	return nil, nil
}
