// Package model holds what goes in and out of the services.
package model

import (
	"sync"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/limit"
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
	// Limits counts who is in, and how fast they talk.
	Limits *limit.Limits
	// Audit tells and counts what is refused.
	Audit *audit.Log
	// Leave is called when the HTTP server shuts down, and drains the hub.
	Leave func()
	// Drained is done once that is told of.
	Drained sync.Once
}
