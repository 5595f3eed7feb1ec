// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"context"

	order "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/ws"
)

type (
	IChat interface {
		// Enter lets the session into a room and returns the customers in it.
		Enter(_ context.Context, session *ws.Session, room string) ([]string, error)
		// Say tells everyone else in a room that the session is in, and returns how many
		// that are.
		Say(_ context.Context, session *ws.Session, room string, text string) (heard int, err error)
		// Changed tells the customer of an order, in each tab that is open.
		Changed(ctx context.Context, changed order.Order)
	}
)

var (
	localChat IChat
)

func Chat() IChat {
	if localChat == nil {
		panic("implement not found for interface IChat, forgot register?")
	}
	return localChat
}

func RegisterChat(i IChat) {
	localChat = i
}
