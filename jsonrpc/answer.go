package jsonrpc

import (
	"errors"
	"slices"

	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// answer sends what came of the request, where an answer is wanted.
func (r *Request) answer(result any, err error) {
	if closing := closeOf(err); closing != nil {
		_ = r.peer.session.Close(closing.Code, closing.Reason)
		r.batch.skip(r.place)
		return
	}
	if r.id == nil {
		r.batch.skip(r.place)
		return
	}
	e := getEncoder()
	defer e.free()
	if err == nil {
		err = r.encode(e, result)
	}
	if err != nil {
		e.message = appendFault(e.message[:0], r.id, r.fault(err))
	}
	r.deliver(e.message)
}

// encode makes the answer with a result.
func (r *Request) encode(e *encoder, result any) error {
	text, err := e.value(result)
	if err != nil {
		return r.failed(gerror.Wrapf(err, "result of %s", r.method.name))
	}
	e.message = rpcwire.AppendResult(e.message[:0], r.id, text)
	return nil
}

// deliver sends an answer, or puts it into its batch. text is valid only until
// it returns.
func (r *Request) deliver(text []byte) {
	if r.batch != nil {
		r.batch.put(r.place, slices.Clone(text))
		return
	}
	send := r.peer.send
	if r.method.inline {
		send = r.peer.reply
	}
	if err := send(text); errors.Is(err, ws.ErrTooBig) {
		_ = send(appendFault(nil, r.id, errTooBig))
	}
}

// appendFault appends an answer with an error. An id of nil is written as null.
func appendFault(to, id []byte, fault *Error) []byte {
	return rpcwire.AppendError(to, id, fault.wire())
}
