package jsonrpc_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

type greetReq struct {
	g.Meta `rpc:"greet"`
	Name   string `json:"name" v:"required|length:2,40"`
	Times  int    `json:"times" d:"1" v:"between:1,10"`
}

type greetRes struct {
	Text string `json:"text"`
}

type inlineReq struct {
	g.Meta `rpc:"greet" inline:"true"`
	Name   string `json:"name" v:"required|length:2,40"`
	Times  int    `json:"times" d:"1" v:"between:1,10"`
}

func greetInline(ctx context.Context, req *inlineReq) (*greetRes, error) {
	return greet(ctx, &greetReq{Name: req.Name, Times: req.Times})
}

func greet(_ context.Context, req *greetReq) (*greetRes, error) {
	return &greetRes{Text: strings.Repeat("hello "+req.Name, req.Times)}, nil
}

const greetCall = `{"jsonrpc":"2.0","id":12345,"method":"greet","params":{"name":"benchmark","times":2}}`

// BenchmarkCall calls a method with two rules over TCP, one call at a time and
// 16 at a time, on other goroutines and inline, beside a loop of gorilla's with encoding/json that checks the
// same by hand. An operation is one call; client and server share the process.
func BenchmarkCall(b *testing.B) {
	router, inline := newRouter(b, []any{greet}), newRouter(b, []any{greetInline})
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		b.Fatal(err)
	}
	for _, served := range []struct {
		name  string
		serve http.HandlerFunc
	}{
		{"router", func(w http.ResponseWriter, r *http.Request) {
			_, _ = hub.Serve(context.Background(), w, r, ws.Opening{}, router)
		}},
		{"inline", func(w http.ResponseWriter, r *http.Request) {
			_, _ = hub.Serve(context.Background(), w, r, ws.Opening{}, inline)
		}},
		{"loop", handWritten},
	} {
		for _, flight := range []struct {
			name  string
			calls int
		}{{"1", 1}, {"16", 16}} {
			b.Run(served.name+"/"+flight.name, func(b *testing.B) { benchmarkCalls(b, served.serve, flight.calls) })
		}
	}
	_ = hub.Shutdown(context.Background())
}

func benchmarkCalls(b *testing.B, serve http.HandlerFunc, flight int) {
	server := httptest.NewServer(serve)
	defer server.Close()
	conn, err := rawframe.Dial(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	frame := append([]byte{0x81, 0x80 | byte(len(greetCall)), 0, 0, 0, 0}, greetCall...)
	requests := []byte(strings.Repeat(string(frame), flight))
	answer := make([]byte, 256)
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; n += flight {
		if _, err := conn.Write(requests); err != nil {
			b.Fatal(err)
		}
		for range flight {
			readFrame(b, conn, answer)
		}
	}
}

// handWritten is what one writes without a router.
func handWritten(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err = conn.WriteMessage(websocket.TextMessage, answerByHand(data)); err != nil {
			return
		}
	}
}

func answerByHand(data []byte) []byte {
	var call struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
		Params json.RawMessage `json:"params"`
	}
	var params greetReq
	if json.Unmarshal(data, &call) != nil || call.Method != "greet" || json.Unmarshal(call.Params, &params) != nil {
		return nil
	}
	if len(params.Name) < 2 || len(params.Name) > 40 || params.Times < 1 || params.Times > 10 {
		return nil
	}
	result, _ := greet(context.Background(), &params)
	answer, _ := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  *greetRes       `json:"result"`
	}{"2.0", call.ID, result})
	return answer
}

// readFrame reads one frame of the server's, of less than 64 KiB.
func readFrame(b *testing.B, conn net.Conn, into []byte) {
	b.Helper()
	if _, err := io.ReadFull(conn, into[:2]); err != nil {
		b.Fatal(err)
	}
	size := int(into[1])
	if size == 126 {
		if _, err := io.ReadFull(conn, into[:2]); err != nil {
			b.Fatal(err)
		}
		size = int(binary.BigEndian.Uint16(into))
	}
	if _, err := io.ReadFull(conn, into[:size]); err != nil {
		b.Fatal(err)
	}
}
