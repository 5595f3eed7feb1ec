// Package v1 is the contract of the WebSocket endpoint.
package v1

import "github.com/gogf/gf/v2/frame/g"

// ConnectReq asks to open a WebSocket connection (RFC 6455). It has no path in
// its meta, since ghttp would bind every endpoint there: each is bound with GET
// at the paths of its own configuration.
type ConnectReq struct {
	g.Meta `tags:"WebSocket" summary:"Open a WebSocket connection" dc:"Answers 101 to a WebSocket handshake, 426 to any other request, 403 to an origin that is not allowed, 503 while the server shuts down."`
}

// ConnectRes is empty: the answer is the connection.
type ConnectRes struct {
	g.Meta `status:"101" dc:"The connection is open"`
}
