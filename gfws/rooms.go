package gfws

import (
	"context"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/internal/backlog"
	"github.com/gfws/gf-websocket/internal/controller/room"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// maxSaidBytes bounds what is kept of all rooms of an instance together.
const maxSaidBytes = 32 << 20

// RoomService serves rooms over JSON-RPC: clients call room.join, room.leave,
// room.say, room.history and room.members, and are notified of room.message,
// room.joined and room.left. [AuthorizeJoin] decides who may join which.
//
// The handler must be a [jsonrpc.Router] of this instance's alone, whose other
// methods stay as they are, or none, which makes one.
func RoomService() Option {
	return func(o *options) { o.roomService = true }
}

// serveRooms makes the handler serve rooms.
func (p *Plugin) serveRooms() error {
	if p.options.handler == nil {
		p.options.handler = jsonrpc.New(jsonrpc.Logger(p.options.logger))
	}
	router, ok := p.options.handler.(*jsonrpc.Router)
	if !ok {
		return gerror.NewCodef(gcode.CodeInvalidParameter, "gfws.RoomService needs a jsonrpc.Router as the handler, not %T", p.options.handler)
	}
	p.rooms = room.NewV1(p.roomsNow)
	if err := router.Bind(p.rooms); err != nil {
		return err
	}
	for method, params := range map[string]any{
		v1.MessageMethod: v1.Message{}, v1.JoinedMethod: v1.Joined{}, v1.LeftMethod: v1.Left{},
	} {
		if err := router.Sends(method, params); err != nil {
			return err
		}
	}
	return nil
}

// roomsNow returns the rooms of the installation in force.
func (p *Plugin) roomsNow() *model.Rooms {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.endpoint.Rooms
}

// newRooms makes the rooms of a hub that is still to be made.
func (p *Plugin) newRooms(config Config) *model.Rooms {
	rooms := &model.Rooms{History: config.Room.History, Logger: p.logger()}
	bounds := backlog.Bounds{Entries: config.Room.History, Bytes: maxSaidBytes, Keep: config.Room.Keep}
	occupied := func(name string) bool { return rooms.Hub.Room(name).Len() > 0 }
	rooms.Said = backlog.New[v1.Message](bounds, occupied)
	return rooms
}

// hearPresence has the room service hear of presence, before the host hears it.
func (p *Plugin) hearPresence(config ws.Config, rooms *model.Rooms) ws.Config {
	if p.rooms == nil {
		return config
	}
	host := config.OnPresence
	config.OnPresence = func(ctx context.Context, presence ws.Presence) {
		service.Room().Hear(ctx, rooms, presence)
		if host != nil {
			host(ctx, presence)
		}
	}
	return config
}
