package gfws_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// notIn is the code of whoever asks about a room without being in it.
var notIn = gcode.CodeInvalidOperation.Code()

// join joins the room "lobby" and returns what that is answered with.
func join(t *testing.T, p *wstest.Peer) v1.JoinRes {
	t.Helper()
	return decode[v1.JoinRes](t, p.AssertReply("room.join", g.Map{"room": "lobby"}, nil))
}

func sayIn(p *wstest.Peer, text string) wstest.Reply {
	return p.Call("room.say", g.Map{"room": "lobby", "text": text})
}

func decode[T any](t *testing.T, data json.RawMessage) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return value
}

// TestRooms lets two people talk while a third is in another room.
func TestRooms(t *testing.T) {
	kit := wstest.Install(t, gfws.RoomService())
	ann, ben, cid := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben")), kit.Connect(wstest.As("cid"))
	ann.AssertReply("room.join", g.Map{"room": "lobby"}, g.Map{
		"session": ann.Session().ID(),
		"members": g.Slice{g.Map{"session": ann.Session().ID(), "user": "ann"}},
		"history": g.Slice{},
	})
	cid.AssertReply("room.join", g.Map{"room": "elsewhere"}, nil)
	joined := join(t, ben)
	if len(joined.Members) != 2 {
		t.Errorf("ben sees %+v", joined.Members)
	}
	ann.AssertPush("room.joined", v1.Joined{Room: "lobby", Session: ben.Session().ID(), User: "ben", First: true})

	ben.AssertReply("room.say", g.Map{"room": "lobby", "text": "hi"}, g.Map{"seq": 1})
	got := ann.AssertPush("room.message", nil)
	message := decode[v1.Message](t, got)
	if message.Time.IsZero() || message.User != "ben" || message.Text != "hi" || message.Seq != 1 || message.Session != ben.Session().ID() {
		t.Errorf("ann got %s", got)
	}
	ben.AssertPush("room.message", message)

	again := kit.Connect(wstest.As("ben"))
	if history := join(t, again).History; len(history) != 1 || history[0] != message {
		t.Errorf("who comes later is told %+v", history)
	}
	second := v1.Joined{Room: "lobby", Session: again.Session().ID(), User: "ben"}
	ann.AssertPush("room.joined", second)
	ben.AssertPush("room.joined", second)
	again.AssertReply("room.leave", g.Map{"room": "lobby"}, g.Map{})
	ann.AssertPush("room.left", v1.Left{Room: "lobby", Session: again.Session().ID(), User: "ben"})
	id := ben.Session().ID()
	ben.Cut()
	ann.AssertPush("room.left", v1.Left{Room: "lobby", Session: id, User: "ben", Last: true})

	ann.AssertReply("room.members", g.Map{"room": "lobby"}, g.Map{
		"members": g.Slice{g.Map{"session": ann.Session().ID(), "user": "ann"}},
	})
	ann.AssertReply("room.history", g.Map{"room": "lobby"}, g.Map{"messages": g.Slice{message}})
	for _, p := range []*wstest.Peer{ann, again, cid} {
		p.AssertNoPush()
	}
}

// TestRoomsAreForMembers asks and says without being in the room.
func TestRoomsAreForMembers(t *testing.T) {
	kit := wstest.Install(t, gfws.RoomService())
	ann, eve := kit.Connect(), kit.Connect()
	join(t, ann)
	sayIn(ann, "between us")
	ann.AssertPush("room.message", nil)
	for _, method := range []string{"room.say", "room.leave", "room.history", "room.members"} {
		eve.AssertError(method, g.Map{"room": "lobby", "text": "let me in"}, notIn)
	}
	join(t, eve)
	ann.AssertPush("room.joined", nil)
	eve.AssertReply("room.leave", g.Map{"room": "lobby"}, nil)
	ann.AssertPush("room.left", nil)
	eve.AssertError("room.history", g.Map{"room": "lobby"}, notIn)
	ann.AssertNoPush()
	eve.AssertNoPush()
}

