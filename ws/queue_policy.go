package ws

// QueuePolicy is what happens to a message for a peer whose queue is full.
type QueuePolicy int

const (
	// CloseSlow closes the peer with 1013.
	CloseSlow QueuePolicy = iota
	// DropOldest drops what has waited longest, for peers that want the newest
	// state only. Each drop is counted, see [Stats].
	DropOldest
	// DropNewest drops the new message. Each drop is counted.
	DropNewest
)

// makeRoom applies the policy to a full queue. It returns whether m may be
// queued now, and the error for the sender if not. s.writing must be held.
func (s *Session) makeRoom(m Message) (bool, error) {
	switch s.hub.config.QueueFull {
	case DropOldest:
		for !s.hasRoom(m) {
			if !s.out.DropOldest() {
				// All that is left is on its way to the kernel.
				s.hub.dropped.Add(1)
				return false, nil
			}
			s.hub.dropped.Add(1)
		}
		return true, nil
	case DropNewest:
		s.hub.dropped.Add(1)
		return false, nil
	default:
		s.startCloseLocked(s.slowClose())
		return false, ErrQueueFull
	}
}
