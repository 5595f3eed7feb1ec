package gfws

import (
	"time"

	"github.com/gogf/gf/v2/os/glog"

	"github.com/gfws/gf-websocket/ws"
)

const (
	// Off switches a duration or a count off that may be; the configuration says
	// "off".
	Off = ws.Off
	// Unlimited takes a bound away; the configuration says "unlimited".
	Unlimited = ws.Unlimited
)

// Config is the node "websocket". manifest/config/config.yaml shows every key
// with its default. A zero number or duration means its default too.
type Config struct {
	// Paths are where the endpoint is served (paths). Default /ws and /wss.
	Paths []string
	// Subprotocols are offered, the preferred one first (subprotocols).
	Subprotocols []string
	Origin       OriginConfig
	Proxy        ProxyConfig
	Auth         AuthConfig
	Message      MessageConfig
	Signature    SignatureConfig
	Rate         RateConfig
	Connections  ConnectionsConfig
	Audit        AuditConfig
	Heartbeat    HeartbeatConfig
	Queue        QueueConfig
	Room         RoomConfig
	Push         PushConfig
	Compression  CompressionConfig
	Timeout      TimeoutConfig
	Drain        DrainConfig
	Console      ConsoleConfig
	AsyncAPI     AsyncAPIConfig
}

// OriginConfig tells which pages may connect.
type OriginConfig struct {
	// Allow lists origins, see [Origins] (origin.allow). Default the same host.
	Allow []string
	// Required refuses clients that send no Origin, which are not browsers
	// (origin.required). Default false.
	Required bool
}

// MessageConfig tells which messages are taken.
type MessageConfig struct {
	// Types are "text" and "binary" (message.types). Default both.
	Types []string
	// MaxSize is the most bytes of one message (message.maxSize). Default 64 KiB.
	MaxSize int64
	// MaxFragments is the most frames of one message (message.maxFragments).
	// Default 1,024.
	MaxFragments int
	// JSONDepth makes every message JSON whose lists and objects are in each
	// other at most that deep (message.jsonDepth). Default 0, for any message.
	JSONDepth int
	// Refuse is what a message gets that is not taken (message.refuse): "close"
	// closes its session, "answer" sends an error and goes on. What is too big or
	// no UTF-8 closes in any case. Default "close".
	Refuse string
}

// HeartbeatConfig tells how silent peers are found.
type HeartbeatConfig struct {
	// Interval is how long a peer may be silent before it is pinged
	// (heartbeat.interval). Default 25 s; may be Off.
	Interval time.Duration
	// Timeout is how long it may take to answer (heartbeat.timeout). Default
	// 10 s.
	Timeout time.Duration
}

// QueueConfig bounds what waits to be sent to one peer.
type QueueConfig struct {
	// MaxSize is in bytes (queue.maxSize). Default 1 MiB.
	MaxSize int64
	// MaxMessages is a count (queue.maxMessages). Default 1,024.
	MaxMessages int
	// Full is what happens to a message that does not fit (queue.full): "close"
	// closes the peer with 1013, "drop-oldest" and "drop-newest" drop. Default
	// "close".
	Full string
}

// CompressionConfig is permessage-deflate, RFC 7692.
type CompressionConfig struct {
	// Enabled offers it (compression.enabled). Default false.
	Enabled bool
	// Threshold is the size in bytes below which messages stay plain
	// (compression.threshold). Default 1 KiB.
	Threshold int64
	// Level is from 1, the fastest, to 9, the smallest (compression.level).
	// Default 1.
	Level int
}

// TimeoutConfig bounds single steps.
type TimeoutConfig struct {
	// Handshake bounds the answer to the upgrade (timeout.handshake). Default
	// 5 s.
	Handshake time.Duration
	// Write is how long a write may make no progress (timeout.write). Default
	// 10 s.
	Write time.Duration
	// Close is how long the peer's close frame is awaited (timeout.close).
	// Default 5 s.
	Close time.Duration
}

// DrainConfig tells how the server leaves.
type DrainConfig struct {
	// Timeout bounds it (drain.timeout). Default 15 s.
	Timeout time.Duration
	// Rate is how many sessions a second are closed (drain.rate). Default 1,000.
	Rate int
}

// ConsoleConfig places the page.
type ConsoleConfig struct {
	// Path is where the page is served (console.path); "off" or "" for no page.
	// Default "".
	Path string
}

// noPage is the word for no page.
const noPage = "off"

// served reports whether there is a page.
func (c ConsoleConfig) served() bool {
	return c.Path != "" && c.Path != noPage
}

// DefaultConfig returns what holds where neither configuration nor options say
// anything.
func DefaultConfig() Config {
	return Config{
		Paths:       []string{"/ws", "/wss"},
		Auth:        defaultAuth(),
		Signature:   SignatureConfig{Window: defaultWindow},
		Rate:        defaultRate(),
		Connections: defaultConnections(),
		Audit:       AuditConfig{Rate: 10},
		Message:     MessageConfig{Types: []string{"text", "binary"}, MaxSize: ws.DefaultMaxMessage, MaxFragments: ws.DefaultMaxFragments, Refuse: refuseByClose},
		Heartbeat:   HeartbeatConfig{Interval: ws.DefaultPingInterval, Timeout: ws.DefaultPongTimeout},
		Queue:       QueueConfig{MaxSize: ws.DefaultQueueBytes, MaxMessages: ws.DefaultQueueMessages, Full: "close"},
		Room:        defaultRoomConfig(),
		Push:        PushConfig{Path: defaultPushPath},
		Compression: CompressionConfig{
			Threshold: ws.DefaultCompressionThreshold,
			Level:     ws.DefaultCompressionLevel,
		},
		Timeout: TimeoutConfig{
			Handshake: ws.DefaultHandshakeTimeout,
			Write:     ws.DefaultWriteTimeout,
			Close:     ws.DefaultCloseTimeout,
		},
		Drain: DrainConfig{Timeout: ws.DefaultDrainTimeout, Rate: ws.DefaultDrainRate},
	}
}

// queuePolicies are the words of queue.full.
var queuePolicies = map[string]ws.QueuePolicy{
	"close":       ws.CloseSlow,
	"drop-oldest": ws.DropOldest,
	"drop-newest": ws.DropNewest,
}

// hub returns the part of c that bounds sessions.
func (c Config) hub(logger glog.ILogger) ws.Config {
	return ws.Config{
		MaxMessage:       c.Message.MaxSize,
		Subprotocols:     c.Subprotocols,
		HandshakeTimeout: c.Timeout.Handshake,
		WriteTimeout:     c.Timeout.Write,
		CloseTimeout:     c.Timeout.Close,
		PingInterval:     c.Heartbeat.Interval,
		PongTimeout:      c.Heartbeat.Timeout,
		QueueBytes:       c.Queue.MaxSize,
		QueueMessages:    c.Queue.MaxMessages,
		QueueFull:        queuePolicies[c.Queue.Full],
		MaxFragments:     c.Message.MaxFragments,
		MaxRooms:         c.Room.MaxPerSession,
		MaxRoomSize:      c.Room.MaxSize,
		Compression: ws.CompressionConfig{
			Enabled:   c.Compression.Enabled,
			Threshold: int(c.Compression.Threshold),
			Level:     c.Compression.Level,
		},
		DrainTimeout: c.Drain.Timeout,
		DrainRate:    c.Drain.Rate,
		Logger:       logger,
	}
}
