package batchconn

// WriteShared is WriteMessage for a message that many connections send: p is
// one whole message, is kept instead of copied where nothing else waits, and
// must never change. It returns whether somebody has to flush for it, since no
// flush is under way or awaited.
func (c *Conn) WriteShared(p []byte) (flush bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting() > 0 {
		err = c.appendMessage(nil, p)
	} else {
		err = c.share(p)
	}
	if err != nil || c.flushing || c.scheduled {
		return false, err
	}
	return true, nil
}

// share makes p all that waits.
func (c *Conn) share(p []byte) error {
	if c.err != nil {
		return c.err
	}
	if c.options.MaxPending > 0 && c.inflight+len(p) > c.options.MaxPending {
		return ErrFull
	}
	c.release()
	c.shared = p
	return nil
}

// own copies a shared message into the connection's buffer, for more to follow.
func (c *Conn) own() {
	if c.shared == nil {
		return
	}
	p := c.shared
	c.shared = nil
	c.pending = c.options.Buffers.get()
	c.pending.data = append(c.pending.data, p...)
	c.pending.messages = append(c.pending.messages, span{0, len(p)})
}

// waiting returns how many bytes no flush has taken yet.
func (c *Conn) waiting() int {
	return c.pending.len() + len(c.shared)
}

// messages returns how many messages no flush has taken yet.
func (c *Conn) messages() int {
	if c.shared != nil {
		return 1
	}
	return c.pending.count()
}
