// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"github.com/gfws/gf-websocket/ws"
)

type (
	IEcho interface {
		// Echo replies to m with the same type and the same bytes.
		Echo(session *ws.Session, m ws.Message) error
	}
)

var (
	localEcho IEcho
)

func Echo() IEcho {
	if localEcho == nil {
		panic("implement not found for interface IEcho, forgot register?")
	}
	return localEcho
}

func RegisterEcho(i IEcho) {
	localEcho = i
}
