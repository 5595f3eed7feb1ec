package ws

import "context"

// Handler is what a host writes. One Handler serves many sessions at once, and
// so must be safe for concurrent use; the calls of one session never overlap.
//
// A panic in any of them is logged with its stack and closes that session with
// 1011; the process goes on.
type Handler interface {
	// OnOpen is called first, after the handshake was answered. An error
	// refuses the session: it closes with 1011, or as a [CloseError] says.
	OnOpen(ctx context.Context, s *Session) error

	// OnMessage is called for each message, in order. While it runs no further
	// message is read. An error closes the session as with OnOpen. See
	// [Message] for how long its data may be used.
	OnMessage(ctx context.Context, s *Session, m Message) error

	// OnClose is called last, exactly once, whatever ended the session, a
	// refusal by OnOpen included. Nothing can be sent any more. Its context
	// carries the values of the session's but is not cancelled.
	OnClose(ctx context.Context, s *Session, c Close)
}

// HandlerFuncs is a [Handler] of functions; a nil one does nothing.
type HandlerFuncs struct {
	Open    func(ctx context.Context, s *Session) error
	Message func(ctx context.Context, s *Session, m Message) error
	Close   func(ctx context.Context, s *Session, c Close)
}

// OnOpen calls f.Open.
func (f HandlerFuncs) OnOpen(ctx context.Context, s *Session) error {
	if f.Open == nil {
		return nil
	}
	return f.Open(ctx, s)
}

// OnMessage calls f.Message.
func (f HandlerFuncs) OnMessage(ctx context.Context, s *Session, m Message) error {
	if f.Message == nil {
		return nil
	}
	return f.Message(ctx, s, m)
}

// OnClose calls f.Close.
func (f HandlerFuncs) OnClose(ctx context.Context, s *Session, c Close) {
	if f.Close != nil {
		f.Close(ctx, s, c)
	}
}
