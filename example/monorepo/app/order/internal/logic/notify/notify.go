// Package notify tells of new orders over WebSocket.
package notify

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/gogf/gf/v2/frame/g"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// sNotify is a [ws.Handler]: whoever connects hears of every order, or, after
// sending the name of a customer, of that customer's only.
type sNotify struct {
	mu       sync.Mutex
	watching map[*ws.Session]string // the customer; empty for all
}

func init() {
	service.RegisterNotify(&sNotify{watching: make(map[*ws.Session]string)})
}

// OnOpen implements [ws.Handler].
func (s *sNotify) OnOpen(_ context.Context, session *ws.Session) error {
	s.watch(session, "")
	return session.Send(ws.TextMessage("watching all"))
}

// OnMessage implements [ws.Handler]: the message is a customer's name.
func (s *sNotify) OnMessage(_ context.Context, session *ws.Session, m ws.Message) error {
	if len(m.Data) == 0 {
		return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "send the name of a customer"}
	}
	// A string of it is a copy, which may be kept.
	customer := string(m.Data)
	s.watch(session, customer)
	return session.Send(ws.TextMessage("watching " + customer))
}

// OnClose implements [ws.Handler].
func (s *sNotify) OnClose(_ context.Context, session *ws.Session, _ ws.Close) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.watching, session)
}

// Created tells all who watch the order's customer. It waits for none of them.
func (s *sNotify) Created(ctx context.Context, order v1.Order) {
	data, err := json.Marshal(order)
	if err != nil {
		g.Log().Errorf(ctx, "order %d cannot be told: %v", order.ID, err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for session, customer := range s.watching {
		if customer != "" && customer != order.Customer {
			continue
		}
		if err = session.Send(ws.Message{Type: ws.Text, Data: data}); err != nil {
			g.Log().Infof(ctx, "order %d was not told to %s: %v", order.ID, session.ID(), err)
		}
	}
}

func (s *sNotify) watch(session *ws.Session, customer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watching[session] = customer
}
