package order

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
)

// Create makes an order and answers with it.
func (c *ControllerV1) Create(ctx context.Context, req *v1.CreateReq) (res *v1.CreateRes, err error) {
	return &v1.CreateRes{Order: service.Order().Create(ctx, req.Customer, req.Cents)}, nil
}
