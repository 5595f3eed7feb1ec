package ws

// standing tells whether a session may be in groups.
type standing uint8

const (
	unlisted standing = iota // not open yet
	listed
	delisted // ended: it enters nothing any more
)

// list makes the session known to its hub by its id and its user.
func (s *Session) list() {
	s.joining.Lock()
	s.standing = listed
	s.hub.directory.add(s)
	person := s.enterUser()
	s.joining.Unlock()
	person.tell()
}

// delist takes the session out of its rooms and away from its user. Whatever
// races it enters nothing afterwards.
func (s *Session) delist() {
	s.joining.Lock()
	left := make([]*group, 0, len(s.rooms)+1)
	for _, m := range s.rooms {
		m.group.exit(m)
		left = append(left, m.group)
	}
	left = append(left, s.exitUser())
	s.rooms, s.standing = nil, delisted
	s.joining.Unlock()
	for _, g := range left {
		g.tell()
	}
}

// SetIdentity gives the session to somebody else from now on, such as to one
// who has authenticated in a message, or renews what was known. What is sent to
// the former user after it has returned does not reach the session. The session
// stays in its rooms.
func (s *Session) SetIdentity(identity Identity) {
	for _, g := range s.become(identity) {
		g.tell()
	}
	if s.onIdentity != nil {
		s.onIdentity(s)
	}
}

// become stores identity and returns the groups in which something happened.
func (s *Session) become(identity Identity) []*group {
	s.joining.Lock()
	defer s.joining.Unlock()
	before := s.User()
	s.identity.Store(&identity)
	if s.standing != listed || before == identity.User {
		return nil
	}
	changed := make([]*group, 0, len(s.rooms)+2)
	changed = append(changed, s.exitUser(), s.enterUser())
	for _, m := range s.rooms {
		m.group.rename(m, identity.User)
		changed = append(changed, m.group)
	}
	return changed
}

// enterUser puts the session among those of its user and returns their group,
// which is nil for a stranger. s.joining must be held.
func (s *Session) enterUser() *group {
	user := s.User()
	if user == "" {
		return nil
	}
	s.person = &membership{session: s, user: user}
	// There is no limit, and so no error.
	_ = s.hub.users.enter(user, s.person, Unlimited)
	return s.person.group
}

// exitUser is the reverse of enterUser.
func (s *Session) exitUser() *group {
	if s.person == nil {
		return nil
	}
	g := s.person.group
	g.exit(s.person)
	s.person = nil
	return g
}
