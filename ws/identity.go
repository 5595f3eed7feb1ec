package ws

import "time"

// Identity is who a session belongs to, as the application has found out. The
// zero value is a stranger. Its fields are not changed after it was given to a
// session.
type Identity struct {
	// User is the person's id in the application; empty for a stranger. All
	// sessions of one User, such as the tabs of a browser, are one person.
	User string
	// Expires is when it stops to hold; zero for never.
	Expires time.Time
	// Claims is what else is known, such as the claims of a verified token. It
	// is only read.
	Claims map[string]any
}

// Known reports whether i is a person and not a stranger.
func (i Identity) Known() bool { return i.User != "" }

// User returns the id of the person whom the session belongs to, or "" for a
// stranger.
func (s *Session) User() string { return s.Identity().User }

// Identity returns who the session belongs to.
func (s *Session) Identity() Identity {
	if identity := s.identity.Load(); identity != nil {
		return *identity
	}
	return Identity{}
}
