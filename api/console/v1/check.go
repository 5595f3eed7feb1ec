package v1

import "github.com/gogf/gf/v2/frame/g"

// CheckReq asks how the server would answer a handshake that the sender makes
// now: a browser is told only that one failed.
type CheckReq struct {
	g.Meta       `path:"/check.json" method:"post" tags:"WebSocket" summary:"Why a handshake is refused"`
	Address      string   `json:"address"      v:"required|max-length:8192" dc:"Path of the endpoint, with its query"`
	Subprotocols []string `json:"subprotocols" v:"foreach|max-length:8192"  dc:"Subprotocols that are offered, at most 16"`
}

// CheckRes is the answer to such a handshake.
type CheckRes struct {
	Status  int    `json:"status"  dc:"HTTP status: 101 where the handshake would be accepted"`
	Message string `json:"message" dc:"What the server says of a refusal"`
}
