package ws

// Stats are figures of a hub, for metrics. They are of this node.
type Stats struct {
	// Sessions is how many are open.
	Sessions int
	// Rooms is how many somebody is in.
	Rooms int
	// Users is how many persons have a session; strangers are not counted.
	Users int
	// Dropped is how many messages the queue policy has dropped since the hub
	// was made.
	Dropped uint64
	// Drained is how many sessions have ended with the peer's close frame since
	// [Hub.Shutdown] was called, and Cut how many without one.
	Drained, Cut uint64
}

// Stats returns the figures of the moment.
func (h *Hub) Stats() Stats {
	if h == nil {
		return Stats{}
	}
	h.mu.RLock()
	open, drained, cut := h.open, h.drained, h.cut
	h.mu.RUnlock()
	return Stats{
		Sessions: open,
		Drained:  drained,
		Cut:      cut,
		Rooms:    h.rooms.len(),
		Users:    h.users.len(),
		Dropped:  h.dropped.Load(),
	}
}

// Group is a room or a user as it is listed.
type Group struct {
	// Name is the room, or the id of the user.
	Name string
	// Sessions is how many of this node are in it.
	Sessions int
}

// ListRooms lists the rooms that somebody on this node is in, by name.
func (h *Hub) ListRooms() []Group {
	if h == nil {
		return nil
	}
	return h.rooms.list()
}

// ListUsers lists the users who have a session on this node, by id. Strangers
// are not among them.
func (h *Hub) ListUsers() []Group {
	if h == nil {
		return nil
	}
	return h.users.list()
}
