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

// twoNodes returns two hubs of one broker, each with a session of ann's in the
// lobby.
func twoNodes(t *testing.T) (near, far *ws.Hub, here, there *ws.Session, peers [2]*sink) {
	t.Helper()
	broker := &ws.MemoryBroker{}
	near, far = newHub(t, ws.Config{Broker: broker}), newHub(t, ws.Config{Broker: broker})
	here, peers[0] = enter(t, near, "ann")
	there, peers[1] = enter(t, far, "ann")
	join(t, here, "lobby")
	join(t, there, "lobby")
	return near, far, here, there, peers
}

func TestBrokerReachesTheOtherNode(t *testing.T) {
	near, _, here, there, peers := twoNodes(t)
	for _, c := range []struct {
		name     string
		audience ws.Audience
		queued   int
		reaches  [2]bool
	}{
		{"a room", near.Room("lobby"), 1, [2]bool{true, true}},
		{"a room that is elsewhere", near.Room("none"), 0, [2]bool{}},
		{"a room but one here", near.Room("lobby").Except(here), 0, [2]bool{false, true}},
		{"a room but one there", near.Room("lobby").Except(there), 1, [2]bool{true, false}},
		{"a room but its user", near.Room("lobby").ExceptUsers("ann"), 0, [2]bool{}},
		{"a user", near.User("ann"), 1, [2]bool{true, true}},
		{"another user", near.User("bob"), 0, [2]bool{}},
		{"everyone", near.All(), 1, [2]bool{true, true}},
		{"a session here", near.Sessions(here.ID()), 1, [2]bool{true, false}},
		{"a session there", near.Sessions(there.ID()), 0, [2]bool{false, true}},
		{"sessions", near.Sessions(there.ID(), here.ID()), 1, [2]bool{true, true}},
		{"no sessions", near.Sessions(), 0, [2]bool{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			queued, err := c.audience.Send(ws.TextMessage("hello"))
			if err != nil || queued != c.queued {
				t.Errorf("queued for %d, %v, want %d", queued, err, c.queued)
			}
			// Who is not meant gets this only.
			_, _ = near.All().Send(ws.TextMessage("mark"))
			for i, reached := range c.reaches {
				want := int64(len("..mark"))
				if reached {
					want += int64(len("..hello"))
				}
				until(t, "message", func() bool { return peers[i].took.Load() >= want })
				if got := peers[i].took.Swap(0); got != want {
					t.Errorf("node %d got %d bytes, want %d", i, got, want)
				}
			}
		})
	}
}

func TestBrokerKnowsTheOthers(t *testing.T) {
	near, far, here, there, _ := twoNodes(t)
	want := []ws.Member{
		{Session: here.ID(), User: "ann", Node: near.Node()},
		{Session: there.ID(), User: "ann", Node: far.Node()},
	}
	if want[0].Session > want[1].Session {
		slices.Reverse(want)
	}
	for _, audience := range []ws.Audience{near.Room("lobby"), far.Room("lobby"), near.User("ann"), near.All(), near.Sessions(here.ID(), there.ID())} {
		got, err := audience.AllMembers(context.Background())
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
		got, err = audience.Except(there).AllMembers(context.Background())
		if err != nil || len(got) != 1 || got[0].Session != here.ID() {
			t.Errorf("without the one there: %v, %v", got, err)
		}
	}
}

func TestBrokerCloses(t *testing.T) {
	near, far, _, _, _ := twoNodes(t)
	if n, err := near.User("ann").Close(ws.CodeNormal, ""); n != 1 || err != nil {
		t.Errorf("closed %d, %v, want 1", n, err)
	}
	until(t, "end of both sessions", func() bool { return near.Len()+far.Len() == 0 })
}

// TestBrokerIsLeft holds that a hub that was shut down has no link, and tells
// who still sends.
func TestBrokerIsLeft(t *testing.T) {
	near, far, _, _, _ := twoNodes(t)
	if err := far.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if members, err := near.All().AllMembers(context.Background()); err != nil || len(members) != 1 {
		t.Errorf("after the other has left: %v, %v", members, err)
	}
	if _, err := far.All().Send(ws.TextMessage("x")); !errors.Is(err, ws.ErrBrokerClosed) {
		t.Errorf("Send after Shutdown: %v, want ErrBrokerClosed", err)
	}
	if _, err := far.All().AllMembers(context.Background()); !errors.Is(err, ws.ErrBrokerClosed) {
		t.Errorf("AllMembers after Shutdown: %v, want ErrBrokerClosed", err)
	}
	if err := far.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

// faultyBroker notes what it is asked, and fails at it.
type faultyBroker struct {
	mu    sync.Mutex
	node  ws.Node
	asked []string
}

var errFaulty = errors.New("the network is down")

func (b *faultyBroker) Attach(node ws.Node) (ws.Link, error) {
	b.node = node
	return b, nil
}

func (b *faultyBroker) note(what string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, what)
	return errFaulty
}

func (b *faultyBroker) Subscribe(t ws.Topic) error   { return b.note("subscribe " + t.String()) }
func (b *faultyBroker) Unsubscribe(t ws.Topic) error { return b.note("unsubscribe " + t.String()) }
func (b *faultyBroker) Publish(e ws.Envelope) error {
	b.node.Deliver(e) // its own, as a channel that all nodes listen to brings it
	return b.note("publish " + e.Topic.String())
}
func (b *faultyBroker) Members(_ context.Context, t ws.Topic) ([]ws.Member, error) {
	return []ws.Member{{Session: "known"}}, b.note("members " + t.String())
}
func (b *faultyBroker) Close() error { return b.note("close") }

