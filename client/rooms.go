package client

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
)

const (
	methodJoin  = "room.join"
	methodLeave = "room.leave"
)

// Joined is what a server answers to a join.
type Joined struct {
	// Session is the id of this session among the members. It is another one
	// after a reconnect.
	Session string `json:"session"`
	// Members are those in the room, this session included.
	Members []Member `json:"members"`
	// History is the room's last messages, the oldest first, as the server's
	// room service writes them.
	History []json.RawMessage `json:"history"`
}

// Member is a session in a room.
type Member struct {
	Session string `json:"session"`
	User    string `json:"user"` // empty for one without a name
}

type roomParams struct {
	Room string `json:"room"`
}

// rooms is the set of the rooms that are joined.
type rooms struct {
	// turn is held while a join or a leave is queued, so that they are noted in
	// the order in which the server gets them.
	turn chan struct{}

	mu      sync.Mutex
	names   map[string]bool
	joining map[*joining]bool // those that no leave has followed
}

// joining is a join that waits for its answer.
type joining struct{ room string }

func newRooms() *rooms {
	return &rooms{turn: make(chan struct{}, 1), names: make(map[string]bool), joining: make(map[*joining]bool)}
}

// queued runs put, which queues a join or a leave, when it is its turn.
func (r *rooms) queued(ctx context.Context, put func() error) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
		return put()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *rooms) begin(j *joining) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.joining[j] = true
}

// joined adds the room of j, unless it was left meanwhile.
func (r *rooms) joined(j *joining) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.joining[j] {
		r.names[j.room] = true
	}
}

// end forgets j.
func (r *rooms) end(j *joining) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.joining, j)
}

// remove takes a room out.
func (r *rooms) remove(room string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, room)
}

// leave takes a room out, and whatever of it is being joined.
func (r *rooms) leave(room string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, room)
	maps.DeleteFunc(r.joining, func(j *joining, _ bool) bool { return j.room == room })
}

func (r *rooms) has(room string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[room]
}

func (r *rooms) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.names))
}

// Join joins a room by the method room.join, and again after each reconnect,
// before anything queued is sent; ClientOptions.OnRejoin is told how that went.
// Errors are as for [Call]. When ctx ends the server may have let this session
// in already; then [Client.Leave] gets it out.
func (c *Client) Join(ctx context.Context, room string) (*Joined, error) {
	var joined *Joined
	var invalid error
	j := &joining{room: room}
	defer c.rooms.end(j)
	// The reading goroutine adds the room: another connection cannot come between
	// the answer and that.
	_, err := c.callInTurn(ctx, methodJoin, room, func() { c.rooms.begin(j) }, func(raw json.RawMessage, err error) {
		if err == nil {
			joined, invalid = decodeJoined(raw)
			c.rooms.joined(j)
		}
	})
	if err == nil {
		err = invalid
	}
	if err != nil {
		return nil, about("join of room "+printable(room), err)
	}
	return joined, nil
}

// callInTurn calls a method of a room. It runs note just before the call is
// queued, while no other such call can be.
func (c *Client) callInTurn(ctx context.Context, method, room string, note func(), settled func(json.RawMessage, error)) (json.RawMessage, error) {
	var m *outgoing
	err := c.rooms.queued(ctx, func() (err error) {
		note()
		m, err = c.begin(ctx, method, roomParams{Room: room}, settled)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.await(ctx, m)
}

func decodeJoined(raw json.RawMessage) (*Joined, error) {
	joined := new(Joined)
	if err := json.Unmarshal(raw, joined); err != nil {
		return nil, err
	}
	return joined, nil
}

// Leave leaves a room by the method room.leave. The room is not joined again
// from now on, even if the call fails; a Join that was begun before and is not
// answered yet does not count any more. Errors are as for [Call].
func (c *Client) Leave(ctx context.Context, room string) error {
	c.rooms.leave(room) // whatever becomes of the call
	_, err := c.callInTurn(ctx, methodLeave, room, func() { c.rooms.leave(room) }, nil)
	if err != nil {
		return about("leave of room "+printable(room), err)
	}
	return nil
}

// Rooms returns the rooms that are joined, in order of their names. While there
// is no connection they are those that will be joined again.
func (c *Client) Rooms() []string { return c.rooms.list() }
