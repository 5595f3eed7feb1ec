package client

import (
	"context"
	"errors"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Error is the error with which a server answers a call, and with which a
// handler of this side may answer one: a code, a message and data. errors.As
// finds it in what [Call] returns. Codes from -32768 to -32000 are JSON-RPC's
// own, others GoFrame's or the application's.
type Error = rpcwire.Error

// What calls and notifications fail with when the server did not answer.
// errors.Is finds them, and errors.As the cause behind.
var (
	// ErrDropped means that the message was never sent: the queue had no room
	// for it. It is safe to try again.
	ErrDropped = gerror.NewCode(gcode.CodeServerBusy, "the message was dropped before it was sent")

	// ErrLost means that the call was sent and the connection was lost before
	// the answer came: the server may have carried it out or not.
	ErrLost = gerror.NewCode(gcode.CodeOperationFailed, "the connection was lost before the answer came")

	// ErrClosed means that the client is closed.
	ErrClosed = gerror.NewCode(gcode.CodeInvalidOperation, "the client is closed")
)

// ended is one of the errors above together with its cause.
type ended struct {
	text  string
	kind  error
	cause error
}

// Error implements error.
func (e *ended) Error() string { return e.text }

// Unwrap lets errors.Is and errors.As see both.
func (e *ended) Unwrap() []error { return []error{e.kind, e.cause} }

// Code returns GoFrame's code of the kind.
func (e *ended) Code() gcode.Code { return gerror.Code(e.kind) }

func because(kind, cause error) error {
	if cause == nil {
		return kind
	}
	return &ended{text: kind.Error() + ": " + cause.Error(), kind: kind, cause: cause}
}

// about says what failed, and keeps the code: the server's own where it gave one.
func about(what string, err error) error {
	code := gerror.Code(err)
	var answered *Error
	if errors.As(err, &answered) {
		code = gcode.New(answered.Code, answered.Message, nil)
	}
	if code == gcode.CodeNil {
		code = gcode.CodeOperationFailed
	}
	return gerror.WrapCode(code, err, what)
}

func closed(cause error) error { return because(ErrClosed, cause) }

// closedBy is the error once the client's context has ended.
func closedBy(ctx context.Context) error { return closed(context.Cause(ctx)) }
