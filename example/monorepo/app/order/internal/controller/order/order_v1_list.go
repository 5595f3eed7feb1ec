package order

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
)

// List answers with the orders of a customer, or with all.
func (c *ControllerV1) List(ctx context.Context, req *v1.ListReq) (res *v1.ListRes, err error) {
	return &v1.ListRes{Orders: service.Order().List(ctx, req.Customer)}, nil
}
