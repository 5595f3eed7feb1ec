package jsonrpc

import (
	"errors"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/ws"
)

var _ ws.ActionHandler = (*Router)(nil)

// ChecksActions implements [ws.ActionHandler]: before each call of a bound method
// the session is asked whether its owner may do what the method is called.
func (r *Router) ChecksActions() {}

// permitted returns why the session's owner may not call the method, nil where
// that is allowed. A refusal that says nothing of a code gets one.
func (r *Request) permitted() error {
	err := r.peer.session.Can(&r.ctx, r.method.name)
	var own *Error
	if err == nil || gerror.Code(err) != gcode.CodeNil || closeOf(err) != nil || errors.As(err, &own) {
		return err
	}
	return &Error{Code: gcode.CodeSecurityReason.Code(), Message: err.Error()}
}
