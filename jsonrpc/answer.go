package jsonrpc

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/ws"
)

// maxPooled is the largest buffer that is kept for the next answer.
const maxPooled = 64 << 10

// encoder is a buffer with an encoder into it.
type encoder struct {
	bytes.Buffer
	json *json.Encoder
}

// encoders are used again; each user gets one of its own.
var encoders = sync.Pool{New: func() any {
	e := &encoder{}
	e.json = json.NewEncoder(&e.Buffer)
	e.json.SetEscapeHTML(false)
	return e
}}

func getEncoder() *encoder { return encoders.Get().(*encoder) }

func (e *encoder) free() {
	if e.Cap() > maxPooled {
		return
	}
	e.Reset()
	encoders.Put(e)
}

// value appends v as JSON.
func (e *encoder) value(v any) error {
	if err := e.json.Encode(v); err != nil {
		return err
	}
	e.Truncate(e.Len() - 1) // the newline that an Encoder adds
	return nil
}

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
		if err = e.answer(r.id, result); err != nil {
			err = r.failed(gerror.Wrapf(err, "result of %s", r.method.name))
		}
	}
	if err != nil {
		e.Reset()
		e.Write(appendFault(e.AvailableBuffer(), r.id, r.fault(err)))
	}
	r.deliver(e.Bytes())
}

// answer writes the answer with a result.
func (e *encoder) answer(id []byte, result any) error {
	e.WriteString(`{"jsonrpc":"2.0","id":`)
	e.Write(id)
	e.WriteString(`,"result":`)
	if err := e.value(result); err != nil {
		return err
	}
	return e.WriteByte('}')
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
	if id == nil {
		id = []byte("null")
	}
	object := errorObject{Code: fault.Code, Message: fault.Message}
	if fault.Data != nil {
		object.Data, _ = json.Marshal(fault.Data)
	}
	text, _ := json.Marshal(object)
	to = append(append(append(to, `{"jsonrpc":"2.0","id":`...), id...), `,"error":`...)
	return append(append(to, text...), '}')
}
