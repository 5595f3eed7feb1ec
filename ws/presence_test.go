package ws_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// attendance notes what OnPresence is told, and holds it to what can be: per
// room, nobody joins twice or leaves without having joined, and who is first
// and last is so.
type attendance struct {
	mu    sync.Mutex
	rooms map[string]map[*ws.Session]string // whose the sessions in a room are
	told  []string
	wrong []string
}

func (a *attendance) hear(_ context.Context, p ws.Presence) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.told = append(a.told, describe(p))
	if a.rooms == nil {
		a.rooms = make(map[string]map[*ws.Session]string)
	}
	present := a.rooms[p.Room]
	if present == nil {
		present = make(map[*ws.Session]string)
		a.rooms[p.Room] = present
	}
	user, in := present[p.Session]
	delete(present, p.Session)
	alone := p.User == "" || !slices.Contains(users(present), p.User)
	ok := p.Kind == ws.Joined && !in && p.First == alone && !p.Last ||
		p.Kind == ws.Left && in && user == p.User && p.Last == alone && !p.First
	if !ok {
		a.wrong = append(a.wrong, describe(p))
	}
	if p.Kind == ws.Joined {
		present[p.Session] = p.User
	}
}

func users(present map[*ws.Session]string) []string {
	var names []string
	for _, user := range present {
		names = append(names, user)
	}
	return names
}

// left returns how many sessions have joined and not left.
func (a *attendance) left() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, present := range a.rooms {
		n += len(present)
	}
	return n
}

// mistakes returns what was told and cannot be.
func (a *attendance) mistakes() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.wrong)
}

func (a *attendance) log() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.told)
}

func describe(p ws.Presence) string {
	text := fmt.Sprintf("%s %s %s", p.Room, p.User, p.Kind)
	if p.First {
		text += " first"
	}
	if p.Last {
		text += " last"
	}
	return text
}

func TestPresence(t *testing.T) {
	var told attendance
	hub := newHub(t, ws.Config{OnPresence: told.hear})
	one, _ := enter(t, hub, "ann")
	two, peer := enter(t, hub, "ann")
	stranger, _ := enter(t, hub, "")
	join(t, one, "lobby", "lobby")
	join(t, two, "lobby")
	join(t, stranger, "lobby")
	one.Leave("lobby")
	one.Leave("lobby")
	two.SetIdentity(ws.Identity{User: "bob"})
	two.SetIdentity(ws.Identity{User: "bob", Claims: map[string]any{"renewed": true}})
	_ = peer.Close()
	until(t, "end of the second session", func() bool { return hub.Len() == 2 })
	want := []string{
		"lobby ann joined first",
		"lobby ann joined",
		"lobby  joined first",
		"lobby ann left",
		"lobby ann left last",
		"lobby bob joined first",
		"lobby bob left last",
	}
	if got := told.log(); !slices.Equal(got, want) {
		t.Errorf("told %q\nwant %q", got, want)
	}
	if wrong := told.mistakes(); wrong != nil {
		t.Errorf("cannot be: %q", wrong)
	}
}

// TestPresenceMayUseTheHub answers what is heard from within: it sends to the
// room, and joins and leaves that room and another.
func TestPresenceMayUseTheHub(t *testing.T) {
	var (
		told attendance
		hub  *ws.Hub
	)
	hub = newHub(t, ws.Config{OnPresence: func(ctx context.Context, p ws.Presence) {
		told.hear(ctx, p)
		_, _ = hub.Room(p.Room).Except(p.Session).Send(ws.TextMessage(describe(p)))
		if p.Room == "lobby" && p.Kind == ws.Joined {
			_ = p.Session.Join("annex")
			p.Session.Leave("lobby")
		}
		if p.Room == "annex" {
			panic("as told")
		}
	}})
	s, _ := enter(t, hub, "ann")
	join(t, s, "lobby")
	want := []string{"lobby ann joined first", "annex ann joined first", "lobby ann left last"}
	until(t, "last event", func() bool { return slices.Equal(told.log(), want) })
	until(t, "end of the lobby", func() bool { return hub.Stats().Rooms == 1 })
	if rooms := s.Rooms(); !slices.Equal(rooms, []string{"annex"}) {
		t.Errorf("the session is in %q", rooms)
	}
}

// TestPresenceIsInOrder has many come and go at once.
func TestPresenceIsInOrder(t *testing.T) {
	const sessions, each = 8, 100
	var told attendance
	hub := newHub(t, ws.Config{OnPresence: told.hear})
	var all sync.WaitGroup
	for i := range sessions {
		s, _ := enter(t, hub, string("abc "[i%4]))
		all.Go(func() {
			for turn := range each {
				if err := s.Join("lobby"); err != nil {
					t.Error(err)
				}
				if turn%10 == 0 {
					s.SetIdentity(ws.Identity{User: string("abc"[turn/10%3])})
				}
				s.Leave("lobby")
			}
		})
	}
	all.Wait()
	until(t, "last departure", func() bool { return told.left() == 0 && hub.Stats().Rooms == 0 })
	if wrong := told.mistakes(); wrong != nil {
		t.Errorf("cannot be: %q", wrong)
	}
	if n := len(told.log()); n < sessions*each*2 {
		t.Errorf("told %d times, want at least %d", n, sessions*each*2)
	}
}

// TestPresenceIsBounded blocks the hook: nobody waits for it, and the room
// takes nobody in any more before the backlog fills the memory.
func TestPresenceIsBounded(t *testing.T) {
	release := make(chan struct{})
	hub := newHub(t, ws.Config{OnPresence: func(context.Context, ws.Presence) { <-release }})
	blocked, _ := enter(t, hub, "")
	joined := make(chan error, 1)
	go func() { joined <- blocked.Join("lobby") }()
	until(t, "first join", func() bool { return hub.Room("lobby").Len() == 1 })
	s, _ := enter(t, hub, "")
	var err error
	for range 1 << 20 {
		if err = s.Join("lobby"); err != nil {
			break
		}
		s.Leave("lobby")
	}
	if !errors.Is(err, ws.ErrRoomBusy) {
		t.Errorf("Join: %v, want ErrRoomBusy", err)
	}
	close(release)
	if err = waitFor(t, "first join", joined); err != nil {
		t.Error(err)
	}
	until(t, "room for another", func() bool { return s.Join("lobby") == nil })
}
