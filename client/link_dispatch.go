package client

import (
	"encoding/json"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// maxBatch is how many messages of a server's batch are taken.
const maxBatch = 1000

// codeBusy answers a call that there is no room for.
const codeBusy = -32000

// dispatch takes what the server sent apart. The calls of a batch are answered
// one by one, which JSON-RPC 2.0 leaves open.
func (l *link) dispatch(data []byte) {
	messages, _, problem := rpcwire.Parse(l.scratch[:0], data, maxBatch)
	if problem != nil {
		l.client.problem(gerror.WrapCode(gcode.CodeInvalidRequest, problem, "message of the server"))
		return
	}
	for _, m := range messages {
		l.take(m)
	}
	clear(messages)
	l.scratch = messages
}

func (l *link) take(m rpcwire.Message) {
	switch m.Kind {
	case rpcwire.Response:
		l.answered(m)
	case rpcwire.Request:
		l.called(m)
	case rpcwire.Notification:
		l.notified(m)
	default:
		l.broken(m)
	}
}

// answered ends the call that m answers.
func (l *link) answered(m rpcwire.Message) {
	a := answer{result: m.Result}
	if m.Error != nil {
		a.err = m.Error
	}
	if l.client.pending.answered(m.ID, l, a) {
		return
	}
	if m.Error != nil {
		l.client.problem(gerror.WrapCode(gcode.CodeOperationFailed, m.Error, "error of the server without a call"))
		return
	}
	l.client.problem(gerror.NewCodef(gcode.CodeInvalidRequest,
		"answer of the server to a call that was never made: id %s", printable(string(m.ID))))
}

// broken tells of what is no JSON-RPC 2.0, and fails the call that it was meant
// to answer.
func (l *link) broken(m rpcwire.Message) {
	err := gerror.WrapCode(gcode.CodeInvalidRequest, m.Problem, "message of the server")
	if m.ID != nil && m.Method == nil {
		l.client.pending.answered(m.ID, l, answer{err: err})
	}
	l.client.problem(err)
}

// notified hands a notification to its handler.
func (l *link) notified(m rpcwire.Message) {
	c := l.client
	switch string(m.Method) {
	case methodCancel:
		l.served.cancel(m.Params)
		return
	case methodExpiring:
		l.renew()
	}
	handle := c.handlers.get(m.Method)
	if handle == nil {
		return
	}
	method, params := string(m.Method), json.RawMessage(m.Params)
	done := func(_ json.RawMessage, err error) {
		if err != nil {
			c.problem(about("notification "+printable(method)+" of the server", err))
		}
	}
	run := func() { safely(c.ctx, handle, params, done) }
	if !c.incoming.inOrder(method, task{size: int64(len(params)), run: run}) && c.options.OnDrop != nil {
		c.options.OnDrop(Dropped{Method: method, Params: params, Incoming: true})
	}
}

// called hands a call to its handler, whose answer is sent.
func (l *link) called(m rpcwire.Message) {
	handle := l.client.handlers.get(m.Method)
	if handle == nil {
		l.refuse(m.ID, &Error{Code: rpcwire.CodeMethodNotFound, Message: "no such method: " + printable(string(m.Method))})
		return
	}
	method, params, id := string(m.Method), json.RawMessage(m.Params), m.ID
	// It can be cancelled from now on, even before it runs.
	ctx, end := l.served.begin(l.ctx, id)
	run := func() {
		defer end()
		safely(ctx, handle, params, func(result json.RawMessage, err error) { l.reply(method, id, result, err) })
	}
	if !l.client.incoming.atOnce(task{size: int64(len(params)), run: run}) {
		end()
		l.refuse(m.ID, &Error{Code: codeBusy, Message: "too many calls at once"})
	}
}

// refuse answers a call without waiting: the reading goroutine must not.
func (l *link) refuse(id []byte, e *Error) {
	// Without room for it the server waits in vain; it has sent too much.
	_, _, _ = l.client.outbox.tryPut(&outgoing{data: rpcwire.AppendError(nil, id, e), passing: true})
}

// reply answers a call with what its handler returned.
func (l *link) reply(method string, id []byte, result json.RawMessage, err error) {
	if err == nil {
		// When this fails the connection is gone, and with it whoever waits.
		_ = l.send(rpcwire.AppendResult(nil, id, result))
		return
	}
	_ = l.send(rpcwire.AppendError(nil, id, answerOf(err)))
	if gerror.Code(err) == gcode.CodeInternalPanic {
		l.client.problem(about("call "+printable(method)+" of the server", err))
	}
}
