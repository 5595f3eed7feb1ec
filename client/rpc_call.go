package client

import (
	"context"
	"encoding/json"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const methodCancel = "$/cancel"

// Call calls a method of the server and returns its result, decoded from JSON
// into Res; json.RawMessage leaves it as it is, and struct{} passes over it.
// params is encoded to a JSON object or array; nil sends none.
//
// The error holds an [*Error] when the server answered one; it matches
// [ErrDropped], [ErrLost] or [ErrClosed] when there was no answer. While there
// is no connection the call waits in the queue, so ctx should have a deadline.
// When ctx ends, Call returns its error; a call that was sent already is
// cancelled at the server by $/cancel. Call may be used inside of handlers.
func Call[Res any](ctx context.Context, c *Client, method string, params any) (Res, error) {
	var res Res
	raw, err := c.call(ctx, method, params)
	if err != nil {
		return res, about("call of "+printable(method), err)
	}
	if err := json.Unmarshal(raw, &res); err != nil {
		return res, about("result of "+printable(method), err)
	}
	return res, nil
}

// Notify sends a notification: a call that the server does not answer. It
// returns once the message is queued; params is as for [Call]. The error matches
// [ErrDropped] or [ErrClosed], or is that of ctx, which ended while the queue
// had no room. Notifications and calls of one goroutine are sent in order.
func (c *Client) Notify(ctx context.Context, method string, params any) error {
	raw, err := encodeParams(params)
	if err == nil {
		err = c.enqueue(ctx, &outgoing{data: rpcwire.AppendNotification(nil, method, raw)})
	}
	if err != nil {
		return about("notification of "+printable(method), err)
	}
	return nil
}

// call makes a call and waits for the answer.
func (c *Client) call(ctx context.Context, method string, params any) (json.RawMessage, error) {
	m, err := c.begin(ctx, method, params, nil)
	if err != nil {
		return nil, err
	}
	return c.await(ctx, m)
}

// begin queues a call; see call.settled.
func (c *Client) begin(ctx context.Context, method string, params any, settled func(json.RawMessage, error)) (*outgoing, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	raw, err := encodeParams(params)
	if err != nil {
		return nil, err
	}
	waiting := c.pending.add(method, settled)
	m := &outgoing{data: rpcwire.AppendRequest(nil, waiting.rawID(), method, raw), call: waiting}
	if err := c.enqueue(ctx, m); err != nil {
		c.pending.forget(waiting)
		return nil, err
	}
	return m, nil
}

// await waits for the answer to a call.
func (c *Client) await(ctx context.Context, m *outgoing) (json.RawMessage, error) {
	select {
	case a := <-m.call.answer:
		return a.result, a.err
	case <-ctx.Done():
		c.giveUp(m)
		return nil, ctx.Err()
	}
}

// giveUp forgets a call, and cancels it if it may have been sent.
func (c *Client) giveUp(m *outgoing) {
	waited := c.pending.forget(m.call)
	if c.outbox.remove(m) || !waited {
		return
	}
	params := append(append([]byte(`{"id":`), m.call.rawID()...), '}')
	// Without room for it the server goes on in vain, which does no harm.
	_, _, _ = c.outbox.tryPut(&outgoing{data: rpcwire.AppendNotification(nil, methodCancel, params), passing: true})
}

// enqueue puts a message into the queue, and tells of those that had to go.
func (c *Client) enqueue(ctx context.Context, m *outgoing) error {
	displaced, err := c.outbox.put(ctx, m)
	for _, d := range displaced {
		c.drop(d, ErrDropped)
	}
	return err
}

// drop tells of a message that is not sent, its caller included.
func (c *Client) drop(m *outgoing, err error) {
	if m.call != nil {
		c.pending.settle(m.call, answer{err: err})
	}
	if c.options.OnDrop == nil || m.passing {
		return
	}
	messages, _, _ := rpcwire.Parse(nil, m.data, 0)
	for _, sent := range messages {
		c.options.OnDrop(Dropped{Method: string(sent.Method), Params: sent.Params})
	}
}

// encodeParams returns params as JSON, nil when there are none.
func encodeParams(params any) (json.RawMessage, error) {
	if params == nil {
		return nil, nil
	}
	encoded, err := json.Marshal(params)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "params")
	}
	raw, ok := rpcwire.Params(encoded)
	if !ok {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter,
			"params of type %T are neither a JSON object nor an array", params)
	}
	return raw, nil
}
