package order

import (
	"context"

	"github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
)

// Change changes the status of an order and answers with the order.
func (c *ControllerV1) Change(ctx context.Context, req *v1.ChangeReq) (res *v1.ChangeRes, err error) {
	order, err := service.Order().Change(ctx, req.ID, req.Status)
	if err != nil {
		return nil, err
	}
	return &v1.ChangeRes{Order: order}, nil
}
