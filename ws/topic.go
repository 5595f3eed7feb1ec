package ws

// TopicKind tells what the name of a [Topic] names.
type TopicKind uint8

const (
	// EverySession is the topic of all sessions; it has no name.
	EverySession TopicKind = iota
	// RoomSessions are those in the room of that name.
	RoomSessions
	// UserSessions are those of the user with that id.
	UserSessions
)

// String returns "all", "room" or "user".
func (k TopicKind) String() string {
	switch k {
	case RoomSessions:
		return "room"
	case UserSessions:
		return "user"
	default:
		return "all"
	}
}

// Topic names sessions that a message can be for. Topics are comparable.
type Topic struct {
	Kind TopicKind
	// Name is a room, or the id of a user; empty for EverySession.
	Name string
}

// String returns kind and name, as in "room:lobby".
func (t Topic) String() string {
	if t.Kind == EverySession {
		return t.Kind.String()
	}
	return t.Kind.String() + ":" + t.Name
}

// Member is a session as it is listed.
type Member struct {
	// Session is its id.
	Session string
	// User is whose it is; empty for a stranger's.
	User string
	// Node is the hub that it is connected to, see [Hub.Node].
	Node string
}
