// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

type (
	IPush interface {
		// Sessions returns one page of the sessions of this node, by id, and how many
		// there are in all.
		Sessions(hub *ws.Hub, in model.PushSessions) (page []*ws.Session, total int)
		// Rooms returns one page of the rooms that somebody on this node is in, by name,
		// and how many there are in all.
		Rooms(hub *ws.Hub, in model.PushList) (page []ws.Group, total int)
		// Users returns one page of the users who have a session on this node, by id,
		// and how many there are in all.
		Users(hub *ws.Hub, in model.PushList) (page []ws.Group, total int)
		// Message makes a message of what stands in a request: of kind "text" it is a
		// string of JSON, of "binary" one in base64, of "json" any value, which is sent
		// as it stands.
		Message(kind string, data []byte) (ws.Message, error)
		// Send sends m and returns for how many sessions of this node it was queued. It
		// waits for none of them. An error tells what is wrong with the target, or that
		// the broker did not take the message for the other nodes.
		Send(hub *ws.Hub, to model.PushTarget, m ws.Message) (queued int, err error)
		// Close closes sessions and returns how many of this node. A session or a user
		// that is not there is none. An error tells what is wrong with in, or that the
		// broker did not take it for the other nodes.
		Close(hub *ws.Hub, in model.PushClose) (closing int, err error)
	}
)

var (
	localPush IPush
)

func Push() IPush {
	if localPush == nil {
		panic("implement not found for interface IPush, forgot register?")
	}
	return localPush
}

func RegisterPush(i IPush) {
	localPush = i
}
