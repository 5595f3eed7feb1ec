package chaos_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
)

// kind is a call by what it must be answered with.
type kind struct {
	method string
	answer string // the result, or the code of the error; "" for any result
}

var (
	join  = kind{"join", "true"}
	leave = kind{"leave", "true"}
	ping  = kind{"ping", "true"}
	say   = kind{method: "say"}
	flood = kind{method: "flood"}
	// wait is cancelled, late has no time.
	wait = kind{"wait", strconv.Itoa(jsonrpc.CodeCancelled)}
	late = kind{"late", strconv.Itoa(jsonrpc.CodeTimeout)}
)

// calls are those of one connection that wait for their answers, by their ids.
type calls struct {
	last    int
	waiting map[int]kind
}

type inRoom struct {
	Room string `json:"room"`
}

// request is a call or, without an id, a notification.
type request struct {
	Version string `json:"jsonrpc"`
	ID      int    `json:"id,omitempty"`
	Method  string `json:"method"`
	Params  any    `json:"params,omitempty"`
}

// message is whatever the server sends.
type message struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct{ Code int }
}

// send may fail: the server closes whom it will.
func (c *client) send(message any) {
	data, err := json.Marshal(message)
	if err != nil {
		c.chaos.t.Error(err)
		return
	}
	_ = c.conn.WriteMessage(websocket.TextMessage, data)
}

func (c *client) notify(method string, params any) {
	c.send(request{Version: "2.0", Method: method, Params: params})
}

// prepare makes a call that is not sent yet.
func (c *client) prepare(k kind, params any) request {
	c.calls.last++
	c.calls.waiting[c.calls.last] = k
	c.chaos.counts.made.Add(1)
	return request{Version: "2.0", ID: c.calls.last, Method: k.method, Params: params}
}

func (c *client) call(k kind, params any) { c.send(c.prepare(k, params)) }

// burst makes some calls at once, alone or in a batch, and waits for none.
func (c *client) burst() {
	var batch []request
	var cancelled []int
	for range c.random.IntN(4) {
		n := 1 + c.random.IntN(1000)
		k, params := c.anyCall(n)
		made := c.prepare(k, params)
		batch = append(batch, made)
		if k.answer == wait.answer {
			cancelled = append(cancelled, made.ID)
		}
	}
	c.sendAll(batch)
	for _, id := range cancelled {
		c.notify("$/cancel", map[string]int{"id": id})
	}
}

func (c *client) sendAll(batch []request) {
	if len(batch) > 1 && c.random.IntN(2) == 0 {
		c.chaos.counts.batches.Add(1)
		c.send(batch)
		return
	}
	for _, made := range batch {
		c.send(made)
	}
}

// anyCall returns a call with n in it.
func (c *client) anyCall(n int) (kind, any) {
	switch c.random.IntN(8) {
	case 0:
		return wait, nil
	case 1:
		return late, nil
	case 2:
		return kind{"echo", "51"}, number{0} // against its rule
	case 3:
		return kind{"nothing", strconv.Itoa(jsonrpc.CodeMethodNotFound)}, number{n}
	case 4, 5:
		return kind{"ask", double(n)}, number{n}
	}
	return kind{"echo", strconv.Itoa(n)}, number{n}
}

// double is what a client answers to a call of the server: twice the number, an
// error, or nothing, and then it cancels the call that has led to it.
func double(n int) string {
	switch n % 5 {
	case 0:
		return wait.answer
	case 1:
		return "7"
	}
	return strconv.Itoa(2 * n)
}

// settle takes what comes until all calls are answered. It returns false when
// the connection is over.
func (c *client) settle() bool {
	for len(c.calls.waiting) > 0 {
		if err := c.receive(); err != nil {
			c.chaos.t.Errorf("%s: no answer to %v: %v", c.name, c.calls.waiting, err)
			return false
		}
	}
	return true
}

// lose counts the calls that are not answered at the end of the connection.
func (c *client) lose() { c.chaos.counts.lost.Add(int64(len(c.calls.waiting))) }

// receive takes what comes next.
func (c *client) receive() error {
	_ = c.conn.SetReadDeadline(time.Now().Add(patience))
	kind, data, err := c.conn.ReadMessage()
	if err != nil || kind == websocket.BinaryMessage {
		return err
	}
	messages := make([]message, 1)
	if data[0] == '[' {
		err = json.Unmarshal(data, &messages)
	} else {
		err = json.Unmarshal(data, &messages[0])
	}
	for _, m := range messages {
		c.take(m)
	}
	return err
}

func (c *client) take(m message) {
	switch {
	case m.Method == "said":
		var said saying
		if err := json.Unmarshal(m.Params, &said); err != nil {
			c.chaos.t.Error(err)
		}
		c.hear(said)
	case m.Method == "double":
		c.answer(m)
	case m.Method == "":
		c.answered(m)
	}
}

// answer answers a call of the server.
func (c *client) answer(m message) {
	var asked number
	if err := json.Unmarshal(m.Params, &asked); err != nil {
		c.chaos.t.Error(err)
	}
	c.chaos.counts.asked.Add(1)
	switch answer := double(asked.N); answer {
	case wait.answer:
	case "7":
		c.send(json.RawMessage(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":7,"message":"no"}}`, m.ID)))
	default:
		c.send(json.RawMessage(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, m.ID, answer)))
	}
}

// answered holds an answer to what it must be, once for each call.
func (c *client) answered(m message) {
	id, err := strconv.Atoi(string(m.ID))
	k, waits := c.calls.waiting[id]
	if err != nil || !waits {
		c.chaos.t.Errorf("%s: an answer to call %s, which waits for none", c.name, m.ID)
		return
	}
	delete(c.calls.waiting, id)
	c.count(k)
	got := string(m.Result)
	if m.Error != nil {
		got = strconv.Itoa(m.Error.Code)
	}
	if got != k.answer && (k.answer != "" || m.Error != nil) {
		c.chaos.t.Errorf("%s: %s was answered with %s, not %s", c.name, k.method, got, k.answer)
	}
}

func (c *client) count(k kind) {
	n := &c.chaos.counts
	n.answered.Add(1)
	switch k.answer {
	case wait.answer:
		n.cancelled.Add(1)
	case late.answer:
		n.late.Add(1)
	}
}
