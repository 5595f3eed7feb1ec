package client

import "slices"

// resume says that a connection is open and a writer takes messages.
func (b *outbox) resume() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open = true
	signal(b.arrived)
}

// pause says that there is no connection any more. What was for that one alone
// goes; who waits for room finds out what the policy says now.
func (b *outbox) pause() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open = false
	b.waiting = slices.DeleteFunc(b.waiting, func(m *outgoing) bool {
		if m.passing {
			b.bytes -= len(m.data)
		}
		return m.passing
	})
	b.change()
}

// finish takes no more messages: senders get err. It returns a channel that is
// closed once the writer, if there is one, has sent all that was there.
func (b *outbox) finish(err error) (idle <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.end == nil {
		b.end = err
	}
	b.change()
	sent := make(chan struct{})
	if !b.open {
		close(sent)
		return sent
	}
	b.idle = sent
	signal(b.arrived)
	return sent
}

// empty takes everything out.
func (b *outbox) empty() []*outgoing {
	b.mu.Lock()
	defer b.mu.Unlock()
	left := b.waiting
	b.waiting, b.bytes = nil, 0
	return left
}
