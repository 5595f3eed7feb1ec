package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

// exampleServer echoes on /ws and refuses everything else, in GoFrame's form.
func exampleServer() *httptest.Server {
	upgrader := websocket.Upgrader{}
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		echo(conn, r)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, `{"code":61,"message":"log in first","data":null}`)
	})
	return httptest.NewServer(mux)
}

func ExampleDial() {
	server := exampleServer()
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	conn, err := client.Dial(ctx, server.URL+"/ws", client.Options{Origin: server.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.CloseNow()

	if err := conn.Write(ctx, ws.TextMessage("hello word")); err != nil {
		fmt.Println(err)
		return
	}
	m, err := conn.Read(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(int(m.Type), string(m.Data))
	fmt.Println(conn.Close(ws.CodeNormal, "done"))
	// Output:
	// 1 hello word
	// <nil>
}

func ExampleDial_refused() {
	server := exampleServer()
	defer server.Close()

	_, err := client.Dial(context.Background(), server.URL+"/private", client.Options{})
	var dial *client.DialError
	if errors.As(err, &dial) {
		fmt.Println("stage:", dial.Stage, "refused:", dial.Refused(), "timeout:", dial.Timeout())
	}
	var answer *client.HandshakeError
	if errors.As(err, &answer) {
		fmt.Println("status:", answer.StatusCode, "code:", answer.Code, "message:", answer.Message)
	}
	// Output:
	// stage: handshake refused: false timeout: false
	// status: 403 code: 61 message: log in first
}

func ExampleConn_Read() {
	server := exampleServer()
	defer server.Close()
	conn, err := client.Dial(context.Background(), server.URL+"/ws", client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.CloseNow()

	// Nothing comes within this time; the connection stays usable.
	soon, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err = conn.Read(soon)
	fmt.Println("nothing yet:", errors.Is(err, context.DeadlineExceeded))

	conn.CloseNow()
	_, err = conn.Read(context.Background())
	var closed *ws.CloseError
	if errors.As(err, &closed) {
		fmt.Println("closed:", closed.Code)
	}
	// Output:
	// nothing yet: true
	// closed: 1006 (abnormal closure)
}
