package ws

import (
	"slices"
	"unicode/utf8"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// MaxRoomName is the most bytes that the name of a room may have.
const MaxRoomName = 256

var (
	// ErrRoomName is returned for a room whose name is empty, longer than
	// MaxRoomName or no UTF-8.
	ErrRoomName = gerror.NewCode(gcode.CodeInvalidParameter, "room name must be 1 to 256 bytes of UTF-8")
	// ErrRoomFull is returned where Config.MaxRoomSize sessions are in the room.
	ErrRoomFull = gerror.NewCode(gcode.CodeServerBusy, "room is full")
	// ErrRoomBusy is returned where Config.OnPresence is thousands of joins and
	// leaves behind in the room.
	ErrRoomBusy = gerror.NewCode(gcode.CodeServerBusy, "room is busy")
	// ErrTooManyRooms is returned to a session in Config.MaxRooms rooms.
	ErrTooManyRooms = gerror.NewCode(gcode.CodeInvalidOperation, "session is in too many rooms")
)

// Join lets the session into a room, which begins with its first member. What
// is sent to the room after Join has returned reaches the session. Joining
// again does nothing.
//
// It fails with [ErrRoomName], with [ErrMute] for a session that has not
// authenticated yet, with what Config.AuthorizeJoin says, with
// [ErrTooManyRooms], with [ErrRoomFull] or [ErrRoomBusy], and with [ErrClosed]
// once the session is closing; then nothing has changed. A session leaves its
// rooms by itself when it ends, before OnClose.
func (s *Session) Join(room string) error {
	if room == "" || len(room) > MaxRoomName || !utf8.ValidString(room) {
		return ErrRoomName
	}
	if s.In(room) {
		return nil
	}
	if s.Muted() {
		return ErrMute
	}
	if authorize := s.hub.config.AuthorizeJoin; authorize != nil {
		if err := guarded(func() error { return authorize(s.ctx, s, room) }); err != nil {
			return gerror.Wrapf(err, "room %q cannot be joined", room)
		}
	}
	m, err := s.enterRoom(room)
	if err != nil || m == nil {
		return err
	}
	m.group.tell()
	return nil
}

// Leave takes the session out of a room and reports whether it was in. What is
// sent to the room after Leave has returned does not reach the session; what
// was queued before still does.
func (s *Session) Leave(room string) bool {
	s.joining.Lock()
	m := s.rooms[room]
	if m != nil {
		delete(s.rooms, room)
		m.group.exit(m)
	}
	s.joining.Unlock()
	if m == nil {
		return false
	}
	m.group.tell()
	return true
}

// Rooms returns the rooms that the session is in, by name.
func (s *Session) Rooms() []string {
	s.joining.Lock()
	defer s.joining.Unlock()
	rooms := make([]string, 0, len(s.rooms))
	for room := range s.rooms {
		rooms = append(rooms, room)
	}
	slices.Sort(rooms)
	return rooms
}

// In reports whether the session is in a room.
func (s *Session) In(room string) bool {
	s.joining.Lock()
	defer s.joining.Unlock()
	return s.rooms[room] != nil
}

// enterRoom returns the new membership, or nil where there was one already.
func (s *Session) enterRoom(room string) (*membership, error) {
	closed := s.isClosed()
	s.joining.Lock()
	defer s.joining.Unlock()
	switch limit := s.hub.config.MaxRooms; {
	case closed || s.standing != listed:
		return nil, ErrClosed
	case s.rooms[room] != nil:
		return nil, nil
	case limit != Unlimited && len(s.rooms) >= limit:
		return nil, ErrTooManyRooms
	}
	m := &membership{session: s, user: s.User()}
	if err := s.hub.rooms.enter(room, m, s.hub.config.MaxRoomSize); err != nil {
		return nil, err
	}
	if s.rooms == nil {
		s.rooms = make(map[string]*membership)
	}
	s.rooms[m.group.topic.Name] = m
	return m, nil
}
