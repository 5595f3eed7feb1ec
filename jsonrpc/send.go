package jsonrpc

import (
	"bytes"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/ws"
)

// Encode returns a notification as a message, for those who send one to many:
// a room, a user. params must encode as a JSON object or array; nil is none.
func Encode(method string, params any) (ws.Message, error) {
	return encode(method, params, nil)
}

// Notify sends a notification to the client of s. It returns without waiting,
// with the errors of [Encode] and of [ws.Session.Send].
func Notify(s *ws.Session, method string, params any) error {
	m, err := Encode(method, params)
	if err != nil {
		return err
	}
	return s.Send(m)
}

// encode makes a request, or a notification where id is nil.
func encode(method string, params any, id []byte) (ws.Message, error) {
	e := getEncoder()
	defer e.free()
	e.WriteString(`{"jsonrpc":"2.0","method":`)
	if err := e.value(method); err != nil {
		return ws.Message{}, err
	}
	if id != nil {
		e.WriteString(`,"id":`)
		e.Write(id)
	}
	if err := e.params(params); err != nil {
		return ws.Message{}, gerror.WrapCodef(gcode.CodeInvalidParameter, err, "params of %s", method)
	}
	e.WriteByte('}')
	return ws.Message{Type: ws.Text, Data: bytes.Clone(e.Bytes())}, nil
}

// params appends the member params, nothing for what encodes as null.
func (e *encoder) params(params any) error {
	if params == nil {
		return nil
	}
	before := e.Len()
	e.WriteString(`,"params":`)
	start := e.Len()
	if err := e.value(params); err != nil {
		return err
	}
	switch first := e.Bytes()[start]; first {
	case '{', '[':
		return nil
	case 'n':
		e.Truncate(before)
		return nil
	default:
		return gerror.NewCodef(gcode.CodeInvalidParameter, "%T encodes as neither object nor array", params)
	}
}
