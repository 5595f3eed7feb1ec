package ws

import (
	"errors"
	"sync"
)

// Locks are taken in this order, and none is held while the host's code runs or
// a socket is written to:
//
//	Session.joining
//	group.mu, or that of a shard of the directory
//	Session.writing
//	those of batchconn
//
// The lock of a shard of an index is held for a look into its map only, and no
// other is taken under it.

// errGone is returned by a group that has been taken out of its index.
var errGone = errors.New("group is gone")

// group is the sessions of one room or of one user. It outlives its last
// session only until what happened in it has been told.
type group struct {
	index *index
	topic Topic

	mu      sync.Mutex
	members []*membership
	persons map[string]int // how many members a user has
	events  []event        // not told yet, oldest first
	telling bool           // somebody tells them
	gone    bool           // out of the index
}

// membership is one session's place in one group.
type membership struct {
	session *Session
	group   *group
	user    string // whose the session was when the others were told; by group.mu
	at      int    // where it is in group.members; by group.mu
}

// mostUntold is how much may have happened in a group and not been told before
// nobody is let in any more.
const mostUntold = 16 << 10

// enter adds m. It fails with ErrRoomFull beyond limit, with ErrRoomBusy, and
// with errGone.
func (g *group) enter(m *membership, limit int) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.gone {
		return errGone
	}
	if limit != Unlimited && len(g.members) >= limit {
		return ErrRoomFull
	}
	if g.topic.Kind == RoomSessions && len(g.events) >= mostUntold {
		return ErrRoomBusy
	}
	if len(g.members) == 0 {
		g.happened(event{kind: groupOpened})
	}
	m.at = len(g.members)
	g.members = append(g.members, m)
	g.arrive(m)
	return nil
}

// exit removes m, and puts the last member in its place.
func (g *group) exit(m *membership) {
	g.mu.Lock()
	defer g.mu.Unlock()
	last := len(g.members) - 1
	g.members[m.at] = g.members[last]
	g.members[m.at].at = m.at
	g.members[last] = nil
	g.members = g.members[:last]
	g.depart(m)
	if last == 0 {
		g.happened(event{kind: groupClosed})
	}
}

// rename makes m another person's: one that leaves and one that joins.
func (g *group) rename(m *membership, user string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if m.user == user {
		return
	}
	g.depart(m)
	m.user = user
	g.arrive(m)
}

// arrive counts m for its person. A stranger is a person of its own.
func (g *group) arrive(m *membership) {
	first := true
	if m.user != "" && g.topic.Kind == RoomSessions {
		if g.persons == nil {
			g.persons = make(map[string]int)
		}
		g.persons[m.user]++
		first = g.persons[m.user] == 1
	}
	g.happened(event{kind: memberJoined, session: m.session, user: m.user, edge: first})
}

// depart is the reverse of arrive.
func (g *group) depart(m *membership) {
	last := true
	if m.user != "" && g.topic.Kind == RoomSessions {
		g.persons[m.user]--
		last = g.persons[m.user] == 0
		if last {
			delete(g.persons, m.user)
		}
	}
	g.happened(event{kind: memberLeft, session: m.session, user: m.user, edge: last})
}

// len returns how many sessions are in g; a nil group has none.
func (g *group) len() int {
	if g == nil {
		return 0
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.members)
}

// each calls visit for every member with g.mu held, so that nobody enters or
// leaves meanwhile.
func (g *group) each(visit func(s *Session)) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, m := range g.members {
		visit(m.session)
	}
}
