// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"context"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
)

type (
	IOrder interface {
		// Create keeps a new order and tells those who watch.
		Create(ctx context.Context, customer string, cents int64) v1.Order
		// Change changes the status of an order and tells its customer.
		Change(ctx context.Context, id int64, status string) (v1.Order, error)
		// List returns the orders of customer, or of all if that is empty.
		List(_ context.Context, customer string) []v1.Order
	}
)

var (
	localOrder IOrder
)

func Order() IOrder {
	if localOrder == nil {
		panic("implement not found for interface IOrder, forgot register?")
	}
	return localOrder
}

func RegisterOrder(i IOrder) {
	localOrder = i
}
