package room

import (
	"context"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// Hear notes that somebody came or went, and tells the others in the room,
// unless all leave since the server does. What goes wrong is logged.
func (s *sRoom) Hear(ctx context.Context, rooms *model.Rooms, p ws.Presence) {
	if rooms.Hub.Draining() {
		return
	}
	others := rooms.Hub.Room(p.Room).Except(p.Session)
	switch p.Kind {
	case ws.Joined:
		rooms.Said.Joined(p.Room)
		tell(ctx, rooms.Logger, others, v1.JoinedMethod, v1.Joined{Room: p.Room, Session: p.Session.ID(), User: p.User, First: p.First})
	case ws.Left:
		rooms.Said.Left(p.Room)
		tell(ctx, rooms.Logger, others, v1.LeftMethod, v1.Left{Room: p.Room, Session: p.Session.ID(), User: p.User, Last: p.Last})
	}
}
