package jsonrpc

import (
	"bytes"
	"encoding/json"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// maxPooled is the largest buffer that is kept for the next answer.
const maxPooled = 64 << 10

// encoder is a buffer with an encoder into it, and one for the message around
// what was encoded.
type encoder struct {
	bytes.Buffer
	json    *json.Encoder
	message []byte
}

// encoders are for the whole process, since notifications belong to no router.
// Each user gets one of its own, and what is left in one is never read.
var encoders = sync.Pool{New: func() any {
	e := &encoder{}
	e.json = json.NewEncoder(&e.Buffer)
	e.json.SetEscapeHTML(false)
	return e
}}

func getEncoder() *encoder { return encoders.Get().(*encoder) }

func (e *encoder) free() {
	if e.Cap() > maxPooled || cap(e.message) > maxPooled {
		return
	}
	e.Reset()
	encoders.Put(e)
}

// value returns v as JSON, until the encoder is used again.
func (e *encoder) value(v any) ([]byte, error) {
	e.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(e.Bytes(), []byte("\n")), nil // which an Encoder adds
}

// params returns params as JSON, until the encoder is used again; nil for what
// encodes as null.
func (e *encoder) params(params any) ([]byte, error) {
	if params == nil {
		return nil, nil
	}
	encoded, err := e.value(params)
	if err != nil {
		return nil, err
	}
	text, ok := rpcwire.Params(encoded)
	if !ok {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "%T encodes as neither object nor array", params)
	}
	return text, nil
}
