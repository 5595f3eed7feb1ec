// Package v1 is the contract of the room service: people join rooms by name,
// say something to all who are in one, and see what was said last.
package v1

import (
	"time"

	"github.com/gogf/gf/v2/frame/g"
)

// Names of the notifications that members of a room get.
const (
	// MessageMethod comes with a [Message] whenever somebody says something.
	MessageMethod = "room.message"
	// JoinedMethod comes with a [Joined] when somebody else has joined.
	JoinedMethod = "room.joined"
	// LeftMethod comes with a [Left] when somebody has left.
	LeftMethod = "room.left"
)

// JoinReq lets the session into a room.
type JoinReq struct {
	g.Meta `rpc:"room.join" order:"true" tags:"Room" summary:"Join a room" dc:"Joining again changes nothing and answers the same. A message that is said meanwhile may be in the history and come as a notification too: its seq tells."`
	Room   string `json:"room" v:"required|length:1,64" dc:"Name of the room" eg:"lobby"`
}

// JoinRes tells who is in the room, and what was said last.
type JoinRes struct {
	Members []Member  `json:"members" dc:"Who is in the room, the session itself included"`
	History []Message `json:"history" dc:"The last messages, the oldest first"`
	Session string    `json:"session" dc:"Id of the session that joined, by which it finds itself in members"`
}

// LeaveReq takes the session out of a room.
type LeaveReq struct {
	g.Meta `rpc:"room.leave" order:"true" tags:"Room" summary:"Leave a room"`
	Room   string `json:"room" v:"required|length:1,64" dc:"Name of the room" eg:"lobby"`
}

// LeaveRes is empty.
type LeaveRes struct{}

// SayReq says something to all who are in a room, the one who says it included.
type SayReq struct {
	g.Meta `rpc:"room.say" order:"true" tags:"Room" summary:"Say something in a room"`
	Room   string `json:"room" v:"required|length:1,64"   dc:"Name of the room, which the session must be in" eg:"lobby"`
	Text   string `json:"text" v:"required|length:1,4096" dc:"What to say" eg:"Good morning"`
}

// SayRes tells the place of the message in its room.
type SayRes struct {
	Seq uint64 `json:"seq" dc:"Number of the message in its room, each one more than the one before"`
}

// HistoryReq asks what was said last. Over a socket it is for members only.
type HistoryReq struct {
	g.Meta `path:"/room/history" method:"get" rpc:"room.history" order:"true" tags:"Room" summary:"What was said last in a room"`
	Room   string `json:"room"  in:"query" v:"required|length:1,64" dc:"Name of the room" eg:"lobby"`
	Limit  int    `json:"limit" in:"query" v:"between:1,1000" d:"50" dc:"Most messages to answer with"`
}

// HistoryRes holds messages.
type HistoryRes struct {
	Messages []Message `json:"messages" dc:"The last messages, the oldest first"`
}

// MembersReq asks who is in a room. Over a socket it is for members only.
type MembersReq struct {
	g.Meta `path:"/room/members" method:"get" rpc:"room.members" order:"true" tags:"Room" summary:"Who is in a room"`
	Room   string `json:"room" in:"query" v:"required|length:1,64" dc:"Name of the room" eg:"lobby"`
}

// MembersRes lists members.
type MembersRes struct {
	Members []Member `json:"members" dc:"Who is in the room"`
}

// Member is a session in a room.
type Member struct {
	Session string `json:"session" dc:"Id of the session"`
	User    string `json:"user"    dc:"Whose it is; empty for a stranger"`
}

// Message is what somebody has said in a room.
type Message struct {
	g.Meta  `summary:"Somebody has said something in a room"`
	Room    string    `json:"room"    dc:"Name of the room"`
	Seq     uint64    `json:"seq"     dc:"Number of the message in its room, each one more than the one before"`
	Session string    `json:"session" dc:"Id of the session that said it"`
	User    string    `json:"user"    dc:"Whose session it was; empty for a stranger"`
	Text    string    `json:"text"    dc:"What was said"`
	Time    time.Time `json:"time"    dc:"When the server got it"`
}

// Joined tells that a session has joined a room.
type Joined struct {
	g.Meta  `summary:"Somebody has joined a room"`
	Room    string `json:"room"    dc:"Name of the room"`
	Session string `json:"session" dc:"Id of the session"`
	User    string `json:"user"    dc:"Whose it is; empty for a stranger"`
	First   bool   `json:"first"   dc:"None of the person's other sessions was in the room"`
}

// Left tells that a session has left a room.
type Left struct {
	g.Meta  `summary:"Somebody has left a room"`
	Room    string `json:"room"    dc:"Name of the room"`
	Session string `json:"session" dc:"Id of the session"`
	User    string `json:"user"    dc:"Whose it was; empty for a stranger"`
	Last    bool   `json:"last"    dc:"None of the person's sessions is left in the room"`
}
