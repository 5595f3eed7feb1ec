package chaos_test

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/jsonrpc"
	"github.com/gfws/gf-websocket/ws"
)

// service has the methods that clients call.
type service struct{ *server }

type (
	joinReq struct {
		g.Meta `rpc:"join" order:"true"`
		Room   string `v:"required"`
	}
	leaveReq struct {
		g.Meta `rpc:"leave" order:"true"`
		Room   string `v:"required"`
	}
	sayReq struct {
		g.Meta `rpc:"say" order:"true"`
		Room   string `v:"required"`
		Text   string `v:"required"`
	}
	pingReq struct {
		g.Meta `rpc:"ping" order:"true"`
	}
	userReq struct {
		g.Meta `rpc:"user"`
		Name   string `v:"required"`
	}
	raceReq struct {
		g.Meta `rpc:"race"`
		Room   string `v:"required"`
	}
	floodReq struct {
		g.Meta `rpc:"flood"`
		Name   string `v:"required"`
	}
	echoReq struct {
		g.Meta `rpc:"echo"`
		N      int `v:"min:1"`
	}
	waitReq struct {
		g.Meta `rpc:"wait"`
	}
	lateReq struct {
		g.Meta `rpc:"late" timeout:"1ms"`
	}
	askReq struct {
		g.Meta `rpc:"ask"`
		N      int `v:"min:1"`
	}
)

// saying is what is sent to those in a room.
type saying struct {
	Room string `json:"room"`
	Text string `json:"text"`
}

// number is what the server calls its clients with.
type number struct {
	N int `json:"n"`
}

func (s *service) Join(ctx context.Context, req *joinReq) (bool, error) {
	return true, jsonrpc.SessionFromCtx(ctx).Join(req.Room)
}

func (s *service) Leave(ctx context.Context, req *leaveReq) (bool, error) {
	return jsonrpc.SessionFromCtx(ctx).Leave(req.Room), nil
}

func (s *service) Say(_ context.Context, req *sayReq) (int64, error) {
	m, err := jsonrpc.Encode("said", saying{req.Room, req.Text})
	if err != nil {
		return 0, err
	}
	s.speaking.RLock()
	defer s.speaking.RUnlock()
	if s.hushed {
		return 0, ws.ErrClosed // whoever called is gone
	}
	n := s.said.Add(1)
	_, err = s.hub.Room(req.Room).Send(m)
	return n, err
}

// Ping is answered after all ordered calls before it.
func (s *service) Ping(context.Context, *pingReq) (bool, error) { return true, nil }

func (s *service) User(ctx context.Context, req *userReq) (bool, error) {
	session := jsonrpc.SessionFromCtx(ctx)
	session.SetIdentity(ws.Identity{User: req.Name})
	m, err := jsonrpc.Encode("hello", nil)
	if err != nil {
		return false, err
	}
	_, err = s.hub.User(req.Name).Except(session).Send(m)
	return err == nil, err
}

// Race joins and leaves beside whatever ends the session, and joins once more
// when it has ended.
func (s *service) Race(ctx context.Context, req *raceReq) (bool, error) {
	session := jsonrpc.SessionFromCtx(ctx)
	s.running.Add(1)
	go func() {
		defer s.running.Add(-1)
		for range 20 {
			_ = session.Join(req.Room)
			session.Leave(req.Room)
		}
		_ = session.Join(req.Room)
		<-session.Context().Done()
		_ = session.Join(req.Room)
	}()
	return true, nil
}

// Flood sends until the session has had enough of a client that does not read.
func (s *service) Flood(ctx context.Context, req *floodReq) (bool, error) {
	session := jsonrpc.SessionFromCtx(ctx)
	for session.Send(ws.BinaryMessage(make([]byte, 64<<10))) == nil {
	}
	if full, ok := s.stalls.LoadAndDelete(req.Name); ok {
		close(full.(chan struct{}))
	}
	return true, nil
}

func (s *service) Echo(_ context.Context, req *echoReq) (int, error) { return req.N, nil }

// Wait ends with its context, as does Late, whose time is short.
func (s *service) Wait(ctx context.Context, _ *waitReq) (bool, error) { return untilDone(ctx) }

func (s *service) Late(ctx context.Context, _ *lateReq) (bool, error) { return untilDone(ctx) }

func untilDone(ctx context.Context) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

// Ask answers what the client that called answers to a call of the server.
func (s *service) Ask(ctx context.Context, req *askReq) (int, error) {
	return jsonrpc.Call[int](ctx, jsonrpc.SessionFromCtx(ctx), "double", number{req.N})
}
