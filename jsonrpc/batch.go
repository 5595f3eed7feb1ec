package jsonrpc

import (
	"errors"
	"sync"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// batch gathers the answers to the requests of one message. They leave together
// when the last is there, in the order of the requests.
type batch struct {
	peer *peer

	mu      sync.Mutex
	answers [][]byte
	missing int
}

// put takes the answer for one place, nil for none, and sends all after the
// last one.
func (b *batch) put(place int, answer []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[place] = answer
	if b.missing--; b.missing == 0 {
		b.send()
	}
}

// skip says that nothing is to be answered. b may be nil.
func (b *batch) skip(place int) {
	if b != nil {
		b.put(place, nil)
	}
}

func (b *batch) send() {
	var text []byte
	for _, answer := range b.answers {
		if answer == nil {
			continue
		}
		separator := byte(',')
		if text == nil {
			separator = '['
		}
		text = append(append(text, separator), answer...)
	}
	if text == nil {
		return
	}
	if err := b.peer.send(append(text, ']')); errors.Is(err, ws.ErrTooBig) {
		_ = b.peer.send(appendFault(nil, nil, errTooBig))
	}
}

// serveBatch serves the messages of a batch.
func (r *Router) serveBatch(p *peer, messages []rpcwire.Message) {
	b := &batch{peer: p, answers: make([][]byte, len(messages)), missing: len(messages)}
	for i := range messages {
		r.serve(p, &messages[i], b, i)
	}
}
