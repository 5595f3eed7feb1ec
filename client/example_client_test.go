package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gorilla/websocket"
)

// exampleRPC is a chat of one person, by JSON-RPC 2.0.
func exampleRPC() *httptest.Server {
	upgrader := websocket.Upgrader{}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		var m struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
			Result json.RawMessage `json:"result"`
		}
		for conn.ReadJSON(&m) == nil {
			for _, text := range exampleAnswers(m.Method, string(m.ID), string(m.Result)) {
				_ = conn.WriteMessage(websocket.TextMessage, []byte(text))
			}
			m.Method, m.Result = "", nil
		}
	}))
}

func exampleAnswers(method, id, result string) []string {
	answer := `{"jsonrpc":"2.0","id":` + id + `,`
	switch method {
	case "auth":
		return []string{answer + `"result":{"user":"42"}}`}
	case "room.join":
		return []string{answer + `"result":{"members":[{"session":"a","user":"42"}],"history":[]}}`}
	case "room.say":
		return []string{
			`{"jsonrpc":"2.0","method":"room.message","params":{"room":"lobby","seq":1,"user":"42","text":"hello"}}`,
			answer + `"result":{"seq":1}}`,
		}
	case "poll":
		return []string{`{"jsonrpc":"2.0","id":` + id + `,"method":"confirm","params":{"question":"still there?"}}`}
	case "":
		return []string{answer + `"result":` + result + `}`}
	default:
		return []string{answer + `"error":{"code":-32601,"message":"no such method","data":{"method":"` + method + `"}}}`}
	}
}

type sayReq struct {
	Room string `json:"room"`
	Text string `json:"text"`
}

type sayRes struct {
	Seq int64 `json:"seq"`
}

type roomMessage struct {
	Room string `json:"room"`
	User string `json:"user"`
	Text string `json:"text"`
}

func ExampleNew() {
	server := exampleRPC()
	defer server.Close()
	url := server.URL
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	heard := make(chan struct{})

	c, err := client.New(url, client.ClientOptions{
		OnState: func(s client.State) {
			if s.Phase == client.PhaseWaiting {
				fmt.Println("lost:", s.Err, "again at", s.Next)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	client.On(c, "room.message", func(_ context.Context, m roomMessage) {
		fmt.Printf("%s in %s: %s\n", m.User, m.Room, m.Text)
		close(heard)
	})
	if err := c.Connect(ctx); err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()

	joined, err := c.Join(ctx, "lobby")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("members:", len(joined.Members))

	said, err := client.Call[sayRes](ctx, c, "room.say", sayReq{Room: "lobby", Text: "hello"})
	<-heard
	fmt.Println("said:", said.Seq, err)
	// Output:
	// members: 1
	// 42 in lobby: hello
	// said: 1 <nil>
}

func ExampleCall() {
	server := exampleRPC()
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := client.New(server.URL, client.ClientOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := c.Connect(ctx); err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()

	_, err = client.Call[sayRes](ctx, c, "room.shout", sayReq{Room: "lobby", Text: "hello"})
	var answered *client.Error
	switch {
	case errors.As(err, &answered):
		fmt.Println("the server said:", answered.Code, answered.Message, string(answered.Data))
	case errors.Is(err, client.ErrDropped):
		fmt.Println("never sent")
	case errors.Is(err, client.ErrLost):
		fmt.Println("sent, and perhaps done")
	}
	// Output:
	// the server said: -32601 no such method {"method":"room.shout"}
}

func ExampleHandle() {
	server := exampleRPC()
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := client.New(server.URL, client.ClientOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}

	type question struct {
		Question string `json:"question"`
	}
	client.Handle(c, "confirm", func(_ context.Context, q question) (string, error) {
		if q.Question == "" {
			return "", &client.Error{Code: 53, Message: "what is the question?"}
		}
		return "yes", nil
	})

	if err := c.Connect(ctx); err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	fmt.Println(client.Call[string](ctx, c, "poll", nil))
	// Output:
	// yes <nil>
}

func ExampleTokenSource() {
	server := exampleRPC()
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	login := func(context.Context) (string, error) { return "a fresh token", nil }

	c, err := client.New(server.URL, client.ClientOptions{
		Dial: client.Options{Token: login, TokenIn: client.TokenInMessage},
		Queue: client.Queue{
			Messages: 100,
			Policy:   client.DropOldest,
		},
		OnDrop: func(d client.Dropped) { fmt.Println("not sent:", d.Method) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Connect(ctx), c.Close())
	// Output:
	// <nil> <nil>
}
