// Package order keeps orders in memory, in the place of a database.
package order

import (
	"context"
	"slices"
	"sync"

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
	}
	s.orders = append(s.orders, order)
	return order
}
