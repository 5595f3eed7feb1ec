package ws_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// crowd is a hub with two tabs of ann, one of bob and a stranger; ann's first
// tab, bob and the stranger are in the lobby.
type crowd struct {
	hub      *ws.Hub
	sessions map[string]*ws.Session
	peers    map[string]*sink
}

func newCrowd(t testing.TB, config ws.Config) crowd {
	t.Helper()
	c := crowd{newHub(t, config), make(map[string]*ws.Session), make(map[string]*sink)}
	for name, user := range map[string]string{"ann1": "ann", "ann2": "ann", "bob": "bob", "stranger": ""} {
		c.sessions[name], c.peers[name] = enter(t, c.hub, user)
		if name != "ann2" {
			join(t, c.sessions[name], "lobby")
		}
	}
	return c
}

// got returns who has received the n bytes of one message, by name, once the
// others can have received none. It forgets what came.
func (c crowd) got(t testing.TB, n, receivers int) []string {
	t.Helper()
	var names []string
	until(t, "message", func() bool {
		names = nil
		for name, peer := range c.peers {
			if peer.took.Load() == int64(n) {
				names = append(names, name)
			}
		}
		return len(names) >= receivers
	})
	for _, peer := range c.peers {
		peer.took.Store(0)
	}
	slices.Sort(names)
	return names
}

func TestAudiences(t *testing.T) {
	c := newCrowd(t, ws.Config{})
	ids := func(names ...string) (ids []string) {
		for _, name := range names {
			ids = append(ids, c.sessions[name].ID())
		}
		return ids
	}
	hub, ann1, bob := c.hub, c.sessions["ann1"], c.sessions["bob"]
	for _, tt := range []struct {
		name     string
		audience ws.Audience
		want     []string
	}{
		{"a room", hub.Room("lobby"), []string{"ann1", "bob", "stranger"}},
		{"a room nobody is in", hub.Room("none"), nil},
		{"a room but its sender", hub.Room("lobby").Except(bob, nil), []string{"ann1", "stranger"}},
		{"a room but a user", hub.Room("lobby").ExceptUsers("ann", "carl"), []string{"bob", "stranger"}},
		{"a room but nobody's user", hub.Room("lobby").ExceptUsers(""), []string{"ann1", "bob", "stranger"}},
		{"a user", hub.User("ann"), []string{"ann1", "ann2"}},
		{"a user's other tabs", hub.User("ann").Except(ann1), []string{"ann2"}},
		{"nobody's user", hub.User(""), nil},
		{"users", hub.Users("ann", "bob", "ann", "carl"), []string{"ann1", "ann2", "bob"}},
		{"no users", hub.Users(), nil},
		{"none at all", ws.Audience{}.Except(bob), nil},
		{"sessions", hub.Sessions(ids("bob", "ann2", "bob")...), []string{"ann2", "bob"}},
		{"sessions that are not open", hub.Sessions("none", ""), nil},
		{"no sessions", hub.Sessions(), nil},
		{"everyone", hub.All(), []string{"ann1", "ann2", "bob", "stranger"}},
		{"everyone but two and a user", hub.All().Except(bob).ExceptSessions(ids("stranger")...).ExceptUsers("ann"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n := tt.audience.Len(); n != len(tt.want) {
				t.Errorf("Len: %d, want %d", n, len(tt.want))
			}
			if members := tt.audience.Members(); len(members) != len(tt.want) {
				t.Errorf("Members: %v, want those of %q", members, tt.want)
			}
			queued, err := tt.audience.Send(ws.TextMessage("hello"))
			if err != nil || queued != len(tt.want) {
				t.Errorf("queued for %d, %v, want %d", queued, err, len(tt.want))
			}
			if got := c.got(t, len("..hello"), len(tt.want)); !slices.Equal(got, tt.want) {
				t.Errorf("reached %q, want %q", got, tt.want)
			}
		})
	}
}

