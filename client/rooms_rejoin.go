package client

import (
	"encoding/json"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// rejoin joins all rooms again, before anything else is sent. It reports false
// when the link ended, or the server did not answer in time; a room that was
// refused is given up and no failure of the link.
func (l *link) rejoin() bool {
	names := l.client.rooms.list()
	calls := make([]*call, len(names))
	for i, room := range names {
		params, err := encodeParams(roomParams{Room: room})
		if err == nil {
			calls[i], err = l.ask(methodJoin, params)
		}
		if err != nil {
			return false // the reader, or the heartbeat, ends the link
		}
	}
	for i, room := range names {
		a, ok := l.await(calls[i])
		if !ok {
			return false
		}
		l.rejoined(room, a)
	}
	return l.ctx.Err() == nil
}

// ask sends a call past the queue.
func (l *link) ask(method string, params json.RawMessage) (*call, error) {
	c := l.client.pending.add(method, nil)
	l.client.pending.send(c, l)
	err := l.send(rpcwire.AppendRequest(nil, c.rawID(), method, params))
	if err != nil {
		l.client.pending.forget(c)
	}
	return c, err
}

// await waits for the answer to a call of ask. A server that gives none within
// the time for a handshake is as good as gone.
func (l *link) await(c *call) (answer, bool) {
	limit := l.client.options.Dial.HandshakeTimeout
	fired, stop := l.client.options.Clock.Timer(limit)
	defer stop()
	select {
	case a := <-c.answer:
		return a, true
	case <-l.ctx.Done():
		return answer{}, false
	case <-fired:
		l.cancel(gerror.NewCodef(gcode.CodeOperationFailed, "no answer to %s within %s", c.method, limit))
		return answer{}, false
	}
}

// rejoined takes note of how a join went, and tells.
func (l *link) rejoined(room string, a answer) {
	c := l.client
	if !c.rooms.has(room) {
		return // left meanwhile: the call for that is in the queue
	}
	var joined *Joined
	err := a.err
	if err == nil {
		joined, err = decodeJoined(a.result)
	} else {
		c.rooms.remove(room)
	}
	if c.options.OnRejoin != nil {
		c.options.OnRejoin(room, joined, err)
	}
}
