package gfws

import (
	"context"

	"github.com/gfws/gf-websocket/ws"
)

// rooms are the options of rooms.
type rooms struct {
	authorize func(ctx context.Context, s *ws.Session, room string) error
	presence  func(ctx context.Context, p ws.Presence)
	broker    ws.Broker
}

// AuthorizeJoin asks check before a session joins a room. An error refuses, and
// is what [ws.Session.Join] returns, wrapped. Default lets everyone into every
// room that the handler has them join.
func AuthorizeJoin(check func(ctx context.Context, s *ws.Session, room string) error) Option {
	return func(o *options) { o.rooms.authorize = check }
}

// OnPresence tells hear who joins and leaves a room, in order; see
// [ws.Config].OnPresence.
func OnPresence(hear func(ctx context.Context, p ws.Presence)) Option {
	return func(o *options) { o.rooms.presence = hear }
}

// Broker connects the sessions of the instance with those of other nodes, or of
// other instances. Default is none.
func Broker(broker ws.Broker) Option {
	return func(o *options) { o.rooms.broker = broker }
}

// hub returns config with what the options say.
func (r rooms) hub(config ws.Config) ws.Config {
	config.AuthorizeJoin, config.OnPresence, config.Broker = r.authorize, r.presence, r.broker
	return config
}
