// Package chat lets customers talk, and tells them of their orders.
package chat

import (
	"context"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/chat/v1"
	order "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/example/monorepo/app/order/internal/service"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// Endpoint is the name of the chat's instance of gfws.
const Endpoint = "chat"

type sChat struct{}

func init() {
	service.RegisterChat(&sChat{})
}

// Enter lets the session into a room and returns the customers in it.
func (s *sChat) Enter(_ context.Context, session *ws.Session, room string) ([]string, error) {
	if err := session.Join(room); err != nil {
		return nil, err
	}
	var customers []string
	for _, member := range session.Hub().Room(room).Members() {
		customers = append(customers, member.User)
	}
	slices.Sort(customers)
	return slices.Compact(customers), nil
}

// Say tells everyone else in a room that the session is in, and returns how many
// that are.
func (s *sChat) Say(_ context.Context, session *ws.Session, room, text string) (heard int, err error) {
	if !session.In(room) {
		return 0, gerror.NewCodef(gcode.CodeInvalidOperation, "enter %s first", room)
	}
	said, err := jsonrpc.Encode(v1.SaidMethod, v1.Said{Room: room, Customer: session.User(), Text: text})
	if err != nil {
		return 0, err
	}
	return session.Hub().Room(room).Except(session).Send(said)
}

// Changed tells the customer of an order, in each tab that is open.
func (s *sChat) Changed(ctx context.Context, changed order.Order) {
	chat := gfws.Instance(Endpoint)
	if chat == nil {
		return // this process serves no chat
	}
	message, err := jsonrpc.Encode(v1.OrderMethod, changed)
	if err == nil {
		_, err = chat.Hub().User(changed.Customer).Send(message)
	}
	if err != nil {
		g.Log().Errorf(ctx, "order %d was not told of: %v", changed.ID, err)
	}
}
