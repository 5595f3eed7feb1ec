package gfws

import (
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// RoomConfig bounds rooms, see [ws.Session.Join].
type RoomConfig struct {
	// MaxPerSession is the most rooms that one session may be in
	// (room.maxPerSession). Default 100; may be Unlimited.
	MaxPerSession int
	// MaxSize is the most sessions of this node that may be in one room
	// (room.maxSize). Default 10,000; may be Unlimited.
	MaxSize int
	// History is how many messages of each room are kept, for those who join
	// later (room.history). Only with [RoomService]. Default 100.
	History int
	// Keep is how long they are kept once nobody is in the room (room.keep).
	// Default 10 min.
	Keep time.Duration
}

func defaultRoomConfig() RoomConfig {
	return RoomConfig{MaxPerSession: ws.DefaultMaxRooms, MaxSize: ws.DefaultMaxRoomSize, History: 100, Keep: 10 * time.Minute}
}

// read reads the keys of rooms.
func (c *RoomConfig) read(n *node) {
	n.countOrUnlimited("maxPerSession", &c.MaxPerSession)
	n.countOrUnlimited("maxSize", &c.MaxSize)
	n.count("history", &c.History)
	n.duration("keep", &c.Keep)
}

// fill puts the default in the place of zero.
func (c *RoomConfig) fill(def RoomConfig) {
	fillZero(&c.MaxPerSession, def.MaxPerSession)
	fillZero(&c.MaxSize, def.MaxSize)
	fillZero(&c.History, def.History)
	fillZero(&c.Keep, def.Keep)
}

// maxHistory is the most messages of one room that are worth keeping in memory.
const maxHistory = 1000

func (c *RoomConfig) validate() error {
	if c.History < 1 || c.History > maxHistory {
		return invalid("room.history", "must be from 1 to %d, not %s", maxHistory, amount(int64(c.History)))
	}
	if c.Keep < 0 {
		return invalid("room.keep", "%s is below zero", c.Keep)
	}
	return nil
}
