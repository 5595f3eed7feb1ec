package websocket

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/api/websocket/v1"
)

// Connect lets a handshake in or answers it with a refusal. It returns as soon
// as the session runs, so that the server can free the request.
func (c *ControllerV1) Connect(ctx context.Context, req *v1.ConnectReq) (res *v1.ConnectRes, err error) {
	r := g.RequestFromCtx(ctx)
	v := c.arrive(r)
	defer v.leaveUnlessBegun()
	identity, err := v.admit(r)
	if err != nil {
		return nil, nil
	}
	_, err = v.endpoint.Hub.Serve(sessionContext(ctx), r.Response.Writer, r.Request, v.opening(r, identity), &guarded{visit: v})
	if err != nil {
		v.refuse(r, err)
		return nil, nil
	}
	v.begun = true
	markUpgraded(r)
	return nil, nil
}
