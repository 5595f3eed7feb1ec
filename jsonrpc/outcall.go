package jsonrpc

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// Call calls a method of the client of s and waits for its answer, which it
// decodes into a Res. The session's handler must be a [Router], which gets the
// answer. A handler may call the client that called it.
//
// It ends with ctx, of which it needs one that ends: a client may never answer.
// Its errors are an [Error] that the client answered with, that of ctx, and
// those of [Notify]; [ws.ErrClosed] when the session ends first.
func Call[Res any](ctx context.Context, s *ws.Session, method string, params any) (Res, error) {
	var result Res
	answer, err := pendingOf(s).call(ctx, s, method, params)
	if err != nil {
		return result, err
	}
	if err = json.Unmarshal(answer, &result); err != nil {
		return result, gerror.WrapCodef(gcode.CodeOperationFailed, err, "result of %s", method)
	}
	return result, nil
}

type pendingKey struct{}

// answer is what a call to the client ends with.
type answer struct {
	result []byte
	err    error
}

// pending are the calls to one client that are not answered yet.
type pending struct {
	mu    sync.Mutex
	last  uint64
	calls map[string]chan answer
}

func pendingOf(s *ws.Session) *pending {
	if p, ok := s.Get(pendingKey{}).(*pending); ok {
		return p
	}
	p, _ := s.GetOrSet(pendingKey{}, &pending{calls: make(map[string]chan answer)}).(*pending)
	return p
}

// call returns the result that the client has answered with.
func (p *pending) call(ctx context.Context, s *ws.Session, method string, params any) ([]byte, error) {
	id, answers := p.open()
	defer p.forget(id)
	m, err := encode(method, params, []byte(id))
	if err != nil {
		return nil, err
	}
	if err = s.Send(m); err != nil {
		return nil, err
	}
	select {
	case answer := <-answers:
		return answer.result, answer.err
	case <-ctx.Done():
		return nil, gerror.Wrapf(context.Cause(ctx), "call of %s", method)
	case <-s.Context().Done():
		return nil, ws.ErrClosed
	}
}

func (p *pending) open() (id string, answers chan answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last++
	id, answers = strconv.FormatUint(p.last, 10), make(chan answer, 1)
	p.calls[id] = answers
	return id, answers
}

func (p *pending) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.calls, id)
}

// settle hands an answer to the call that waits for it, and reports whether one
// did. One that nobody waits for means nothing: the call may have ended before.
func (p *pending) settle(m *rpcwire.Message) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	answers, ok := p.calls[string(m.ID)]
	if ok {
		delete(p.calls, string(m.ID))
		answers <- answerOf(m)
	}
	return ok
}

// answerOf takes an answer out of the message's memory.
func answerOf(m *rpcwire.Message) answer {
	switch {
	case m.Problem != nil:
		return answer{err: gerror.WrapCode(gcode.CodeOperationFailed, m.Problem, "answer of the client")}
	case m.Error != nil:
		return answer{err: received(m.Error)}
	default:
		return answer{result: bytes.Clone(m.Result)}
	}
}
