package rpc

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/sourcegraph/jsonrpc2"
	stream "github.com/sourcegraph/jsonrpc2/websocket"
)

// TestNode calls with npm's json-rpc-2.0 over ws, and is called back by it.
func TestNode(t *testing.T) {
	runNode(t, "json-rpc-2.0", "testdata/call.mjs", serve(t))
}

// TestGo does the same with a JSON-RPC client in Go.
func TestGo(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	socket, response, err := websocket.DefaultDialer.DialContext(ctx, serve(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	changed := make(chan int64, 1)
	conn := jsonrpc2.NewConn(ctx, stream.NewObjectStream(socket), jsonrpc2.AsyncHandler(jsonrpc2.HandlerWithError(
		func(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			var params struct{ Number, Lines int64 }
			if err := json.Unmarshal(*r.Params, &params); err != nil {
				return nil, err
			}
			if r.Method == "order.changed" {
				changed <- params.Number
				return nil, nil
			}
			return map[string]bool{"yes": r.Method == "order.confirm" && params.Lines == 2}, nil
		})))
	defer func() { _ = conn.Close() }()

	var read ReadRes
	if err = conn.Call(ctx, "order.read", map[string]any{"number": 9007199254740993}, &read); err != nil {
		t.Fatal(err)
	}
	if read.Number != 9007199254740993 || read.Detail != "short" {
		t.Errorf("read %+v", read)
	}
	var placed PlaceRes
	if err = conn.Call(ctx, "order.place", map[string]any{"mail": "ann@example.com", "lines": []string{"a", "b"}}, &placed); err != nil {
		t.Fatal(err)
	}
	select {
	case number := <-changed:
		if number != placed.Number {
			t.Errorf("placed %d, %d has changed", placed.Number, number)
		}
	case <-ctx.Done():
		t.Error("no notification")
	}
	for number, code := range map[int64]int64{404: 65, 0: 51} {
		var fault *jsonrpc2.Error
		if err = conn.Call(ctx, "order.read", map[string]any{"number": number}, &read); !errors.As(err, &fault) || fault.Code != code {
			t.Errorf("order %d: %v, want code %d", number, err, code)
		}
	}
	var fault *jsonrpc2.Error
	if err = conn.Call(ctx, "order.burn", nil, nil); !errors.As(err, &fault) || fault.Code != jsonrpc2.CodeMethodNotFound {
		t.Errorf("an unknown method: %v", err)
	}
}
