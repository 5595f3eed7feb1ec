package ws_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// greeter welcomes whoever comes and counts what each says.
type greeter struct{}

type countKey struct{}

func (greeter) OnOpen(ctx context.Context, s *ws.Session) error {
	if s.Handshake().Query().Get("name") == "" {
		return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "say your name in the query"}
	}
	return s.Send(ws.TextMessage("welcome, " + s.Handshake().Query().Get("name")))
}

func (greeter) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	count, _ := s.Get(countKey{}).(int)
	s.Set(countKey{}, count+1)
	return s.Reply(ws.TextMessage(fmt.Sprintf("%d: %s", count+1, m.Data)))
}

func (greeter) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	fmt.Println("left:", c)
}

// A hub works in any net/http server. What it does not check, such as the
// origin, is the caller's; package gfws does it for GoFrame.
func ExampleHub_Serve() {
	hub, err := ws.NewHub(ws.Config{MaxMessage: 4 << 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := hub.Serve(context.Background(), w, r, ws.Opening{}, greeter{}); err != nil {
			http.Error(w, err.Error(), http.StatusUpgradeRequired)
		}
	}))
	defer server.Close()
	ctx := context.Background()

	conn, err := client.Dial(ctx, server.URL+"?name=ann", client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"one", "two"} {
		if err = conn.Write(ctx, ws.TextMessage(text)); err != nil {
			fmt.Println(err)
		}
	}
	for range 3 {
		m, err := conn.Read(ctx)
		fmt.Println(string(m.Data), err)
	}
	closed := conn.Close(ws.CodeNormal, "bye")

	// Shutdown returns when the last OnClose has.
	drained := hub.Shutdown(ctx)
	fmt.Println(closed, drained)
	// Output:
	// welcome, ann <nil>
	// 1: one <nil>
	// 2: two <nil>
	// left: 1000 (normal closure) "bye" by peer
	// <nil> <nil>
}

// teller answers what its clients may know, by the name of what they ask for.
type teller struct{ ws.HandlerFuncs }

// ChecksActions makes teller a [ws.ActionHandler].
func (teller) ChecksActions() {}

func (teller) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	if err := s.Can(ctx, string(m.Data)); err != nil {
		return s.Reply(ws.TextMessage(err.Error()))
	}
	return s.Reply(ws.TextMessage("told " + string(m.Data)))
}

// Who may do what is told to the hub with each session.
func ExampleSession_Can() {
	hub, err := ws.NewHub(ws.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	staff := func(ctx context.Context, identity ws.Identity, action string) error {
		if action == "salaries" && identity.User != "boss" {
			return fmt.Errorf("%s may not ask for %s", identity.User, action)
		}
		return nil
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		opening := ws.Opening{Identity: ws.Identity{User: "ann"}, Can: staff}
		if _, err := hub.Serve(context.Background(), w, r, opening, teller{}); err != nil {
			http.Error(w, err.Error(), http.StatusUpgradeRequired)
		}
	}))
	defer server.Close()
	ctx := context.Background()

	conn, err := client.Dial(ctx, server.URL, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"holidays", "salaries"} {
		if err = conn.Write(ctx, ws.TextMessage(text)); err != nil {
			fmt.Println(err)
		}
		m, err := conn.Read(ctx)
		fmt.Println(string(m.Data), err)
	}
	fmt.Println(conn.Close(ws.CodeNormal, ""), hub.Shutdown(ctx))
	// Output:
	// told holidays <nil>
	// ann may not ask for salaries <nil>
	// <nil> <nil>
}

var _ ws.ActionHandler = teller{}
