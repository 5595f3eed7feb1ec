// Package order keeps orders in memory, in the place of a database.
package order

import (
	"context"
	"slices"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/example/monorepo/utility/money"
)

type sOrder struct {
	mu     sync.Mutex
	orders []v1.Order
}

func init() {
	service.RegisterOrder(&sOrder{})
}

// Create keeps a new order and tells those who watch.
func (s *sOrder) Create(ctx context.Context, customer string, cents int64) v1.Order {
	order := s.add(customer, cents)
	service.Notify().Created(ctx, order)
	return order
}

// Change changes the status of an order and tells its customer.
func (s *sOrder) Change(ctx context.Context, id int64, status string) (v1.Order, error) {
	order, err := s.change(id, status)
	if err != nil {
		return v1.Order{}, err
	}
	service.Chat().Changed(ctx, order)
	return order, nil
}

// List returns the orders of customer, or of all if that is empty.
func (s *sOrder) List(_ context.Context, customer string) []v1.Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.orders), func(order v1.Order) bool {
		return customer != "" && order.Customer != customer
	})
}

func (s *sOrder) add(customer string, cents int64) v1.Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	order := v1.Order{
		ID:       int64(len(s.orders)) + 1,
		Customer: customer,
		Cents:    cents,
		Amount:   money.Format(cents),
		Status:   "placed",
	}
	s.orders = append(s.orders, order)
	return order
}

func (s *sOrder) change(id int64, status string) (v1.Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.orders, func(order v1.Order) bool { return order.ID == id })
	if at < 0 {
		return v1.Order{}, gerror.NewCodef(gcode.CodeNotFound, "there is no order %d", id)
	}
	s.orders[at].Status = status
	return s.orders[at], nil
}
