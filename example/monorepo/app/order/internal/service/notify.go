// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"context"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"
	"github.com/gfws/gf-websocket/ws"
)

type (
	INotify interface {
		// OnOpen implements [ws.Handler].
		OnOpen(_ context.Context, session *ws.Session) error
		// OnMessage implements [ws.Handler]: the message is a customer's name.
		OnMessage(_ context.Context, session *ws.Session, m ws.Message) error
		// OnClose implements [ws.Handler].
		OnClose(_ context.Context, session *ws.Session, _ ws.Close)
		// Created tells all who watch the order's customer. It waits for none of them.
		Created(ctx context.Context, order v1.Order)
	}
)

var (
	localNotify INotify
)

func Notify() INotify {
	if localNotify == nil {
		panic("implement not found for interface INotify, forgot register?")
	}
	return localNotify
}

func RegisterNotify(i INotify) {
	localNotify = i
}
