package jsonrpc

import (
	"bytes"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/rpcwire"
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
	text, err := e.params(params)
	if err != nil {
		return ws.Message{}, gerror.WrapCodef(gcode.CodeInvalidParameter, err, "params of %s", method)
	}
	if id == nil {
		e.message = rpcwire.AppendNotification(e.message[:0], method, text)
	} else {
		e.message = rpcwire.AppendRequest(e.message[:0], id, method, text)
	}
	return ws.Message{Type: ws.Text, Data: bytes.Clone(e.message)}, nil
}
