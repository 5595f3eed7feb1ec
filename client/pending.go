package client

import (
	"encoding/json"
	"strconv"
	"sync"
)

// call is one call of this side that waits for its answer.
type call struct {
	id      uint64
	method  string
	settled func(result json.RawMessage, err error) // called first, before anything later is read; may be nil
	answer  chan answer                             // takes one

	sentOn *link // nil until it is sent; behind pending.mu
}

// answer is what a call ends with.
type answer struct {
	result json.RawMessage
	err    error
}

// pending knows the calls that wait. The zero value is ready.
type pending struct {
	mu    sync.Mutex
	last  uint64
	calls map[uint64]*call
}

// add makes a new call.
func (p *pending) add(method string, settled func(json.RawMessage, error)) *call {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.calls == nil {
		p.calls = make(map[uint64]*call)
	}
	p.last++
	c := &call{id: p.last, method: method, settled: settled, answer: make(chan answer, 1)}
	p.calls[c.id] = c
	return c
}

// rawID returns the id as it stands on the wire.
func (c *call) rawID() []byte { return strconv.AppendUint(nil, c.id, 10) }

// send notes that c goes out on l. It reports false for a call that nobody waits
// for any more.
func (p *pending) send(c *call, l *link) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.sentOn = l
	return p.calls[c.id] == c
}

// forget gives c up and reports whether it was still waiting.
func (p *pending) forget(c *call) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	waited := p.calls[c.id] == c
	delete(p.calls, c.id)
	return waited
}

// settle ends c, once.
func (p *pending) settle(c *call, a answer) {
	if !p.forget(c) {
		return
	}
	if c.settled != nil {
		c.settled(a.result, a.err)
	}
	c.answer <- a
}

// answered ends the call that was sent on l with this id. It reports false for
// an id that was never given out; one that nobody waits for any more is in order.
func (p *pending) answered(id []byte, l *link, a answer) bool {
	number, err := strconv.ParseUint(string(id), 10, 64)
	if err != nil {
		return false
	}
	p.mu.Lock()
	c, last := p.calls[number], p.last
	mine := c != nil && c.sentOn == l
	p.mu.Unlock()
	if mine {
		p.settle(c, a)
	}
	return number > 0 && number <= last
}

// lose ends all calls that were sent on l; with a nil l, all that there are.
func (p *pending) lose(l *link, err error) {
	p.mu.Lock()
	var lost []*call
	for _, c := range p.calls {
		if l == nil || c.sentOn == l {
			lost = append(lost, c)
		}
	}
	p.mu.Unlock()
	for _, c := range lost {
		p.settle(c, answer{err: err})
	}
}
