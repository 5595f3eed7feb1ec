package servers

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/jsonrpc"
)

// EchoReq is the call that the load generator makes.
type EchoReq struct {
	g.Meta `rpc:"echo"`
	Text   string `json:"text" v:"required|max-length:1024"`
}

// EchoRes is its result.
type EchoRes struct {
	Text string `json:"text"`
}

// callEcho is the typed handler of gfws.
func callEcho(_ context.Context, req *EchoReq) (*EchoRes, error) {
	return &EchoRes{Text: req.Text}, nil
}

// startGfwsCalls answers calls with a typed handler, bound as GoFrame binds one.
func startGfwsCalls(o Options) (string, error) {
	router := jsonrpc.New()
	if err := router.Bind(callEcho); err != nil {
		return "", err
	}
	s := newGHTTP()
	s.Plugin(gfws.New(gfws.Configure(unhurried), gfws.Handle(router)))
	return startGHTTP(o, s)
}

// The envelope as one writes it by hand.
type (
	call struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Params  EchoReq         `json:"params"`
	}
	answer struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  any             `json:"result,omitempty"`
		Error   *callError      `json:"error,omitempty"`
	}
	callError struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
)

// startGorillaCalls is the loop that one writes by hand, with encoding/json.
func startGorillaCalls(o Options) (string, error) {
	upgrader := websocket.Upgrader{}
	return startHTTP(o, func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		for {
			_, message, err := conn.ReadMessage()
			if err != nil {
				return
			}
			text, err := json.Marshal(answerByHand(message))
			if err != nil {
				return
			}
			if err = conn.WriteMessage(websocket.TextMessage, text); err != nil {
				return
			}
		}
	})
}

func answerByHand(message []byte) answer {
	var c call
	if err := json.Unmarshal(message, &c); err != nil {
		return answer{Version: "2.0", ID: json.RawMessage("null"), Error: &callError{-32700, "parse error"}}
	}
	if c.Version != "2.0" || c.Method != "echo" {
		return answer{Version: "2.0", ID: c.ID, Error: &callError{-32601, "method not found"}}
	}
	if c.Params.Text == "" || len(c.Params.Text) > 1024 {
		return answer{Version: "2.0", ID: c.ID, Error: &callError{-32602, "invalid params"}}
	}
	return answer{Version: "2.0", ID: c.ID, Result: EchoRes{Text: c.Params.Text}}
}
