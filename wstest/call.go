package wstest

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// envelope is one object of JSON-RPC 2.0.
type envelope struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data,omitempty"`
	} `json:"error,omitempty"`
}

func parse(m ws.Message) (envelope, error) {
	var e envelope
	err := json.Unmarshal(m.Data, &e)
	return e, err
}

// isAnswer tells the answer to a call from everything else.
func isAnswer(m ws.Message) bool {
	e, err := parse(m)
	return err == nil && e.Method == "" && (e.Result != nil || e.Error != nil)
}

// Reply is what a call was answered with.
type Reply struct {
	// Result is nil where the call has failed.
	Result json.RawMessage
	// Err is nil where it has not. Its Data is a json.RawMessage, nil for none.
	Err *jsonrpc.Error
}

// Call calls a method of a jsonrpc.Router and waits for its answer. What else
// comes meanwhile is kept for the other assertions. params may be nil.
func (p *Peer) Call(method string, params any) Reply {
	p.t.Helper()
	p.calls++
	id := json.RawMessage(strconv.Itoa(p.calls))
	p.request(id, method, params)
	answer := p.take("the answer to "+method, func(m ws.Message) bool {
		e, err := parse(m)
		return err == nil && e.Method == "" && bytes.Equal(e.ID, id)
	})
	e, _ := parse(answer)
	if e.Error == nil {
		return Reply{Result: e.Result}
	}
	failed := &jsonrpc.Error{Code: e.Error.Code, Message: e.Error.Message}
	if e.Error.Data != nil {
		failed.Data = e.Error.Data
	}
	return Reply{Err: failed}
}

// Notify sends a notification. params may be nil.
func (p *Peer) Notify(method string, params any) {
	p.t.Helper()
	p.request(nil, method, params)
}

func (p *Peer) request(id json.RawMessage, method string, params any) {
	p.t.Helper()
	request := map[string]any{"jsonrpc": "2.0", "method": method}
	if id != nil {
		request["id"] = id
	}
	if params != nil {
		request["params"] = params
	}
	p.send(request)
}

func (p *Peer) send(value any) {
	p.t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		p.t.Fatalf("what is sent has no JSON form: %v", err)
	}
	p.Send(ws.Message{Type: ws.Text, Data: data})
}

// AssertReply calls a method and makes sure that its result is the same JSON as
// want. A want of nil takes any result. It returns the result.
func (p *Peer) AssertReply(method string, params, want any) json.RawMessage {
	p.t.Helper()
	reply := p.Call(method, params)
	if reply.Err != nil {
		p.t.Fatalf("%s failed: %s", method, described(reply.Err))
	}
	if want != nil {
		p.sameJSON("result of "+method, reply.Result, want)
	}
	return reply.Result
}

// described is an error with its data, where it has any.
func described(err *jsonrpc.Error) string {
	data, _ := err.Data.(json.RawMessage)
	return strings.TrimSpace(err.Error() + " " + string(data))
}

// AssertError calls a method and makes sure that it fails with code, which is
// one of package jsonrpc, of gcode or of the application. It returns the error.
func (p *Peer) AssertError(method string, params any, code int) *jsonrpc.Error {
	p.t.Helper()
	reply := p.Call(method, params)
	if reply.Err == nil {
		p.t.Fatalf("%s was answered with %s, want error %d", method, reply.Result, code)
	}
	if reply.Err.Code != code {
		p.t.Fatalf("%s failed: %s, want code %d", method, described(reply.Err), code)
	}
	return reply.Err
}

// AssertCalled makes sure that the next message, answers left out, is a call of
// the server's with params that are the same JSON as want, and answers it with
// result. A want of nil takes any params.
func (p *Peer) AssertCalled(method string, want, result any) {
	p.t.Helper()
	got := p.take("a call of "+method, func(m ws.Message) bool { return !isAnswer(m) })
	e, err := parse(got)
	if err != nil || e.Method != method || e.ID == nil {
		p.t.Fatalf("got %s %.500q, want a call of %s", got.Type, got.Data, method)
	}
	if want != nil {
		p.sameJSON("params of "+method, e.Params, want)
	}
	p.send(map[string]any{"jsonrpc": "2.0", "id": e.ID, "result": result})
}
