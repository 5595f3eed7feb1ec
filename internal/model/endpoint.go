// Package model holds what goes in and out of the services.
package model

import (
	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/ws"
)

// Endpoint is one installed instance: what the controller needs to answer a
// request for it. It does not change once it is installed.
type Endpoint struct {
	// Name is the name of the instance.
	Name string
	// Hub owns the sessions.
	Hub *ws.Hub
	// Rooms are what the room service works on.
	Rooms *Rooms
	// Handler gets the messages; nil echoes them.
	Handler ws.Handler
	// Policy tells whom and what to let in.
	Policy Policy
	// Logger gets a line for each refusal.
	Logger *glog.Logger
	// Leave is called when the HTTP server shuts down, and drains the hub.
	Leave func()
}
