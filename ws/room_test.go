package ws_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

func join(t testing.TB, s *ws.Session, rooms ...string) {
	t.Helper()
	for _, room := range rooms {
		if err := s.Join(room); err != nil {
			t.Fatal(err)
		}
	}
}

func TestJoinAndLeave(t *testing.T) {
	hub := newHub(t, ws.Config{})
	ann, _ := enter(t, hub, "ann")
	bob, _ := enter(t, hub, "bob")
	join(t, ann, "lobby", "news", "lobby")
	join(t, bob, "lobby")
	if got := ann.Rooms(); !slices.Equal(got, []string{"lobby", "news"}) {
		t.Errorf("Rooms: %q", got)
	}
	want := []ws.Group{{Name: "lobby", Sessions: 2}, {Name: "news", Sessions: 1}}
	if got := hub.ListRooms(); !slices.Equal(got, want) {
		t.Errorf("ListRooms: %v, want %v", got, want)
	}
	members := hub.Room("lobby").Members()
	if len(members) != 2 || members[0].Session > members[1].Session || members[0].Node != hub.Node() {
		t.Errorf("Members: %v", members)
	}
	if !ann.Leave("news") || ann.Leave("news") || ann.Leave("none") {
		t.Error("Leave tells wrongly whether the session was in the room")
	}
	if got := hub.Stats(); got.Rooms != 1 || got.Users != 2 || got.Sessions != 2 {
		t.Errorf("after the last has left a room: %+v", got)
	}
}

func TestJoinRefuses(t *testing.T) {
	forbidden := errors.New("members only")
	hub := newHub(t, ws.Config{MaxRooms: 2, MaxRoomSize: 2, AuthorizeJoin: func(_ context.Context, s *ws.Session, room string) error {
		switch room {
		case "forbidden":
			return forbidden
		case "broken":
			panic("as told")
		}
		return nil
	}})
	full, _ := enter(t, hub, "")
	also, _ := enter(t, hub, "")
	join(t, full, "a", "b")
	join(t, also, "a")
	s, _ := enter(t, hub, "")
	for _, c := range []struct {
		name    string
		session *ws.Session
		room    string
		want    error
	}{
		{"no name", s, "", ws.ErrRoomName},
		{"a long name", s, strings.Repeat("x", ws.MaxRoomName+1), ws.ErrRoomName},
		{"no text", s, "\xff", ws.ErrRoomName},
		{"not allowed", s, "forbidden", forbidden},
		{"a check that panics", s, "broken", nil},
		{"a full room", s, "a", ws.ErrRoomFull},
		{"too many rooms", full, "c", ws.ErrTooManyRooms},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.session.Join(c.room)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if rooms := s.Rooms(); len(rooms) != 0 || hub.Stats().Rooms != 2 {
		t.Errorf("refusals left %q and %d rooms", rooms, hub.Stats().Rooms)
	}
	also.Leave("a")
	join(t, s, "a", strings.Repeat("x", ws.MaxRoomName))
}

func TestUnlimitedRooms(t *testing.T) {
	hub := newHub(t, ws.Config{MaxRooms: ws.Unlimited, MaxRoomSize: ws.Unlimited})
	s, _ := enter(t, hub, "")
	for i := range 2 * ws.DefaultMaxRooms {
		join(t, s, strings.Repeat("r", i+1))
	}
	if _, err := ws.NewHub(ws.Config{MaxRooms: -2}); err == nil || !strings.Contains(err.Error(), "MaxRooms") {
		t.Errorf("MaxRooms of -2: %v", err)
	}
}

// TestJoinRacesTheEnd joins and leaves from many goroutines while the session
// ends: nothing is left.
func TestJoinRacesTheEnd(t *testing.T) {
	hub := newHub(t, ws.Config{})
	for range 100 {
		s, peer := enter(t, hub, "ann")
		var all sync.WaitGroup
		for _, room := range []string{"a", "b", "a"} {
			all.Go(func() {
				for s.Join(room) == nil && s.Context().Err() == nil {
					hub.Room(room).Except(s).Len()
					s.Leave(room)
				}
			})
		}
		all.Go(func() {
			for _, user := range []string{"bob", "", "ann", "bob"} {
				s.SetIdentity(ws.Identity{User: user})
			}
		})
		all.Go(func() { _ = peer.Close() })
		all.Wait()
		until(t, "end of the session", func() bool { return hub.Len() == 0 })
		if err := s.Join("late"); !errors.Is(err, ws.ErrClosed) {
			t.Fatalf("Join after the end: %v, want ErrClosed", err)
		}
		s.SetIdentity(ws.Identity{User: "late"})
		if got := hub.Stats(); got.Rooms != 0 || got.Users != 0 || len(s.Rooms()) != 0 {
			t.Fatalf("the end left %+v and %q", got, s.Rooms())
		}
	}
}

func TestRoomsAreLeftBeforeOnClose(t *testing.T) {
	left := make(chan []string, 1)
	s := serveHandler(t, ws.Config{}, ws.HandlerFuncs{
		Open:  func(_ context.Context, s *ws.Session) error { return s.Join("lobby") },
		Close: func(_ context.Context, s *ws.Session, _ ws.Close) { left <- s.Rooms() },
	})
	p := s.connect(t)
	waitFor(t, "OnOpen", s.opened)
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1000, "")})
	if rooms := waitFor(t, "OnClose", left); len(rooms) != 0 || s.hub.Stats().Rooms != 0 {
		t.Errorf("in OnClose the session is in %q", rooms)
	}
}
