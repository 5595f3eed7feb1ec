package ws

import (
	"context"
	"errors"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// restAfter is the silence before a message that makes more silence likely.
const restAfter = int64(time.Second)

// run is the session's one goroutine.
func (s *Session) run() {
	goesOn := false
	defer s.endUnless(&goesOn)
	s.handle(s.open)
	goesOn = true
	go s.loop()
}

// loop receives until the session is over. A stack that a handler has grown
// never shrinks to the smallest again, so a session that is about to rest goes
// on in a fresh goroutine, which waits at the top of a small one.
func (s *Session) loop() {
	goesOn, rests := false, false
	defer s.endUnless(&goesOn)
	for {
		if s.reader.Buffered() == 0 {
			if rests {
				goesOn = true
				go s.loop()
				return
			}
			s.out.wait()
		}
		before := s.heard.Load()
		if !s.next() {
			return
		}
		rests = !s.talked || s.heard.Load()-before > restAfter
		s.talked = true
	}
}

// endUnless ends the session when its goroutine ends, unless another goes on
// with it. That holds for a handler too that ends the goroutine with
// [runtime.Goexit], which no recover sees.
func (s *Session) endUnless(goesOn *bool) {
	if *goesOn {
		return
	}
	s.startClose(Close{Code: CodeInternalError, Reason: "internal error", By: ByServer})
	s.end()
}

// next receives one message and hands it on. It returns false when nothing more
// can be received. What comes after a close was sent is read only to find the
// peer's close frame behind it.
func (s *Session) next() bool {
	m, buffer, err := s.receive()
	if err != nil {
		s.fail(err)
		return false
	}
	defer s.hub.read.put(buffer)
	if !s.isClosed() {
		s.handle(func() error { return s.handler.OnMessage(s.ctx, s, m) })
	}
	return true
}

func (s *Session) open() error {
	return s.handler.OnOpen(s.ctx, s)
}

// handle runs one call of the handler and closes as its error demands.
func (s *Session) handle(call func() error) {
	s.handling.Store(true)
	if queued, _ := s.out.Queued(); queued > 0 {
		s.flushSoon()
	}
	err := guarded(call)
	s.handling.Store(false)
	if err != nil {
		s.fail(err)
	}
}

// guarded turns a panic of call into an error with the stack of the panic.
func guarded(call func() error) (err error) {
	defer func() {
		if exception := recover(); exception != nil {
			err = gerror.NewCodef(gcode.CodeInternalPanic, "handler panicked: %v", exception)
		}
	}()
	return call()
}

// fail closes as err demands: with the code that it carries, without a frame
// when the connection is broken, else with 1011 and a log entry.
func (s *Session) fail(err error) {
	var (
		closing *CloseError
		broken  *brokenError
	)
	switch {
	case errors.As(err, &broken):
		s.startClose(Close{Code: CodeAbnormal, By: ByNetwork, Err: broken.cause})
	case errors.As(err, &closing):
		s.startClose(Close{Code: closing.Code, Reason: closing.Reason, By: ByServer, Err: err})
	case errors.Is(err, ErrQueueFull):
		// The policy has closed it already.
	case errors.Is(err, ErrClosed), errors.Is(err, context.Canceled) && s.ctx.Err() != nil:
		// The handler met the end of the session: nothing went wrong with it.
		s.startClose(Close{Code: CodeAbnormal, By: ByNetwork, Err: err})
	default:
		s.hub.config.Logger.Errorf(s.ctx, "websocket session %s: %+v", s.id, err)
		s.startClose(Close{Code: CodeInternalError, Reason: "internal error", By: ByServer, Err: err})
	}
}

// end gives everything back and calls OnClose, once. Rooms are left first, since
// the peer may take its time to close.
func (s *Session) end() {
	s.ended.Do(func() {
		s.delist()
		s.linger()
		s.disconnect()
		s.hub.remove(s)
		defer s.hub.letGo()
		ctx, outcome := context.WithoutCancel(s.ctx), s.outcome()
		s.tell(ctx, outcome, s.handler.OnClose)
		if s.onClosed != nil {
			s.tell(ctx, outcome, s.onClosed)
		}
	})
}

// tell calls one who is told of the end, and logs a panic of it.
func (s *Session) tell(ctx context.Context, outcome Close, who func(context.Context, *Session, Close)) {
	if err := guarded(func() error { who(ctx, s, outcome); return nil }); err != nil {
		s.hub.config.Logger.Errorf(ctx, "websocket session %s: %+v", s.id, err)
	}
}
