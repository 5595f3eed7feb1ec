// Package v1 holds the calls and notifications of the chat.
package v1

import "github.com/gogf/gf/v2/frame/g"

const (
	// SaidMethod is the notification of [Said].
	SaidMethod = "chat.said"
	// OrderMethod is the notification of an order that has changed, with the
	// order itself.
	OrderMethod = "order.changed"
)

// EnterReq asks to be let into a room.
type EnterReq struct {
	g.Meta `rpc:"chat.enter" order:"true" tags:"chat" summary:"enter a room"`
	Room   string `json:"room" v:"required|length:1,64"`
}

// EnterRes lists who is in the room.
type EnterRes struct {
	Customers []string `json:"customers"`
}

// SayReq says something to all in a room.
type SayReq struct {
	g.Meta `rpc:"chat.say" order:"true" tags:"chat" summary:"say something in a room"`
	Room   string `json:"room" v:"required|length:1,64"`
	Text   string `json:"text" v:"required|length:1,1000"`
}

// SayRes tells how many heard it.
type SayRes struct {
	Heard int `json:"heard"`
}

// Said tells that a customer has said something.
type Said struct {
	g.Meta   `summary:"somebody has said something"`
	Room     string `json:"room"`
	Customer string `json:"customer"`
	Text     string `json:"text"`
}
