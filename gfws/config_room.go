package gfws

// RoomConfig bounds rooms, see [ws.Session.Join].
type RoomConfig struct {
	// MaxPerSession is the most rooms that one session may be in
	// (room.maxPerSession). Default 100; may be Unlimited.
	MaxPerSession int
	// MaxSize is the most sessions of this node that may be in one room
	// (room.maxSize). Default 10,000; may be Unlimited.
	MaxSize int
}

// read reads the keys of rooms.
func (c *RoomConfig) read(n *node) {
	n.countOrUnlimited("maxPerSession", &c.MaxPerSession)
	n.countOrUnlimited("maxSize", &c.MaxSize)
}

// fill puts the default in the place of zero.
func (c *RoomConfig) fill(def RoomConfig) {
	fillZero(&c.MaxPerSession, def.MaxPerSession)
	fillZero(&c.MaxSize, def.MaxSize)
}
