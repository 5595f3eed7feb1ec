// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"context"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

type (
	IRoom interface {
		// Hear notes that somebody came or went, and tells the others in the room,
		// unless all leave since the server does. What goes wrong is logged.
		Hear(ctx context.Context, rooms *model.Rooms, p ws.Presence)
		// Join lets the session into a room, and returns who is in it and what was said
		// last. What is said once it has returned reaches the session; what is said
		// meanwhile may be in the history and reach it too. Its errors are those of
		// [ws.Session.Join]: whoever is in the room is not told otherwise because other
		// nodes do not say who else is, which is logged.
		Join(ctx context.Context, rooms *model.Rooms, session *ws.Session, room string) ([]v1.Member, []v1.Message, error)
		// Leave takes the session out of a room that it is in.
		Leave(session *ws.Session, room string) error
		// Say sends text to everyone in a room that the session is in, itself included,
		// and returns the number of the message. All get the messages of a room in the
		// order of their numbers.
		Say(ctx context.Context, rooms *model.Rooms, session *ws.Session, room string, text string) (seq uint64, err error)
		// History returns the last messages of a room, the oldest first and at most
		// limit of them. A session must be in the room; nil asks for somebody who was
		// let in otherwise.
		History(rooms *model.Rooms, session *ws.Session, room string, limit int) ([]v1.Message, error)
		// Members returns who is in a room, by session. It asks of session what History
		// does. Its other errors are those of the broker.
		Members(ctx context.Context, rooms *model.Rooms, session *ws.Session, room string) ([]v1.Member, error)
	}
)

var (
	localRoom IRoom
)

func Room() IRoom {
	if localRoom == nil {
		panic("implement not found for interface IRoom, forgot register?")
	}
	return localRoom
}

func RegisterRoom(i IRoom) {
	localRoom = i
}
