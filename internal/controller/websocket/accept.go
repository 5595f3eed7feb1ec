package websocket

import (
	"context"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// Accept is Connect for a host that reads the connection in a loop of its own.
// It waits for a session that has to authenticate in its first message. On an
// error the request has been answered.
func (c *ControllerV1) Accept(r *ghttp.Request) (*ws.Conn, error) {
	v := c.arrive(r)
	defer v.leaveUnlessBegun()
	identity, err := v.admit(r)
	if err != nil {
		return nil, err
	}
	loop := &loop{visit: v}
	conn, err := v.endpoint.Hub.Accept(sessionContext(r.Context()), r.Response.Writer, r.Request, v.opening(r, identity), loop.check)
	if err != nil {
		v.refuse(r, err)
		return nil, err
	}
	v.begun = true
	markUpgraded(r)
	return conn, loop.await(conn)
}

// loop is what stands between a session and the host's own loop.
type loop struct {
	*visit
	waits bool // Accept waits for the call auth
}

// await returns when the session may begin.
func (l *loop) await(conn *ws.Conn) error {
	l.begin(conn.Session())
	if !conn.Session().Muted() {
		return nil
	}
	l.waits = true
	_, _, err := conn.ReadMessage()
	l.waits = false
	if err != nil {
		return gerror.WrapCode(gcode.CodeNotAuthorized, err, "connection did not authenticate")
	}
	return nil
}

// check implements [ws.Check]. The call auth is for the gate, and ends the
// waiting of Accept.
func (l *loop) check(ctx context.Context, s *ws.Session, m ws.Message) (ws.Message, error) {
	got, taken, err := l.receive(ctx, s, m)
	if taken && err == nil && l.waits {
		return m, nil
	}
	return got, err
}
