// Package gfws adds WebSocket to a GoFrame server with one line:
//
//	s.Plugin(gfws.New())
//
// That serves an echo at /ws, bounded and with origins checked, as the node
// "websocket" of the configuration says. [Handle] puts a handler of the host's
// own in its place, [Path] and [Name] make room for more than one, and [Accept]
// is the drop-in for ghttp's deprecated r.WebSocket().
package gfws
