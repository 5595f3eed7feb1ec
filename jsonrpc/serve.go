package jsonrpc

import (
	"bytes"
	"time"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// maxID is the most bytes an id may have, quotes included.
const maxID = 1024

// cancelMethod is a notification with the id of the call that shall end.
const cancelMethod = "$/cancel"

// ownPrefix begins the methods of the protocol's own.
const ownPrefix = "$/"

// serve serves one message: of batch b, or of none for nil. m is valid only
// until it returns.
func (r *Router) serve(p *peer, m *rpcwire.Message, b *batch, place int) {
	if len(m.ID) > maxID {
		p.refuse(nil, invalidRequest("the id is too long"), b, place)
		return
	}
	switch m.Kind {
	case rpcwire.Request:
		r.call(p, m, b, place)
	case rpcwire.Notification:
		r.notified(p, m, b, place)
	case rpcwire.Response:
		p.calls.settle(m)
		b.skip(place)
	default:
		p.broken(m, b, place)
	}
}

// notified serves a notification. Unknown ones of the protocol's own mean
// nothing.
func (r *Router) notified(p *peer, m *rpcwire.Message, b *batch, place int) {
	if !bytes.HasPrefix(m.Method, []byte(ownPrefix)) {
		r.call(p, m, b, place)
		return
	}
	if string(m.Method) == cancelMethod {
		p.cancelAll(m.Params)
	}
	b.skip(place)
}

// broken takes what is no JSON-RPC 2.0: meant as the answer to a call it ends
// that, and is answered otherwise.
func (p *peer) broken(m *rpcwire.Message, b *batch, place int) {
	if m.Method == nil && p.calls.settle(m) {
		b.skip(place)
		return
	}
	p.refuse(m.ID, refusal(m.Problem), b, place)
}

// call runs a method, or has it wait for its turn.
func (r *Router) call(p *peer, m *rpcwire.Message, b *batch, place int) {
	method := r.method(m.Method)
	if method == nil {
		p.refuse(m.ID, methodNotFound(), b, place)
		return
	}
	request := &Request{peer: p, method: method, began: time.Now(), batch: b, place: place}
	request.keep(m)
	request.ctx = callContext{parent: p.ctx, request: request}
	if method.timeout > 0 {
		request.ctx.until = request.began.Add(method.timeout)
	}
	if method.inline {
		request.run()
		return
	}
	if !p.admit(request) {
		request.answer(nil, errBusy)
	}
}

// keep copies what the message's memory holds.
func (r *Request) keep(m *rpcwire.Message) {
	kept := make([]byte, 0, len(m.ID)+len(m.Params))
	kept = append(append(kept, m.ID...), m.Params...)
	if m.ID != nil {
		r.id = kept[:len(m.ID):len(m.ID)]
	}
	if m.Params != nil {
		r.params = kept[len(m.ID):]
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

// cancelAll ends the calls that params of $/cancel name.
func (p *peer) cancelAll(params []byte) {
	for name, value := range rpcwire.Members(params) {
		if string(name) == `"id"` {
			p.cancel(value)
		}
	}
}
