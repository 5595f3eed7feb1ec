package monorepo

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// answer is GoFrame's form of a response.
type answer[T any] struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    T      `json:"data"`
}

func post[T any](t *testing.T, url, body string) answer[T] {
	t.Helper()
	response, err := http.Post(url, "application/json", strings.NewReader(body))
	return decode[T](t, response, err)
}

func put[T any](t *testing.T, url, body string) answer[T] {
	t.Helper()
	request, err := http.NewRequest(http.MethodPut, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	return decode[T](t, response, err)
}

func get[T any](t *testing.T, url string) answer[T] {
	t.Helper()
	response, err := http.Get(url)
	return decode[T](t, response, err)
}

func decode[T any](t *testing.T, response *http.Response, err error) answer[T] {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var decoded answer[T]
	if err = json.NewDecoder(response.Body).Decode(&decoded); err != nil {
		t.Fatalf("%s: %v", response.Status, err)
	}
	return decoded
}

func dial(t *testing.T, url string) *client.Conn {
	t.Helper()
	conn, err := client.Dial(t.Context(), url, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.CloseNow)
	return conn
}

func write(t *testing.T, conn *client.Conn, m ws.Message) {
	t.Helper()
	if err := conn.Write(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, conn *client.Conn) ws.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	message, err := conn.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

func wantText(t *testing.T, conn *client.Conn, want string) {
	t.Helper()
	if got := read(t, conn); got.Type != ws.Text || string(got.Data) != want {
		t.Fatalf("got %v %q, want %q", got.Type, got.Data, want)
	}
}

func wantOrder(t *testing.T, conn *client.Conn, want v1.Order) {
	t.Helper()
	var got v1.Order
	if err := json.Unmarshal(read(t, conn).Data, &got); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("told of %+v, want %+v", got, want)
	}
}

func wantClose(t *testing.T, conn *client.Conn, code ws.Code) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, err := conn.Read(ctx)
	var closed *ws.CloseError
	if !errors.As(err, &closed) || closed.Code != code {
		t.Fatalf("read ended with %v, want close %d", err, code)
	}
}
