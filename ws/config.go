package ws

import (
	"cmp"
	"context"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/glog"
)

const (
	// Off switches a duration of [Config] off. Zero means its default instead,
	// so that an empty Config is a safe one.
	Off time.Duration = -1
	// Unlimited takes a bound of [Config] away.
	Unlimited = -1
)

// The defaults of [Config].
const (
	DefaultMaxMessage       = 64 << 10
	DefaultMaxFragments     = 1024
	DefaultHandshakeTimeout = 5 * time.Second
	DefaultWriteTimeout     = 10 * time.Second
	DefaultCloseTimeout     = 5 * time.Second
	DefaultPingInterval     = 25 * time.Second
	DefaultPongTimeout      = 10 * time.Second
	DefaultQueueBytes       = 1 << 20
	DefaultQueueMessages    = 1024
	DefaultMaxRooms         = 100
	DefaultMaxRoomSize      = 10000
	DefaultDrainTimeout     = 15 * time.Second
	DefaultDrainRate        = 1000
)

// Config bounds the sessions of a [Hub]. The zero value of every field means
// its default; Off and Unlimited are said in so many words.
type Config struct {
	// MaxMessage is the most bytes of one message, all fragments together. A
	// larger one closes with 1009. Default 64 KiB.
	MaxMessage int64
	// MaxFragments is the most frames that one message may come in. More close
	// with 1009. Default 1,024.
	MaxFragments int
	// Subprotocols are offered to clients, the preferred one first. Default
	// none, which answers no subprotocol whatever the client asks for.
	Subprotocols []string

	// HandshakeTimeout bounds the writing of the upgrade's answer. Default 5 s.
	HandshakeTimeout time.Duration
	// WriteTimeout is how long a write may make no progress before the peer
	// counts as gone. Default 10 s.
	WriteTimeout time.Duration
	// CloseTimeout is how long a close frame waits for the peer's before the
	// connection is cut. Default 5 s.
	CloseTimeout time.Duration

	// PingInterval is how long a peer may be silent before it is pinged.
	// Default 25 s; Off sends no pings.
	PingInterval time.Duration
	// PongTimeout is how long a ping may stay unanswered before the peer counts
	// as gone. Default 10 s.
	PongTimeout time.Duration

	// QueueBytes and QueueMessages bound what waits to be sent to one peer.
	// Default 1 MiB and 1,024.
	QueueBytes    int64
	QueueMessages int
	// QueueFull is what happens then. Default CloseSlow.
	QueueFull QueuePolicy

	// Compression is permessage-deflate, RFC 7692. Default off.
	Compression CompressionConfig

	// MaxRooms is the most rooms that one session may be in, and MaxRoomSize the
	// most sessions of this node that may be in one room. Default 100 and 10,000.
	MaxRooms    int
	MaxRoomSize int
	// AuthorizeJoin is asked before a session joins a room; an error refuses and
	// is what [Session.Join] returns, wrapped. It may take its time: no other
	// session waits for it. Default nil, which lets everyone into every room.
	AuthorizeJoin func(ctx context.Context, s *Session, room string) error
	// OnPresence is told who joins and leaves a room, in the order in which it
	// happens and never two of one room at a time. It runs where the room was
	// joined or left, and while it does what happens next in the room waits to
	// be told, but nobody waits: so it may be called a little after Join has
	// returned. It may use the hub, this room included. Its context carries the
	// values of the session's, and is not cancelled. Default nil.
	OnPresence func(ctx context.Context, p Presence)
	// Broker connects the hub with those of other nodes. Default nil, for one
	// node alone.
	Broker Broker

	// DrainTimeout is how long [Hub.Shutdown] takes at most. Default 15 s.
	DrainTimeout time.Duration
	// DrainRate is how many sessions a second Shutdown closes, so that their
	// clients do not all come back at once. Default 1,000.
	DrainRate int

	// Logger gets panics and errors of handlers. Default glog's default logger.
	Logger glog.ILogger
}

// normalize returns config with the defaults filled in, or an error that names
// the field that makes no sense.
func (c Config) normalize() (Config, error) {
	for _, check := range []func() error{c.normalizeDurations, c.normalizeBounds, c.Compression.normalize} {
		if err := check(); err != nil {
			return c, err
		}
	}
	if c.Logger == nil {
		c.Logger = glog.DefaultLogger()
	}
	return c, nil
}

func (c *Config) normalizeDurations() error {
	for _, d := range []struct {
		name   string
		value  *time.Duration
		def    time.Duration
		canOff bool
	}{
		{"HandshakeTimeout", &c.HandshakeTimeout, DefaultHandshakeTimeout, false},
		{"WriteTimeout", &c.WriteTimeout, DefaultWriteTimeout, false},
		{"CloseTimeout", &c.CloseTimeout, DefaultCloseTimeout, false},
		{"PingInterval", &c.PingInterval, DefaultPingInterval, true},
		{"PongTimeout", &c.PongTimeout, DefaultPongTimeout, false},
		{"DrainTimeout", &c.DrainTimeout, DefaultDrainTimeout, false},
	} {
		switch {
		case *d.value == 0:
			*d.value = d.def
		case *d.value == Off && d.canOff:
		case *d.value < 0:
			return gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s cannot be %s", d.name, *d.value)
		}
	}
	return nil
}

func (c *Config) normalizeBounds() error {
	return cmp.Or(
		bound("MaxMessage", &c.MaxMessage, DefaultMaxMessage),
		bound("MaxFragments", &c.MaxFragments, DefaultMaxFragments),
		bound("QueueBytes", &c.QueueBytes, DefaultQueueBytes),
		bound("QueueMessages", &c.QueueMessages, DefaultQueueMessages),
		bound("MaxRooms", &c.MaxRooms, DefaultMaxRooms),
		bound("MaxRoomSize", &c.MaxRoomSize, DefaultMaxRoomSize),
		bound("DrainRate", &c.DrainRate, DefaultDrainRate),
	)
}

// bound fills in the default of a field, and refuses what is below zero and not
// Unlimited.
func bound[T int | int64](name string, value *T, def T) error {
	if *value == 0 {
		*value = def
	}
	if *value < 0 && *value != Unlimited {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s cannot be %d", name, *value)
	}
	return nil
}