func TestRoomRequestsAreChecked(t *testing.T) {
	kit := wstest.Install(t, gfws.RoomService())
	p := kit.Connect()
	join(t, p)
	invalid := gcode.CodeValidationFailed.Code()
	long := strings.Repeat("長", 65)
	for _, tt := range []struct {
		method string
		params any
		code   int
	}{
		{"room.join", nil, invalid},
		{"room.join", g.Map{"room": ""}, invalid},
		{"room.join", g.Map{"room": long}, invalid},
		{"room.say", g.Map{"room": "lobby"}, invalid},
		{"room.say", g.Map{"room": "lobby", "text": ""}, invalid},
		{"room.say", g.Map{"room": "lobby", "text": strings.Repeat("x", 4097)}, invalid},
		{"room.history", g.Map{"room": "lobby", "limit": -1}, invalid},
		{"room.history", g.Map{"room": "lobby", "limit": 1001}, invalid},
		{"room.shout", g.Map{"room": "lobby"}, jsonrpc.CodeMethodNotFound},
	} {
		p.AssertError(tt.method, tt.params, tt.code)
	}
	p.AssertReply("room.join", g.Map{"room": long[:3*64]}, nil)
	p.AssertReply("room.say", g.Map{"room": "lobby", "text": strings.Repeat("長", 4096)}, nil)
	p.AssertPush("room.message", nil)
	p.AssertNoPush()
}

// TestRoomsAreAuthorized refuses a room by the application's own code.
func TestRoomsAreAuthorized(t *testing.T) {
	kit := wstest.Install(t, gfws.RoomService(), gfws.AuthorizeJoin(func(_ context.Context, s *ws.Session, room string) error {
		if room == "staff" && s.User() != "ann" {
			return gerror.NewCode(gcode.CodeNotAuthorized, "staff only")
		}
		return nil
	}))
	ann, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
	ann.AssertReply("room.join", g.Map{"room": "staff"}, nil)
	ben.AssertError("room.join", g.Map{"room": "staff"}, gcode.CodeNotAuthorized.Code())
	ben.AssertError("room.history", g.Map{"room": "staff"}, notIn)
	ann.AssertNoPush()
}

// TestRoomsKeepOneOrder has many say much at once: all members get all of it,
// each in the order of the numbers, and those who say it in their own order.
func TestRoomsKeepOneOrder(t *testing.T) {
	const members, each = 8, 25
	kit := wstest.Install(t, gfws.RoomService(), gfws.Configure(func(c *gfws.Config) { c.Room.History = 7 }))
	peers := make([]*wstest.Peer, members)
	for i := range peers {
		peers[i] = kit.Connect(wstest.As(fmt.Sprint(i)))
		join(t, peers[i])
		for _, earlier := range peers[:i] {
			earlier.AssertPush("room.joined", nil)
		}
	}
	var all sync.WaitGroup
	for _, p := range peers {
		all.Go(func() {
			for i := range each {
				p.Notify("room.say", g.Map{"room": "lobby", "text": fmt.Sprint(i)})
			}
		})
	}
	all.Wait()
	var first []v1.Message
	for i, p := range peers {
		next := make(map[string]int)
		var got []v1.Message
		for seq := range members * each {
			m := decode[v1.Message](t, p.AssertPush("room.message", nil))
			if m.Seq != uint64(seq)+1 {
				t.Fatalf("peer %d got message %d at place %d", i, m.Seq, seq+1)
			}
			if want := fmt.Sprint(next[m.User]); m.Text != want {
				t.Fatalf("peer %d got %s of %s before %s", i, m.Text, m.User, want)
			}
			next[m.User]++
			got = append(got, m)
		}
		if i == 0 {
			first = got
			p.AssertReply("room.history", g.Map{"room": "lobby"}, g.Map{"messages": got[len(got)-7:]})
			p.AssertReply("room.history", g.Map{"room": "lobby", "limit": 2}, g.Map{"messages": got[len(got)-2:]})
			continue
		}
		for k := range got {
			if got[k] != first[k] {
				t.Fatalf("peer %d got %+v at place %d, the first one %+v", i, got[k], k, first[k])
			}
		}
		p.AssertNoPush()
	}
}

// TestRoomsAreForgotten leaves a room empty for as long as it is kept, and for
// longer, with and without others who speak elsewhere.
func TestRoomsAreForgotten(t *testing.T) {
	keep := gfws.DefaultConfig().Room.Keep
	tests := []struct {
		name            string
		stay, away      time.Duration
		elsewhere, kept bool
	}{
		{"within the time", 0, keep, true, true},
		{"within the time, quiet for long before", 10 * keep, keep, true, true},
		{"after the time", 0, keep + time.Second, true, false},
		{"after the time, nobody spoke", 0, 100 * keep, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wstest.Timed(t, func(t *testing.T, clock *wstest.Clock) {
				kit := wstest.Install(t, gfws.RoomService())
				p, other := kit.Connect(), kit.Connect()
				other.AssertReply("room.join", g.Map{"room": "elsewhere"}, nil)
				join(t, p)
				sayIn(p, "hello")
				clock.Advance(tt.stay)
				p.AssertReply("room.leave", g.Map{"room": "lobby"}, nil)
				clock.Advance(tt.away)
				if tt.elsewhere {
					other.AssertReply("room.say", g.Map{"room": "elsewhere", "text": "x"}, nil)
				}
				if history := join(t, p).History; len(history) == 1 != tt.kept {
					t.Errorf("the room has %v", history)
				}
			})
		})
	}
}

