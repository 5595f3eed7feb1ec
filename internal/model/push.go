package model

import "github.com/gfws/gf-websocket/ws"

// PushTarget says to whom a message goes. Exactly one of the first six is set.
type PushTarget struct {
	All      bool
	Room     string
	User     string
	Users    []string
	Session  string
	Sessions []string
	// ExceptSessions and ExceptUsers are left out.
	ExceptSessions, ExceptUsers []string
}

// PushList says which part of a list is asked for.
type PushList struct {
	// Page counts from 1, which 0 stands for; Size is how many entries a page
	// has, 0 for 100. An empty value in a query is 0: gvalid lets it pass.
	Page, Size int
}

// PushSessions says which sessions are asked for: those in a room, those of a
// user, those of both, or all where both are empty.
type PushSessions struct {
	PushList
	Room, User string
}

// PushClose says which sessions are closed, and how. One of Session and User is
// set.
type PushClose struct {
	Session, User string
	Code          ws.Code
	Reason        string
}
