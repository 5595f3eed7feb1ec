package ws

import "context"

// Permission decides whether somebody may do something: action is the method
// of a JSON-RPC call, or the type of a message, "text" or "binary", where
// messages have no names. An error forbids it, and its text is for the peer. A
// Permission is called concurrently.
type Permission func(ctx context.Context, identity Identity, action string) error

// Can asks whether whom the session belongs to may do action, and returns why
// not. Where nothing was set in [Opening.Can] everybody may do everything.
func (s *Session) Can(ctx context.Context, action string) error {
	if s.can == nil {
		return nil
	}
	return s.can(ctx, s.Identity(), action)
}

// ActionHandler is a [Handler] that asks [Session.Can] itself, by a name for
// what each message asks for. For other handlers gfws asks by the type of the
// message.
type ActionHandler interface {
	Handler
	// ChecksActions does nothing: to have it is to promise it.
	ChecksActions()
}

// Unmute lets everything be sent to a session that was opened mute. What was
// replied so far leaves at once.
func (s *Session) Unmute() {
	s.writing.Lock()
	s.mute = false
	s.writing.Unlock()
	s.out.FlushAsync()
}

// Muted reports whether the session has been opened mute and not unmuted yet.
func (s *Session) Muted() bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.mute
}
