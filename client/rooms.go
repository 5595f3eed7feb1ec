package client

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
)

const (
	methodJoin  = "room.join"
	methodLeave = "room.leave"
)

// Joined is what a server answers to a join.
type Joined struct {
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

// rooms is the set of the rooms that are joined. The zero value is empty.
type rooms struct {
	mu    sync.Mutex
	names map[string]bool
}

func (r *rooms) add(room string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.names == nil {
		r.names = make(map[string]bool)
	}
	r.names[room] = true
}

func (r *rooms) remove(room string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, room)
}

func (r *rooms) has(room string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[room]
}

func (r *rooms) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := make([]string, 0, len(r.names))
	for name := range r.names {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Join joins a room by the method room.join, and again after each reconnect,
// before anything queued is sent; ClientOptions.OnRejoin is told how that went.
// Errors are as for [Call]. When ctx ends the server may have let this session
// in already; then [Client.Leave] gets it out.
func (c *Client) Join(ctx context.Context, room string) (*Joined, error) {
	var joined *Joined
	var invalid error
	// The reading goroutine adds the room: another connection cannot come between
	// the answer and that.
	_, err := c.call(ctx, methodJoin, roomParams{Room: room}, func(raw json.RawMessage, err error) {
		if err == nil {
			joined, invalid = decodeJoined(raw)
			c.rooms.add(room)
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

func decodeJoined(raw json.RawMessage) (*Joined, error) {
	joined := new(Joined)
	if err := json.Unmarshal(raw, joined); err != nil {
		return nil, err
	}
	return joined, nil
}

// Leave leaves a room by the method room.leave. The room is not joined again
// from now on, even if the call fails. Errors are as for [Call].
func (c *Client) Leave(ctx context.Context, room string) error {
	c.rooms.remove(room)
	_, err := c.call(ctx, methodLeave, roomParams{Room: room}, nil)
	if err != nil {
		return about("leave of room "+printable(room), err)
	}
	return nil
}

// Rooms returns the rooms that are joined, in order of their names. While there
// is no connection they are those that will be joined again.
func (c *Client) Rooms() []string { return c.rooms.list() }