// TestRoomServiceHearsWithTheHost tells the application of presence as well.
func TestRoomServiceHearsWithTheHost(t *testing.T) {
	heard := make(chan ws.Presence, 8)
	kit := wstest.Install(t, gfws.RoomService(), gfws.OnPresence(func(_ context.Context, p ws.Presence) { heard <- p }))
	p := kit.Connect()
	join(t, p)
	if got := receive(t, "the host to hear", heard); got.Kind != ws.Joined || got.Room != "lobby" || got.Session != p.Session() {
		t.Errorf("the host heard %+v", got)
	}
}

// TestLeavingServerTellsNobodyOfTheOthers closes a full room: a notification of
// each to each would be the square of them.
func TestLeavingServerTellsNobodyOfTheOthers(t *testing.T) {
	plugin := gfws.New(gfws.RoomService(), gfws.Path("/rpc"))
	h := startHost(t, plugin)
	var peers []*peer
	for i := range 5 {
		p := h.dial("/rpc")
		p.send(websocket.TextMessage, `{"jsonrpc":"2.0","id":1,"method":"room.join","params":{"room":"lobby"}}`)
		if _, data, err := p.ReadMessage(); err != nil || !strings.Contains(string(data), "result") {
			t.Fatalf("got %s, %v", data, err)
		}
		for _, earlier := range peers {
			if _, data, err := earlier.ReadMessage(); err != nil || !strings.Contains(string(data), "room.joined") {
				t.Fatalf("peer %d made another one get %s, %v", i, data, err)
			}
		}
		peers = append(peers, p)
	}
	left := make(chan error, 1)
	go func() { left <- plugin.Shutdown(context.Background()) }()
	for _, p := range peers {
		_ = p.SetReadDeadline(time.Now().Add(patience))
		if _, data, err := p.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
			t.Errorf("got %s, %v, want close 1001 alone", data, err)
		}
		_ = p.Close()
	}
	if err := receive(t, "the shutdown", left); err != nil {
		t.Error(err)
	}
}

type whoReq struct {
	g.Meta `rpc:"who"`
}

type whoRes struct {
	User string `json:"user"`
}

func who(ctx context.Context, _ *whoReq) (*whoRes, error) {
	return &whoRes{jsonrpc.IdentityFromCtx(ctx).User}, nil
}

// TestRoomServiceOnARouterOfTheHost has methods of both.
func TestRoomServiceOnARouterOfTheHost(t *testing.T) {
	router := jsonrpc.New()
	if err := router.Bind(who); err != nil {
		t.Fatal(err)
	}
	kit := wstest.Install(t, gfws.Handle(router), gfws.RoomService())
	p := kit.Connect(wstest.As("ann"))
	p.AssertReply("who", nil, g.Map{"user": "ann"})
	join(t, p)
}

func TestRoomServiceThatCannotBe(t *testing.T) {
	taken := jsonrpc.New()
	for _, tt := range []struct {
		name string
		opts []gfws.Option
		says string
	}{
		{"another handler", []gfws.Option{gfws.Handle(ws.HandlerFuncs{})}, "jsonrpc.Router"},
		{"router of two", []gfws.Option{gfws.Handle(taken)}, "bound twice"},
		{"too much history", []gfws.Option{gfws.Configure(func(c *gfws.Config) { c.Room.History = 1001 })}, "room.history"},
		{"history without bound", []gfws.Option{gfws.Configure(func(c *gfws.Config) { c.Room.History = gfws.Unlimited })}, "room.history"},
		{"kept for less than nothing", []gfws.Option{gfws.Configure(func(c *gfws.Config) { c.Room.Keep = -1 })}, "room.keep"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.says == "bound twice" {
				gfws.New(gfws.Handle(taken), gfws.RoomService())
			}
			err := gfws.New(append(tt.opts, gfws.RoomService())...).Check()
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %s in it", err, tt.says)
			}
		})
	}
}