// TestExceptMakesACopy uses one audience for two exceptions.
func TestExceptMakesACopy(t *testing.T) {
	c := newCrowd(t, ws.Config{})
	all := c.hub.All().Except(c.sessions["bob"])
	one, other := all.Except(c.sessions["ann1"]), all.Except(c.sessions["stranger"])
	if all.Len() != 3 || one.Len() != 2 || other.Len() != 2 || other.Except(c.sessions["ann1"]).Len() != 1 {
		t.Errorf("%d, %d and %d", all.Len(), one.Len(), other.Len())
	}
}

func TestSendToManyRefuses(t *testing.T) {
	c := newCrowd(t, ws.Config{QueueBytes: 1000, MaxMessage: 100})
	if queued, err := c.hub.All().Send(ws.Message{Type: 9}); err == nil || queued != 0 {
		t.Errorf("a message of type 9: %d, %v", queued, err)
	}
	if queued, err := c.hub.All().Send(ws.BinaryMessage(make([]byte, 1001))); err != nil || queued != 0 {
		t.Errorf("a message larger than every queue: %d, %v", queued, err)
	}
	if n, err := c.hub.All().Close(ws.CodeAbnormal, ""); err == nil || n != 0 {
		t.Errorf("Close with 1006: %d, %v", n, err)
	}
	if n := c.hub.All().Len(); n != 4 {
		t.Errorf("%d sessions are left", n)
	}
}

func TestAudienceCloses(t *testing.T) {
	c := newCrowd(t, ws.Config{})
	if n, err := c.hub.User("ann").Close(ws.CodePolicyViolation, "banned"); err != nil || n != 2 {
		t.Errorf("closed %d, %v, want 2", n, err)
	}
	if queued, err := c.hub.All().Send(ws.TextMessage("x")); err != nil || queued != 2 {
		t.Errorf("queued for %d, %v, want those 2 that are not closing", queued, err)
	}
	until(t, "end of ann's sessions", func() bool { return c.hub.Len() == 2 })
	want := []ws.Group{{Name: "bob", Sessions: 1}}
	if got := c.hub.ListUsers(); !slices.Equal(got, want) {
		t.Errorf("ListUsers: %v, want %v", got, want)
	}
}

// TestSessionChangesHands follows a session from a stranger to a user to
// another.
func TestSessionChangesHands(t *testing.T) {
	hub := newHub(t, ws.Config{})
	s, _ := enter(t, hub, "")
	for i, user := range []string{"ann", "ann", "bob", "", "bob"} {
		s.SetIdentity(ws.Identity{User: user, Claims: map[string]any{"turn": i}})
		for _, other := range []string{"ann", "bob"} {
			want := 0
			if other == user {
				want = 1
			}
			if n := hub.User(other).Len(); n != want {
				t.Errorf("as %q: %s has %d sessions, want %d", user, other, n, want)
			}
		}
		if s.Identity().Claims["turn"] != i {
			t.Errorf("as %q: identity is %v", user, s.Identity())
		}
	}
}

// TestOneOrderForAll has several senders talk in a room at once: every member
// gets the same messages in the same order.
func TestOneOrderForAll(t *testing.T) {
	const members, senders, each = 3, 4, 50
	s := serve(t, ws.Config{}, func(_ context.Context, s *ws.Session, m ws.Message) error {
		if string(m.Data) == "join" {
			return errors.Join(s.Join("room"), s.Reply(m))
		}
		return nil
	})
	peers := make([]*peer, members)
	for i := range peers {
		peers[i] = s.connect(t)
		peers[i].sendFrames(frame{fin: true, opcode: opText, payload: "join"})
		peers[i].expect(frame{fin: true, opcode: opText, payload: "join"})
	}
	for sender := range senders {
		go func() {
			for i := range each {
				_, _ = s.hub.Room("room").Send(ws.TextMessage(fmt.Sprintf("%d %d", sender, i)))
			}
		}()
	}
	var first []string
	for i, p := range peers {
		var got []string
		for range senders * each {
			got = append(got, p.read().payload)
		}
		if i == 0 {
			first = got
			continue
		}
		if !slices.Equal(got, first) {
			t.Fatalf("member %d got another order than the first", i)
		}
	}
}
