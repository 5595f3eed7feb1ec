package jsonrpc

import (
	"bytes"
	"strings"
	"time"
)

// cancelMethod is a notification with the id of the call that shall end.
const cancelMethod = "$/cancel"

// serve serves one element of a message: of batch b, or of none for nil. value
// is valid only until it returns.
func (r *Router) serve(p *peer, value []byte, b *batch, place int) {
	e, fault := parse(value)
	if fault != nil {
		p.refuse(e.id, fault, b, place)
		return
	}
	if e.isAnswer() {
		p.calls.settle(e)
		b.skip(place)
		return
	}
	if strings.HasPrefix(e.method, "$/") && e.id == nil {
		p.control(e)
		b.skip(place)
		return
	}
	m := r.method(e.method)
	if m == nil {
		p.refuse(e.id, methodNotFound(), b, place)
		return
	}
	request := &Request{peer: p, method: m, began: time.Now(), batch: b, place: place}
	request.keep(e)
	request.ctx = callContext{parent: p.ctx, request: request}
	if m.timeout > 0 {
		request.ctx.until = request.began.Add(m.timeout)
	}
	if m.inline {
		request.run()
		return
	}
	if !p.admit(request) {
		request.answer(nil, errBusy)
	}
}

// keep copies what the message's memory holds.
func (r *Request) keep(e envelope) {
	kept := make([]byte, 0, len(e.id)+len(e.params))
	kept = append(append(kept, e.id...), e.params...)
	if e.id != nil {
		r.id = kept[:len(e.id):len(e.id)]
	}
	if e.params != nil {
		r.params = kept[len(e.id):]
	}
}

// size is how many bytes are kept of the message.
func (r *Request) size() int { return len(r.id) + len(r.params) }

// refuse answers with fault. An id of nil is none: where the request wanted no
// answer it gets none, unless it was no request at all.
func (p *peer) refuse(id []byte, fault *Error, b *batch, place int) {
	var answer []byte
	if id != nil || fault.Code == CodeInvalidRequest {
		answer = appendFault(nil, id, fault)
	}
	if b != nil {
		b.put(place, answer)
		return
	}
	if answer != nil {
		_ = p.reply(answer)
	}
}

// control takes a notification of the protocol's own; unknown ones mean
// nothing.
func (p *peer) control(e envelope) {
	if e.method != cancelMethod || len(e.params) == 0 || e.params[0] != '{' {
		return
	}
	s := scanner{data: e.params}
	_ = s.object(func(name, value []byte) error {
		if bytes.Equal(name, []byte(`"id"`)) {
			p.cancel(value)
		}
		return nil
	})
}
