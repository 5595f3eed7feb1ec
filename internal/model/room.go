package model

import (
	"github.com/gogf/gf/v2/os/glog"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/backlog"
	"github.com/gfws/gf-websocket/ws"
)

// Rooms is what the room service works on: the sessions of an endpoint, and what
// was said last in their rooms.
type Rooms struct {
	// Hub owns the sessions.
	Hub *ws.Hub
	// Said keeps the last messages of each room.
	Said *backlog.Book[v1.Message]
	// History is how many of them somebody who joins is told.
	History int
	// Logger gets a line for what went wrong and nobody waits for.
	Logger *glog.Logger
}
