package client

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// handler handles one call or notification of the server. Its result is JSON.
type handler func(ctx context.Context, params json.RawMessage) (json.RawMessage, error)

// handlers knows them by method. The zero value is ready.
type handlers struct {
	mu     sync.RWMutex
	byName map[string]handler
}

func (h *handlers) set(method string, f handler) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.byName == nil {
		h.byName = make(map[string]handler)
	}
	h.byName[method] = f
}

func (h *handlers) get(method []byte) handler {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.byName[string(method)]
}

// On sets the handler of the server's notifications of a method, in place of an
// earlier one. Params is decoded from JSON; json.RawMessage leaves it as it is.
//
// Notifications of one method are handled one after the other, in the order in
// which they came; those of different methods at the same time. A handler may
// call the server and wait. Its context ends when the client is closed. A panic
// or [runtime.Goexit] ends the handler alone, and ClientOptions.OnError is told.
func On[Params any](c *Client, method string, handle func(ctx context.Context, params Params)) {
	c.handlers.set(method, func(ctx context.Context, raw json.RawMessage) (json.RawMessage, error) {
		params, err := decodeParams[Params](raw)
		if err != nil {
			return nil, err
		}
		handle(ctx, params)
		return nil, nil
	})
}

// Handle sets the handler of the server's calls of a method, in place of an
// earlier one. What it returns is the answer: res as JSON, or err, as it is when
// it holds an [*Error], else with GoFrame's code and its text.
//
// Each call is handled at once, however many others still run, since one may
// wait for another. The context ends when the server cancels the call, the
// connection is lost, or the client is closed. A panic or [runtime.Goexit] is
// answered with an internal error, and ClientOptions.OnError is told.
func Handle[Req, Res any](c *Client, method string, handle func(ctx context.Context, req Req) (Res, error)) {
	c.handlers.set(method, func(ctx context.Context, raw json.RawMessage) (json.RawMessage, error) {
		req, err := decodeParams[Req](raw)
		if err != nil {
			return nil, err
		}
		res, err := handle(ctx, req)
		if err != nil {
			return nil, err
		}
		return json.Marshal(res)
	})
}

func decodeParams[Params any](raw json.RawMessage) (params Params, err error) {
	if raw == nil {
		return params, nil
	}
	if err := json.Unmarshal(raw, &params); err != nil {
		return params, &Error{Code: rpcwire.CodeInvalidParams, Message: err.Error()}
	}
	return params, nil
}

// safely runs f, and then done whatever f does: a panic is an error, and so is
// the end of the goroutine.
func safely(ctx context.Context, f handler, params json.RawMessage, done func(json.RawMessage, error)) {
	var (
		result      json.RawMessage
		err         error
		hasReturned bool
	)
	defer func() {
		switch r := recover(); {
		case r != nil:
			err = gerror.NewCodef(gcode.CodeInternalPanic, "handler panicked: %v", r)
		case !hasReturned:
			err = gerror.NewCode(gcode.CodeInternalPanic, "handler ended its goroutine")
		}
		done(result, err)
	}()
	result, err = f(ctx, params)
	hasReturned = true
}

// answerOf returns err as it is sent.
func answerOf(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	switch code := gerror.Code(err); code {
	case gcode.CodeInternalPanic:
		return &Error{Code: rpcwire.CodeInternalError, Message: "internal error"}
	case gcode.CodeNil:
		return &Error{Code: rpcwire.CodeInternalError, Message: err.Error()}
	default:
		return &Error{Code: code.Code(), Message: err.Error()}
	}
}
