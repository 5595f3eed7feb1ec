package ws

import "context"

// PresenceKind tells what happened.
type PresenceKind uint8

const (
	// Joined means that a session has joined a room.
	Joined PresenceKind = iota + 1
	// Left means that a session has left a room, by itself or by its end.
	Left
)

// String returns "joined" or "left".
func (k PresenceKind) String() string {
	if k == Joined {
		return "joined"
	}
	return "left"
}

// Presence is one coming or going in a room. A session that stays while its
// person changes, see [Session.SetIdentity], leaves as the one and joins as the
// other.
type Presence struct {
	Kind PresenceKind
	Room string
	// Session is who came or went. When it left because it ended, nothing can
	// be sent to it any more.
	Session *Session
	// User is whose the session was then; empty for a stranger.
	User string
	// First tells that none of the person's sessions was in the room before;
	// always true of a stranger. Only for Joined, and of this node's sessions.
	First bool
	// Last tells that none of the person's sessions is left in the room; always
	// true of a stranger. Only for Left, and of this node's sessions.
	Last bool
}

// eventKind is what can happen in a group.
type eventKind uint8

const (
	groupOpened eventKind = iota
	groupClosed
	memberJoined
	memberLeft
)

type event struct {
	kind    eventKind
	edge    bool // the first or the last of its person
	session *Session
	user    string
}

// happened queues e for tell, where somebody wants to know. g.mu must be held.
func (g *group) happened(e event) {
	hub := g.index.hub
	switch e.kind {
	case groupOpened, groupClosed:
		if hub.link == nil {
			return
		}
	default:
		if hub.config.OnPresence == nil || g.topic.Kind != RoomSessions {
			return
		}
	}
	g.events = append(g.events, e)
}

// tell tells what happened in g, without a lock and in order, unless somebody
// does already. What happens meanwhile is left to a goroutine, so that nobody
// tells the others' comings and goings for ever. A nil group has nothing to
// tell.
func (g *group) tell() {
	if g == nil {
		return
	}
	g.mu.Lock()
	if g.telling {
		g.mu.Unlock()
		return
	}
	g.telling = true
	events := g.untoldLocked()
	g.mu.Unlock()
	g.tellAll(events)
	if events = g.untold(); events != nil {
		g.index.hub.keepWaiting()
		go g.tellOn(events)
	}
}

// tellOn tells events and what has happened meanwhile, until nothing is left.
func (g *group) tellOn(events []event) {
	defer g.index.hub.letGo()
	for events != nil {
		g.tellAll(events)
		events = g.untold()
	}
}

func (g *group) tellAll(events []event) {
	for _, e := range events {
		g.index.hub.tell(g.topic, e)
	}
}

// untold takes what is to be told next. When there is nothing it ends the
// telling, and a group that is empty then is gone.
func (g *group) untold() []event {
	g.mu.Lock()
	events := g.untoldLocked()
	if events != nil {
		g.mu.Unlock()
		return events
	}
	g.telling = false
	g.gone = len(g.members) == 0
	gone := g.gone
	g.mu.Unlock()
	if gone {
		g.index.drop(g)
	}
	return nil
}

func (g *group) untoldLocked() []event {
	events := g.events
	g.events = nil
	return events
}

// tell passes e on to the broker or to the host.
func (h *Hub) tell(t Topic, e event) {
	switch e.kind {
	case groupOpened:
		h.reportBroker(t, guarded(func() error { return h.link.Subscribe(t) }))
	case groupClosed:
		h.reportBroker(t, guarded(func() error { return h.link.Unsubscribe(t) }))
	case memberJoined:
		h.callPresence(Presence{Kind: Joined, Room: t.Name, Session: e.session, User: e.user, First: e.edge})
	case memberLeft:
		h.callPresence(Presence{Kind: Left, Room: t.Name, Session: e.session, User: e.user, Last: e.edge})
	}
}

func (h *Hub) callPresence(p Presence) {
	ctx := context.WithoutCancel(p.Session.ctx)
	err := guarded(func() error { h.config.OnPresence(ctx, p); return nil })
	if err != nil {
		h.config.Logger.Errorf(ctx, "websocket room %q: %+v", p.Room, err)
	}
}

// reportBroker logs an error of the broker that nobody waits for.
func (h *Hub) reportBroker(t Topic, err error) {
	if err == nil {
		return
	}
	h.config.Logger.Errorf(context.Background(), "websocket broker, %s: %+v", t, err)
}
