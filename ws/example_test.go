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
