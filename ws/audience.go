package ws

import "slices"

// Audience is who a message is for: a room, a user, some sessions or everyone,
// with exceptions. It is a cheap value that finds its sessions when it is used,
// not when it is made, and is safe for concurrent use. The zero value has none.
//
// A mute session, see [Opening.Mute], is in none but to be closed.
type Audience struct {
	hub         *Hub
	topics      []Topic
	only        []string // ids of sessions; nil for all of the topics
	except      []string // ids of sessions
	exceptUsers []string
}

// Room returns the sessions in a room; a room that nobody is in has none.
func (h *Hub) Room(name string) Audience {
	return Audience{hub: h, topics: []Topic{{RoomSessions, name}}}
}

// User returns all sessions of one user, such as the tabs of a browser.
func (h *Hub) User(id string) Audience {
	return h.Users(id)
}

// Users returns all sessions of these users. Strangers are no user's: "" has no
// sessions.
func (h *Hub) Users(ids ...string) Audience {
	topics := make([]Topic, 0, len(ids))
	for _, id := range distinct(ids) {
		topics = append(topics, Topic{UserSessions, id})
	}
	return Audience{hub: h, topics: topics}
}

// Sessions returns the sessions with these ids; one that is not open, here or
// on another node, is passed over.
func (h *Hub) Sessions(ids ...string) Audience {
	return Audience{hub: h, topics: []Topic{{}}, only: distinct(ids)}
}

// All returns every open session.
func (h *Hub) All() Audience {
	return Audience{hub: h, topics: []Topic{{}}}
}

// distinct returns a copy of names without duplicates, never nil.
func distinct(names []string) []string {
	copied := append(make([]string, 0, len(names)), names...)
	slices.Sort(copied)
	return slices.Compact(copied)
}

// Except returns a without these sessions. nil ones are passed over.
func (a Audience) Except(sessions ...*Session) Audience {
	ids := make([]string, 0, len(sessions))
	for _, s := range sessions {
		if s != nil {
			ids = append(ids, s.id)
		}
	}
	return a.ExceptSessions(ids...)
}

// ExceptSessions is [Audience.Except] by id.
func (a Audience) ExceptSessions(ids ...string) Audience {
	a.except = slices.Concat(a.except, ids)
	return a
}

// ExceptUsers returns a without all sessions of these users. Strangers are no
// user's, so "" excepts nobody.
func (a Audience) ExceptUsers(ids ...string) Audience {
	known := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	a.exceptUsers = slices.Concat(a.exceptUsers, known)
	return a
}

// Len returns how many sessions of this node a has now.
func (a Audience) Len() int {
	if a.isRoom() {
		return a.hub.rooms.find(a.topics[0].Name).len() // no mute session is in one
	}
	n := 0
	a.eachMember(func(*Session) { n++ })
	return n
}

// isRoom reports whether a is all of one room.
func (a Audience) isRoom() bool {
	return a.hub != nil && len(a.topics) == 1 && a.topics[0].Kind == RoomSessions && len(a.except)+len(a.exceptUsers) == 0
}

// Members lists the sessions of this node that a has now, by id. See
// [Audience.AllMembers] for those of all nodes.
func (a Audience) Members() []Member {
	var members []Member
	a.eachMember(func(s *Session) { members = append(members, Member{s.id, s.User(), s.hub.node}) })
	sortMembers(members)
	return members
}

// eachMember is each without the mute sessions, to which nothing is sent.
func (a Audience) eachMember(visit func(s *Session)) {
	a.each(func(s *Session) {
		if !s.Muted() {
			visit(s)
		}
	})
}

// each calls visit for every session of this node. visit is quick and takes no
// lock but those that stand after group.mu.
func (a Audience) each(visit func(s *Session)) {
	if a.hub == nil {
		return
	}
	if len(a.except)+len(a.exceptUsers) > 0 {
		visit = a.unlessExcepted(visit)
	}
	for _, t := range a.topics {
		switch {
		case t.Kind == EverySession && a.only != nil:
			a.eachListed(visit)
		case t.Kind == EverySession:
			a.hub.each(visit)
		case t.Kind == RoomSessions:
			a.hub.rooms.find(t.Name).each(a.ifListed(visit))
		case t.Kind == UserSessions:
			a.hub.users.find(t.Name).each(a.ifListed(visit))
		default: // from a node of a later version: better nobody than everybody
		}
	}
}

// ifListed passes over those that are not listed, where there is a list.
func (a Audience) ifListed(visit func(s *Session)) func(s *Session) {
	if a.only == nil {
		return visit
	}
	only := setOf(a.only)
	return func(s *Session) {
		if only[s.id] {
			visit(s)
		}
	}
}

// unlessExcepted passes over the exceptions.
func (a Audience) unlessExcepted(visit func(s *Session)) func(s *Session) {
	sessions, users := setOf(a.except), setOf(a.exceptUsers)
	return func(s *Session) {
		if sessions[s.id] || len(users) > 0 && users[s.User()] {
			return
		}
		visit(s)
	}
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

func (a Audience) eachListed(visit func(s *Session)) {
	for _, id := range a.only {
		if s, ok := a.hub.directory.find(id); ok {
			visit(s)
		}
	}
}
