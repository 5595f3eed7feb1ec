// Package v1 is the contract of push: what the business code of any language
// asks over HTTP to reach the sessions of an endpoint.
package v1

import (
	"time"

	"github.com/gogf/gf/v2/frame/g"
)

// SendReq sends a message. One of all, room, user, users and sessions says to
// whom.
type SendReq struct {
	g.Meta   `path:"/messages" method:"post" tags:"Push" summary:"Send a message" dc:"Say to whom by exactly one of all, room, user, users, session and sessions."`
	All      bool     `json:"all"      dc:"To every session"`
	Room     string   `json:"room"     v:"max-length:256" dc:"To the sessions in a room"`
	User     string   `json:"user"     v:"max-length:256" dc:"To all sessions of a user"`
	Users    []string `json:"users"    v:"foreach|length:1,256" dc:"To all sessions of these users, at most 1,000"`
	Session  string   `json:"session"  v:"max-length:256" dc:"To one session"`
	Sessions []string `json:"sessions" v:"foreach|length:1,256" dc:"To these sessions, at most 1,000"`
	Except   *Except  `json:"except"   dc:"But not to these"`
	Type     string   `json:"type"     v:"in:text,binary,json" d:"text" dc:"What data is: text, bytes in base64, or any JSON value, which is sent as text exactly as it stands"`
	Data     any      `json:"data"     dc:"The message; it must be there, and may be empty"`
}

// Except lists who does not get a message.
type Except struct {
	Sessions []string `json:"sessions" v:"foreach|length:1,256" dc:"Ids of sessions, at most 1,000"`
	Users    []string `json:"users"    v:"foreach|length:1,256" dc:"Ids of users, at most 1,000"`
}

// SendRes tells how far the message came.
type SendRes struct {
	Queued int `json:"queued" dc:"For how many sessions of this node the message was queued"`
}

// SessionsReq lists sessions.
type SessionsReq struct {
	g.Meta `path:"/sessions" method:"get" tags:"Push" summary:"List sessions"`
	Page   int    `json:"page" in:"query" v:"min:1" d:"1" dc:"Number of the page, from 1"`
	Size   int    `json:"size" in:"query" v:"between:1,1000" d:"100" dc:"Entries of a page, at most 1,000"`
	Room   string `json:"room" in:"query" v:"max-length:256" dc:"Only those in this room"`
	User   string `json:"user" in:"query" v:"max-length:256" dc:"Only those of this user"`
}

// SessionsRes is one page of the sessions of this node, by id.
type SessionsRes struct {
	Total    int       `json:"total"    dc:"How many there are on all pages"`
	Sessions []Session `json:"sessions" dc:"Those of this page"`
}

// Session is an open session.
type Session struct {
	Session     string     `json:"session"           dc:"Its id"`
	User        string     `json:"user"              dc:"Whose it is; empty for a stranger"`
	Expires     *time.Time `json:"expires,omitempty" dc:"When the user's credentials end"`
	Address     string     `json:"address"           dc:"Address of the client, behind a trusted proxy too"`
	Subprotocol string     `json:"subprotocol"       dc:"What was agreed on; empty for none"`
	Rooms       []string   `json:"rooms"             dc:"The rooms it is in, by name"`
}

// RoomsReq lists rooms.
type RoomsReq struct {
	g.Meta `path:"/rooms" method:"get" tags:"Push" summary:"List rooms"`
	Page   int `json:"page" in:"query" v:"min:1" d:"1" dc:"Number of the page, from 1"`
	Size   int `json:"size" in:"query" v:"between:1,1000" d:"100" dc:"Entries of a page, at most 1,000"`
}

// RoomsRes is one page of the rooms that somebody on this node is in, by name.
type RoomsRes struct {
	Total int     `json:"total" dc:"How many there are on all pages"`
	Rooms []Group `json:"rooms" dc:"Those of this page"`
}

// UsersReq lists users.
type UsersReq struct {
	g.Meta `path:"/users" method:"get" tags:"Push" summary:"List users"`
	Page   int `json:"page" in:"query" v:"min:1" d:"1" dc:"Number of the page, from 1"`
	Size   int `json:"size" in:"query" v:"between:1,1000" d:"100" dc:"Entries of a page, at most 1,000"`
}

// UsersRes is one page of the users who have a session on this node, by id.
type UsersRes struct {
	Total int     `json:"total" dc:"How many there are on all pages"`
	Users []Group `json:"users" dc:"Those of this page"`
}

// Group is a room or a user.
type Group struct {
	Name     string `json:"name"     dc:"Name of the room, or id of the user"`
	Sessions int    `json:"sessions" dc:"How many sessions it has on this node"`
}

// DisconnectReq closes a session, or all of a user. One of session and user says
// whose.
type DisconnectReq struct {
	g.Meta  `path:"/disconnect" method:"post" tags:"Push" summary:"Close the session, or all of a user"`
	Session string `json:"session" v:"required-without:User|max-length:256" dc:"The session to close"`
	User    string `json:"user"    v:"max-length:256" dc:"The user whose sessions to close"`
	Code    int    `json:"code"    v:"between:1000,4999" d:"1008" dc:"Close code; with the default, clients do not come back by themselves"`
	Reason  string `json:"reason"  v:"max-length:123" d:"disconnected by the operator" dc:"Reason that the client is told, at most 123 bytes"`
}

// DisconnectRes tells how many were closed.
type DisconnectRes struct {
	Closing int `json:"closing" dc:"How many sessions of this node are closing"`
}

// StatsReq asks for figures.
type StatsReq struct {
	g.Meta `path:"/stats" method:"get" tags:"Push" summary:"Figures of the endpoint"`
}

// StatsRes are figures of this node.
type StatsRes struct {
	Sessions int               `json:"sessions" dc:"Sessions that are open"`
	Users    int               `json:"users"    dc:"Users who have one"`
	Rooms    int               `json:"rooms"    dc:"Rooms that somebody is in"`
	Dropped  uint64            `json:"dropped"  dc:"Messages that were dropped, since their receivers were too slow"`
	Refused  map[string]uint64 `json:"refused"  dc:"Handshakes that were refused, by reason; push is for requests to this API"`
	Closed   map[string]uint64 `json:"closed"   dc:"Sessions that were closed for what the peer did, by reason"`
	Rejected map[string]uint64 `json:"rejected" dc:"Messages that were refused with an answer, by reason"`
	Server   ServerStats       `json:"server"   dc:"Sums over all endpoints of the server on this node"`
}

// ServerStats are sums over all endpoints that the server has on this node.
type ServerStats struct {
	Sessions int    `json:"sessions" dc:"Sessions that are open"`
	Rooms    int    `json:"rooms"    dc:"Rooms that somebody is in; each endpoint has rooms of its own"`
	Refused  uint64 `json:"refused"  dc:"Handshakes that were refused"`
}
