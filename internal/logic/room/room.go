// Package room lets sessions talk to each other in rooms. It holds no state: the
// rooms of each endpoint are passed in.
package room

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/glog"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// entrySize is about what a message takes in memory besides its texts.
const entrySize = 128

type sRoom struct{}

func init() {
	service.RegisterRoom(&sRoom{})
}

// Join lets the session into a room, and returns who is in it and what was said
// last. What is said once it has returned reaches the session; what is said
// meanwhile may be in the history and reach it too. Its errors are those of
// [ws.Session.Join]: whoever is in the room is not told otherwise because other
// nodes do not say who else is, which is logged.
func (s *sRoom) Join(ctx context.Context, rooms *model.Rooms, session *ws.Session, room string) ([]v1.Member, []v1.Message, error) {
	if err := session.Join(room); err != nil {
		return nil, nil, err
	}
	members, err := membersOf(ctx, rooms, room)
	if err != nil {
		rooms.Logger.Errorf(ctx, "websocket room: %+v", err)
	}
	return members, rooms.Said.Last(room, rooms.History), nil
}

// Leave takes the session out of a room that it is in.
func (s *sRoom) Leave(session *ws.Session, room string) error {
	if !session.Leave(room) {
		return errNotIn(room)
	}
	return nil
}

// Say sends text to everyone in a room that the session is in, itself included,
// and returns the number of the message. All get the messages of a room in the
// order of their numbers.
func (s *sRoom) Say(ctx context.Context, rooms *model.Rooms, session *ws.Session, room, text string) (seq uint64, err error) {
	if err = checkIn(session, room); err != nil {
		return 0, err
	}
	said := v1.Message{Room: room, Session: session.ID(), User: session.User(), Text: text}
	size := entrySize + len(room) + len(said.Session) + len(said.User) + len(text)
	number := func(seq uint64) v1.Message {
		said.Seq, said.Time = seq, time.Now().UTC()
		return said
	}
	sent := rooms.Said.Add(room, size, number, func(m v1.Message) {
		tell(ctx, rooms.Logger, rooms.Hub.Room(room), v1.MessageMethod, m)
	})
	return sent.Seq, nil
}

// History returns the last messages of a room, the oldest first and at most
// limit of them. A session must be in the room; nil asks for somebody who was
// let in otherwise.
func (s *sRoom) History(rooms *model.Rooms, session *ws.Session, room string, limit int) ([]v1.Message, error) {
	if err := checkIn(session, room); err != nil {
		return nil, err
	}
	return rooms.Said.Last(room, limit), nil
}

// Members returns who is in a room, by session. It asks of session what History
// does. Its other errors are those of the broker.
func (s *sRoom) Members(ctx context.Context, rooms *model.Rooms, session *ws.Session, room string) ([]v1.Member, error) {
	if err := checkIn(session, room); err != nil {
		return nil, err
	}
	return membersOf(ctx, rooms, room)
}

func checkIn(session *ws.Session, room string) error {
	if session != nil && !session.In(room) {
		return errNotIn(room)
	}
	return nil
}

func errNotIn(room string) error {
	return gerror.NewCodef(gcode.CodeInvalidOperation, "the session is not in room %q", room)
}

// membersOf returns those that are known, also with an error.
func membersOf(ctx context.Context, rooms *model.Rooms, room string) ([]v1.Member, error) {
	found, err := rooms.Hub.Room(room).AllMembers(ctx)
	members := make([]v1.Member, 0, len(found))
	for _, m := range found {
		members = append(members, v1.Member{Session: m.Session, User: m.User})
	}
	return members, gerror.Wrapf(err, "members of room %q", room)
}

// tell notifies an audience. Whoever caused it is not told of an error: the
// sessions of this node were reached.
func tell(ctx context.Context, logger *glog.Logger, to ws.Audience, method string, params any) {
	m, err := jsonrpc.Encode(method, params)
	if err == nil {
		_, err = to.Send(m)
	}
	if err != nil {
		logger.Errorf(ctx, "websocket notification %s: %+v", method, err)
	}
}
