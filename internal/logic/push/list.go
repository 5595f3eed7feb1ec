package push

import (
	"cmp"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// defaultSize is how many entries a page has where a request does not say.
const defaultSize = 100

// Sessions returns one page of the sessions of this node, by id, and how many
// there are in all.
func (s *sPush) Sessions(hub *ws.Hub, in model.PushSessions) (page []*ws.Session, total int) {
	audience := hub.All()
	switch {
	case in.Room != "":
		audience = hub.Room(in.Room)
	case in.User != "":
		audience = hub.User(in.User)
	}
	members := audience.Members()
	if in.Room != "" && in.User != "" {
		members = ofUser(members, in.User)
	}
	for _, m := range cut(members, in.PushList) {
		if session, open := hub.Session(m.Session); open {
			page = append(page, session)
		}
	}
	return page, len(members)
}

// Rooms returns one page of the rooms that somebody on this node is in, by name,
// and how many there are in all.
func (s *sPush) Rooms(hub *ws.Hub, in model.PushList) (page []ws.Group, total int) {
	rooms := hub.ListRooms()
	return cut(rooms, in), len(rooms)
}

// Users returns one page of the users who have a session on this node, by id,
// and how many there are in all.
func (s *sPush) Users(hub *ws.Hub, in model.PushList) (page []ws.Group, total int) {
	users := hub.ListUsers()
	return cut(users, in), len(users)
}

func ofUser(members []ws.Member, user string) []ws.Member {
	var found []ws.Member
	for _, m := range members {
		if m.User == user {
			found = append(found, m)
		}
	}
	return found
}

// cut returns the part of list that is asked for, empty behind its end.
func cut[T any](list []T, in model.PushList) []T {
	page, size := cmp.Or(in.Page, 1), cmp.Or(in.Size, defaultSize)
	pages := (len(list) + size - 1) / size
	if page < 1 || page > pages {
		return nil
	}
	from := (page - 1) * size
	return list[from:min(from+size, len(list))]
}
