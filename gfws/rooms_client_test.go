package gfws_test

import (
	"context"
	"testing"
	"time"

	"github.com/gogf/gf/v2/frame/g"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestClientInARoom has the Go client talk in a room over a socket, and come back
// to it after the server has closed the connection.
func TestClientInARoom(t *testing.T) {
	plugin := gfws.New(gfws.RoomService(), gfws.Path("/rpc"))
	h := startHost(t, plugin)
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()

	heard, rejoined := make(chan v1.Message, 8), make(chan *client.Joined, 8)
	c, err := client.New("ws://"+h.addr+"/rpc", client.ClientOptions{
		Backoff: client.Backoff{Min: time.Millisecond, Max: 10 * time.Millisecond},
		OnRejoin: func(room string, joined *client.Joined, err error) {
			if err != nil {
				t.Errorf("room %s was not joined again: %v", room, err)
			}
			rejoined <- joined
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	client.On(c, v1.MessageMethod, func(_ context.Context, m v1.Message) { heard <- m })
	if err = c.Connect(ctx); err != nil {
		t.Fatal(err)
	}
	joined, err := c.Join(ctx, "lobby")
	if err != nil || len(joined.Members) != 1 || len(joined.History) != 0 {
		t.Fatalf("joined %+v, %v", joined, err)
	}
	said := func(text string, seq uint64) {
		t.Helper()
		res, err := client.Call[v1.SayRes](ctx, c, "room.say", g.Map{"room": "lobby", "text": text})
		if err != nil || res.Seq != seq {
			t.Fatalf("saying %s was answered with %+v, %v", text, res, err)
		}
		if m := receive(t, "the message", heard); m.Text != text || m.Seq != seq {
			t.Fatalf("heard %+v", m)
		}
	}
	said("before", 1)
	if _, err = plugin.Hub().All().Close(ws.CodeServiceRestart, "be right back"); err != nil {
		t.Fatal(err)
	}
	// The old session may not have left yet.
	again := receive(t, "the room to be joined again", rejoined)
	if len(again.Members) == 0 || len(again.History) != 1 {
		t.Errorf("joined again: %+v", again)
	}
	said("after", 2)
}