// TestBrokerFails shows each failure to whoever can do something about it, and
// works on on this node.
func TestBrokerFails(t *testing.T) {
	broker := &faultyBroker{}
	hub := newHub(t, ws.Config{Broker: broker})
	s, peer := enter(t, hub, "ann")
	two, _ := enter(t, hub, "ann")
	join(t, s, "lobby")
	join(t, two, "lobby")
	queued, err := hub.Room("lobby").Send(ws.TextMessage("hello"))
	if queued != 2 || !errors.Is(err, errFaulty) || !strings.Contains(err.Error(), "room:lobby") {
		t.Errorf("queued for %d, %v", queued, err)
	}
	members, err := hub.Room("lobby").AllMembers(context.Background())
	if len(members) != 3 || !errors.Is(err, errFaulty) {
		t.Errorf("members %v, %v", members, err)
	}
	two.Leave("lobby")
	s.Leave("lobby")
	_ = s.Send(ws.TextMessage("mark"))
	until(t, "mark", func() bool { return peer.took.Load() >= int64(len("..hello..mark")) })
	if got := peer.took.Load(); got != int64(len("..hello..mark")) {
		t.Errorf("%d bytes came: an own envelope was delivered", got)
	}
	_ = hub.Shutdown(context.Background())
	want := []string{"subscribe user:ann", "subscribe room:lobby", "publish room:lobby", "members room:lobby",
		"unsubscribe room:lobby", "unsubscribe user:ann", "close"}
	if !slices.Equal(broker.asked, want) {
		t.Errorf("asked %q\nwant  %q", broker.asked, want)
	}
}

// TestDeliverTakesAnything brings envelopes that another node should not have
// sent.
func TestDeliverTakesAnything(t *testing.T) {
	broker := &faultyBroker{}
	hub := newHub(t, ws.Config{Broker: broker})
	s, peer := enter(t, hub, "ann")
	join(t, s, "lobby")
	room := ws.Topic{Kind: ws.RoomSessions, Name: "lobby"}
	for _, e := range []ws.Envelope{
		{},
		{Node: "other", Message: ws.Message{Type: 9}},
		{Node: "other", Topic: ws.Topic{Kind: 77, Name: "x"}, Message: ws.Message{Type: -1}},
		{Node: "other", Code: ws.CodeAbnormal},
		{Node: "other", Code: 1},
		{Node: "other", Topic: ws.Topic{Kind: 77, Name: "x"}, Message: ws.TextMessage("for a kind of later")},
		{Node: "other", Topic: ws.Topic{Kind: 77, Name: "x"}, Code: ws.CodeNormal},
		{Node: "other", Topic: room, Sessions: []string{"another"}, Message: ws.TextMessage("for one in the room")},
	} {
		broker.node.Deliver(e)
	}
	broker.node.Deliver(ws.Envelope{Node: "other", Message: ws.TextMessage("hello")})
	until(t, "message", func() bool { return peer.took.Load() == int64(len("..hello")) })
	if hub.Len() != 1 {
		t.Error("a bad envelope closed the session")
	}
}

// TestBrokerFailsForSome asks for each user, though the first fails.
func TestBrokerFailsForSome(t *testing.T) {
	broker := &faultyBroker{}
	hub := newHub(t, ws.Config{Broker: broker})
	users := hub.Users("ann", "bob")
	if _, err := users.Send(ws.TextMessage("hello")); !errors.Is(err, errFaulty) {
		t.Errorf("send: %v", err)
	}
	if members, err := users.AllMembers(context.Background()); len(members) != 2 || !errors.Is(err, errFaulty) {
		t.Errorf("members %v, %v", members, err)
	}
	want := []string{"publish user:ann", "publish user:bob", "members user:ann", "members user:bob"}
	if !slices.Equal(broker.asked, want) {
		t.Errorf("asked %q\nwant  %q", broker.asked, want)
	}
}

// panickyBroker is a broker that fails in the worst way.
type panickyBroker struct{ faultyBroker }

func (b *panickyBroker) Attach(ws.Node) (ws.Link, error) { return b, nil }

func (b *panickyBroker) Subscribe(ws.Topic) error   { panic("subscribe") }
func (b *panickyBroker) Unsubscribe(ws.Topic) error { panic("unsubscribe") }

// TestBrokerPanics has joins and leaves go on all the same.
func TestBrokerPanics(t *testing.T) {
	hub := newHub(t, ws.Config{Broker: &panickyBroker{}})
	s, _ := enter(t, hub, "ann")
	for range 2 {
		join(t, s, "lobby")
		if !s.Leave("lobby") {
			t.Error("the session was not in the room")
		}
	}
	if n := hub.Stats().Rooms; n != 0 {
		t.Errorf("%d rooms are left", n)
	}
}

func TestBrokerRefusesANodeTwice(t *testing.T) {
	broker, faulty := &ws.MemoryBroker{}, &faultyBroker{}
	newHub(t, ws.Config{Broker: faulty})
	if _, err := broker.Attach(faulty.node); err != nil {
		t.Fatal(err)
	}
	if _, err := broker.Attach(faulty.node); err == nil {
		t.Error("a node was attached twice")
	}
}
