package gfws

import (
	"github.com/gogf/gf/v2/net/ghttp"
)

// Push serves an HTTP API at path, with which business code in any language
// sends to users, rooms, sessions or all, lists them, disconnects them, and asks
// for figures; with [RoomService] also for the members and the history of rooms.
// It is part of the server's OpenAPI document.
//
// authenticate decides about each request, and an error refuses it: with 401 for
// gcode.CodeNotAuthorized, 400 for the codes of bad parameters, 503 for
// CodeServerBusy, else with 403; its text is shown to the client. Whoever is let
// in may do everything. There is no API without it, unless push.token is set,
// which must not be set as well.
func Push(path string, authenticate func(r *ghttp.Request) error) Option {
	return func(o *options) {
		o.push = authenticate
		o.changes = append(o.changes, func(c *Config) { c.Push.Path = path })
	}
}
