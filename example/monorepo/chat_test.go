package monorepo

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	v1 "github.com/gfws/gf-websocket/example/monorepo/app/order/api/order/v1"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// enter logs a customer in and enters the chat's room "support".
func enter(t *testing.T, address, customer string) *client.Conn {
	t.Helper()
	response, err := http.Post("http://"+address+"/login", "application/json", strings.NewReader(`{"customer":"`+customer+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	header := http.Header{}
	for _, cookie := range response.Cookies() {
		header.Add("Cookie", cookie.Name+"="+cookie.Value)
	}
	conn, err := client.Dial(t.Context(), "ws://"+address+"/chat", client.Options{Header: header})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.CloseNow)
	write(t, conn, ws.TextMessage(`{"jsonrpc":"2.0","id":0,"method":"chat.enter","params":{"room":"support"}}`))
	if entered := string(read(t, conn).Data); !strings.Contains(entered, `"`+customer+`"`) {
		t.Fatalf("%s entered %s", customer, entered)
	}
	return conn
}

// wantRefused fails unless a handshake without credentials is refused.
func wantRefused(t *testing.T, url string, status int) {
	t.Helper()
	conn, err := client.Dial(t.Context(), url, client.Options{})
	var refused *client.HandshakeError
	if err == nil {
		conn.CloseNow()
	}
	if !errors.As(err, &refused) || refused.StatusCode != status {
		t.Errorf("dialling ended with %v, want status %d", err, status)
	}
}

// push is a notification of an order, or the answer to a call.
type push struct {
	Method string   `json:"method"`
	Params v1.Order `json:"params"`
	Error  struct {
		Code int `json:"code"`
	} `json:"error"`
}

func readPush(t *testing.T, conn *client.Conn) push {
	t.Helper()
	var got push
	if err := json.Unmarshal(read(t, conn).Data, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func wantOrderPush(t *testing.T, conn *client.Conn, want v1.Order) {
	t.Helper()
	if got := readPush(t, conn); got.Method != "order.changed" || got.Params != want {
		t.Errorf("told of %+v, want %+v", got, want)
	}
}

// wantFailure fails unless the next message is the failure of a call: so nothing
// was pushed before.
func wantFailure(t *testing.T, conn *client.Conn, code int) {
	t.Helper()
	if got := readPush(t, conn); got.Error.Code != code {
		t.Errorf("got %+v, want error %d", got, code)
	}
}
