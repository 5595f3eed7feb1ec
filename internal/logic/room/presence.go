package room

import (
	"context"

	"github.com/gogf/gf/v2/os/glog"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/ws"
)

// Tell tells the others in a room that somebody came or went, unless all leave
// since the server does. What goes wrong is logged.
func (s *sRoom) Tell(ctx context.Context, logger *glog.Logger, p ws.Presence) {
	hub := p.Session.Hub()
	if hub.Draining() {
		return
	}
	others := hub.Room(p.Room).Except(p.Session)
	switch p.Kind {
	case ws.Joined:
		tell(ctx, logger, others, v1.JoinedMethod, v1.Joined{Room: p.Room, Session: p.Session.ID(), User: p.User, First: p.First})
	case ws.Left:
		tell(ctx, logger, others, v1.LeftMethod, v1.Left{Room: p.Room, Session: p.Session.ID(), User: p.User, Last: p.Last})
	}
}
