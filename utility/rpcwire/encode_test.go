package rpcwire_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

func TestAppend(t *testing.T) {
	problem := &rpcwire.Error{Code: rpcwire.CodeMethodNotFound, Message: `no "x"`}
	withData := &rpcwire.Error{Code: 51, Message: "bad", Data: []byte(`{"name":"required"}`)}
	tests := []struct {
		name string
		got  []byte
		want string
	}{
		{"request", rpcwire.AppendRequest(nil, []byte("1"), "a.b", []byte(`{"c":1}`)), `{"jsonrpc":"2.0","id":1,"method":"a.b","params":{"c":1}}`},
		{"request without params", rpcwire.AppendRequest(nil, []byte(`"x"`), "a", nil), `{"jsonrpc":"2.0","id":"x","method":"a"}`},
		{"notification", rpcwire.AppendNotification(nil, "\x01", []byte("[]")), `{"jsonrpc":"2.0","method":"\u0001","params":[]}`},
		{"result", rpcwire.AppendResult([]byte("["), []byte("7"), []byte("true")), `[{"jsonrpc":"2.0","id":7,"result":true}`},
		{"no result", rpcwire.AppendResult(nil, nil, nil), `{"jsonrpc":"2.0","id":null,"result":null}`},
		{"error", rpcwire.AppendError(nil, nil, problem), `{"jsonrpc":"2.0","id":null,"error":{"code":-32601,"message":"no \"x\""}}`},
		{"error with data", rpcwire.AppendError(nil, []byte("2"), withData), `{"jsonrpc":"2.0","id":2,"error":{"code":51,"message":"bad","data":{"name":"required"}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if string(tt.got) != tt.want {
				t.Errorf("got %s\nwant %s", tt.got, tt.want)
			}
		})
	}
}

func TestErrorIsFound(t *testing.T) {
	err := fmt.Errorf("room: %w", &rpcwire.Error{Code: 51, Message: "bad"})
	var found *rpcwire.Error
	if !errors.As(err, &found) || found.Code != 51 || err.Error() != "room: json-rpc error 51: bad" {
		t.Errorf("%v", err)
	}
}

func TestKindNames(t *testing.T) {
	for kind, want := range map[rpcwire.Kind]string{
		rpcwire.Invalid: "invalid", rpcwire.Request: "request", rpcwire.Notification: "notification", rpcwire.Response: "response", 99: "invalid",
	} {
		if kind.String() != want {
			t.Errorf("%d is %q", kind, kind)
		}
	}
}
