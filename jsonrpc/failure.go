package jsonrpc

import (
	"context"
	"errors"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/util/gvalid"

	"github.com/gfws/gf-websocket/ws"
)

var (
	errBusy   = gerror.NewCode(gcode.CodeServerBusy, "too many calls at once")
	errTooBig = &Error{Code: CodeInternal, Message: "Internal error", Data: "the answer is too big for the session"}
)

// closeOf returns how a handler wants the session closed, nil for not at all.
func closeOf(err error) *ws.CloseError {
	var closing *ws.CloseError
	if err == nil || !errors.As(err, &closing) {
		return nil
	}
	return closing
}

// fault is the error object for what a call ended with.
func (r *Request) fault(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	if fault := r.interruption(err); fault != nil {
		return fault
	}
	code := gerror.Code(err)
	switch code.Code() {
	case gcode.CodeNil.Code(), gcode.CodeOK.Code():
		return &Error{Code: CodeInternal, Message: err.Error()}
	case gcode.CodeInternalPanic.Code():
		return &Error{Code: CodeInternal, Message: "Internal error"}
	}
	fault := &Error{Code: code.Code(), Message: err.Error(), Data: code.Detail()}
	if fields := failedFields(err); fields != nil {
		fault.Data = fields
	}
	return fault
}

// interruption is the error object for a call that gave up because its context
// had ended, nil for any other.
func (r *Request) interruption(err error) *Error {
	switch {
	case errors.Is(err, errCancelled),
		r.ctx.cancelled() != nil && errors.Is(err, context.Canceled):
		return &Error{Code: CodeCancelled, Message: "Request cancelled"}
	case r.ctx.expired() && errors.Is(err, context.DeadlineExceeded):
		return &Error{Code: CodeTimeout, Message: "Request timed out"}
	default:
		return nil
	}
}

// failedFields returns the rules that a request has failed, and what they say,
// by field; nil where err is not about that.
func failedFields(err error) map[string]map[string]string {
	var failed gvalid.Error
	if !errors.As(err, &failed) {
		return nil
	}
	fields := make(map[string]map[string]string)
	for field, rules := range failed.Maps() {
		fields[field] = make(map[string]string)
		for rule, text := range rules {
			fields[field][rule] = text.Error()
		}
	}
	return fields
}

// panicked logs a panic with its stack and is what to answer for it.
func (r *Request) panicked(ctx context.Context, exception any) error {
	var err error
	if cause, ok := exception.(error); ok {
		err = gerror.WrapCode(gcode.CodeInternalPanic, cause, "handler panicked")
	} else {
		err = gerror.NewCodef(gcode.CodeInternalPanic, "handler panicked: %v", exception)
	}
	return r.failedIn(ctx, err)
}

// failed logs what is nobody's fault but the server's and is what to answer.
func (r *Request) failed(err error) error {
	return r.failedIn(&r.ctx, gerror.WrapCode(gcode.CodeInternalPanic, err))
}

func (r *Request) failedIn(ctx context.Context, err error) error {
	r.peer.router.logger().Errorf(ctx, "jsonrpc method %s: %+v", r.method.name, err)
	return err
}
