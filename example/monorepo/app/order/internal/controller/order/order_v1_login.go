package order

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
)

// Login keeps who is there in the session of the browser.
func (c *ControllerV1) Login(ctx context.Context, req *v1.LoginReq) (res *v1.LoginRes, err error) {
	session := g.RequestFromCtx(ctx).Session
	if err = session.Set("customer", req.Customer); err != nil {
		return nil, err
	}
	// ghttp stores it after the answer has left, which a handshake may overtake.
	if err = session.Close(); err != nil {
		return nil, err
	}
	return &v1.LoginRes{}, nil
}
