package ws_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// lobby lets everyone into a room, and tells the others what each says.
type lobby struct{ ws.HandlerFuncs }

func (lobby) OnOpen(ctx context.Context, s *ws.Session) error {
	if err := s.Join("lobby"); err != nil {
		return err
	}
	return s.Send(ws.TextMessage("welcome, " + s.User()))
}

func (lobby) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	text := s.User() + ": " + string(m.Data)
	_, err := s.Hub().Room("lobby").Except(s).Send(ws.TextMessage(text))
	return err
}

// serveLobby serves hub to whoever gives a name in the query. A real server
// finds out who asks instead, before it calls Serve.
func serveLobby(hub *ws.Hub) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		opening := ws.Opening{Identity: ws.Identity{User: r.URL.Query().Get("name")}}
		if _, err := hub.Serve(context.Background(), w, r, opening, lobby{}); err != nil {
			http.Error(w, err.Error(), http.StatusUpgradeRequired)
		}
	}))
}

// visitor is somebody in the lobby.
type visitor struct{ *client.Conn }

// visit connects and waits for the welcome.
func visit(server *httptest.Server, name string) (visitor, error) {
	conn, err := client.Dial(context.Background(), server.URL+"?name="+name, client.Options{})
	if err != nil {
		return visitor{}, err
	}
	v := visitor{conn}
	return v, v.print(name)
}

// visitBoth has Ann come, and then Bob.
func visitBoth(server *httptest.Server) (ann, bob visitor, err error) {
	if ann, err = visit(server, "ann"); err != nil {
		return ann, bob, err
	}
	bob, err = visit(server, "bob")
	return ann, bob, err
}

// print prints the next message that comes to who.
func (v visitor) print(who string) error {
	m, err := v.Read(context.Background())
	fmt.Printf("%s hears %q\n", who, m.Data)
	return err
}

// What is said in a room, what is pushed to a user, and what goes to everyone.
func ExampleHub_Room() {
	hub, err := ws.NewHub(ws.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := serveLobby(hub)
	defer server.Close()
	ctx := context.Background()

	ann, bob, err := visitBoth(server)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = bob.Write(ctx, ws.TextMessage("hello"))
	_ = ann.print("ann")

	queued, err := hub.User("bob").Send(ws.TextMessage("your order is on its way"))
	fmt.Println(queued, err)
	_ = bob.print("bob")

	queued, err = hub.All().ExceptUsers("bob").Send(ws.TextMessage("everyone but bob"))
	fmt.Println(queued, err)
	_ = ann.print("ann")

	fmt.Println(hub.ListRooms(), hub.Room("lobby").Len())
	fmt.Println(hub.Shutdown(ctx))
	// Output:
	// ann hears "welcome, ann"
	// bob hears "welcome, bob"
	// ann hears "bob: hello"
	// 1 <nil>
	// bob hears "your order is on its way"
	// 1 <nil>
	// ann hears "everyone but bob"
	// [{lobby 2}] 2
	// <nil>
}

// Who may join, and who is told about it.
func ExampleConfig_presence() {
	hub, err := ws.NewHub(ws.Config{
		MaxRoomSize: 500,
		AuthorizeJoin: func(ctx context.Context, s *ws.Session, room string) error {
			if s.User() == "" {
				return gerror.NewCode(gcode.CodeNotAuthorized, "say who you are")
			}
			return nil
		},
		OnPresence: func(ctx context.Context, p ws.Presence) {
			if !p.First && !p.Last {
				return // only one of the person's tabs
			}
			text := p.User + " has " + p.Kind.String()
			_, _ = p.Session.Hub().Room(p.Room).Except(p.Session).Send(ws.TextMessage(text))
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := serveLobby(hub)
	defer server.Close()
	ctx := context.Background()

	ann, bob, err := visitBoth(server)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = ann.print("ann")
	for _, member := range hub.User("bob").Members() {
		fmt.Println(member.User, member.Node == hub.Node())
	}
	_ = bob.Close(ws.CodeNormal, "")
	_ = ann.print("ann")
	fmt.Println(hub.Shutdown(ctx))
	// Output:
	// ann hears "welcome, ann"
	// bob hears "welcome, bob"
	// ann hears "bob has joined"
	// bob true
	// ann hears "bob has left"
	// <nil>
}

// Two nodes in one process: what is sent on one reaches the room on both.
func ExampleMemoryBroker() {
	broker := &ws.MemoryBroker{}
	one, err := ws.NewHub(ws.Config{Broker: broker})
	if err != nil {
		fmt.Println(err)
		return
	}
	other, err := ws.NewHub(ws.Config{Broker: broker})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := serveLobby(other)
	defer server.Close()
	ctx := context.Background()

	ann, err := visit(server, "ann")
	if err != nil {
		fmt.Println(err)
		return
	}
	queued, err := one.Room("lobby").Send(ws.TextMessage("from the other node"))
	fmt.Println(queued, err)
	_ = ann.print("ann")

	members, err := one.Room("lobby").AllMembers(ctx)
	fmt.Println(len(members), err)
	fmt.Println(other.Shutdown(ctx), one.Shutdown(ctx))
	// Output:
	// ann hears "welcome, ann"
	// 0 <nil>
	// ann hears "from the other node"
	// 1 <nil>
	// <nil> <nil>
}
