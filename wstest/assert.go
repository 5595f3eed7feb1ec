package wstest

import (
	"bytes"
	"encoding/json"

	"github.com/gfws/gf-websocket/ws"
)

// AssertMessage makes sure that the next message is this one.
func (p *Peer) AssertMessage(want ws.Message) {
	p.t.Helper()
	got := p.Receive()
	if got.Type != want.Type || !bytes.Equal(got.Data, want.Data) {
		p.t.Fatalf("got %s %.200q, want %s %.200q", got.Type, got.Data, want.Type, want.Data)
	}
}

// AssertText is [Peer.AssertMessage] for a text.
func (p *Peer) AssertText(want string) {
	p.t.Helper()
	p.AssertMessage(ws.TextMessage(want))
}

// AssertPush makes sure that the next message, answers to calls left out, is a
// notification of method with params that are the same JSON as want. A want of
// nil takes any. It returns the params.
func (p *Peer) AssertPush(method string, want any) json.RawMessage {
	p.t.Helper()
	got := p.take("a notification of "+method, func(m ws.Message) bool { return !isAnswer(m) })
	e, err := parse(got)
	if err != nil || e.Method != method || e.ID != nil {
		p.t.Fatalf("got %s %.500q, want a notification of %s", got.Type, got.Data, method)
	}
	if want != nil {
		p.sameJSON("params of "+method, e.Params, want)
	}
	return e.Params
}

// AssertNoPush makes sure that nothing else has been sent to the peer. It asks
// the server by a ping, whose answer comes behind all that was sent before; so
// whatever could have caused a message must be over, which an answered call is.
func (p *Peer) AssertNoPush() {
	p.t.Helper()
	p.barrier()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.inbox) > 0 {
		p.t.Fatalf("got %s %.500q, want nothing", p.inbox[0].Type, p.inbox[0].Data)
	}
	if p.closed != nil {
		p.t.Fatalf("closed with %v", p.closed)
	}
}

// AssertClosed makes sure that the server closes the connection with code, and
// returns the reason. What was sent before is passed over. [ws.CodeAbnormal]
// stands for a connection that ends without a close frame.
func (p *Peer) AssertClosed(code ws.Code) string {
	p.t.Helper()
	p.await("the connection to close", func() bool { return p.closed != nil })
	if p.closed.Code != code {
		p.t.Fatalf("closed with %v, want %s", p.closed, code)
	}
	return p.closed.Reason
}

// sameJSON compares values by what they are in JSON.
func (p *Peer) sameJSON(what string, got json.RawMessage, want any) {
	p.t.Helper()
	encoded, err := json.Marshal(want)
	if err != nil {
		p.t.Fatalf("what is wanted as %s has no JSON form: %v", what, err)
	}
	if !bytes.Equal(canonical(got), canonical(encoded)) {
		p.t.Fatalf("%s: got %s, want %s", what, got, encoded)
	}
}

// canonical is the same for all texts of the same JSON value.
func canonical(data []byte) []byte {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return data
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return data
	}
	return encoded
}
