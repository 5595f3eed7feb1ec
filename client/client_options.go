package client

import (
	"encoding/json"
	"math/rand/v2"
	"time"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// What a zero field of [ClientOptions] means.
const (
	DefaultBackoffMin       = 200 * time.Millisecond
	DefaultBackoffMax       = 20 * time.Second
	DefaultQueueMessages    = 1024
	DefaultQueueBytes       = 1 << 20
	DefaultMaxIncoming      = 1024
	DefaultMaxIncomingBytes = 4 << 20
	DefaultPingInterval     = 25 * time.Second
	DefaultPongTimeout      = 10 * time.Second
)

// ClientOptions says how a [Client] connects, waits and tells. The zero value
// is ready to use; a negative number is an error.
//
// The On functions may call anything of the client, but the client waits for
// them: they must return soon, and must not wait for a call of theirs. OnState
// and OnRejoin are called one at a time, OnDrop and OnError from any goroutine.
type ClientOptions struct {
	// Dial says how each connection is made. Its Token is asked for a token
	// before each.
	Dial Options

	// Backoff bounds the waits between connections.
	Backoff Backoff

	// Queue bounds what waits to be sent.
	Queue Queue

	// MaxIncoming is how many messages of the server may be handled or wait for
	// their handlers. Zero means 1024. Beyond, calls are answered with an error
	// and notifications are dropped, which OnDrop tells.
	MaxIncoming int

	// MaxIncomingBytes bounds the bytes of those messages. Zero means 4 MiB.
	// One message is always taken.
	MaxIncomingBytes int64

	// PingInterval is how often the server is asked for a sign of life. Zero
	// means 25 seconds.
	PingInterval time.Duration

	// PongTimeout is how long it may take to give it, before the connection
	// counts as lost. Zero means 10 seconds.
	PongTimeout time.Duration

	// Terminal says whether to stay away after the server has closed with code.
	// Nil means [IsTerminal].
	Terminal func(code ws.Code) bool

	// OnState is told each new state, in order.
	OnState func(State)

	// OnRejoin is told of each room that was joined again after a reconnect:
	// what the server answered, or the error with which it refused. A room that
	// was refused is no longer joined.
	OnRejoin func(room string, joined *Joined, err error)

	// OnDrop is told each message that was taken and then given up: it had to
	// leave the queue, was left there at the end, or came from the server and
	// found no room. A call that is dropped fails with [ErrDropped] as well.
	OnDrop func(Dropped)

	// OnError is told what no caller learns: handlers that panicked or got
	// params of another type, messages of the server that are no JSON-RPC,
	// tokens that could not be renewed.
	OnError func(error)

	// Clock tells the time and measures waits. Nil means the system's.
	Clock Clock

	// Jitter returns a random duration of at least 0 and less than ceiling. Nil
	// means an even spread: full jitter, so that the clients of a restarted
	// server do not all come back at once.
	Jitter func(ceiling time.Duration) time.Duration
}

// Backoff bounds the waits between tries to connect. After one that has failed
// the client waits a random time of less than Min, after each further one of
// less than twice as long, and never as long as Max. What the server asks for
// comes on top.
type Backoff struct {
	Min time.Duration // zero means 0.2 seconds, or Max if that is less
	Max time.Duration // zero means 20 seconds; not less than Min
}

// Queue bounds what waits to be sent. While the connection is open, callers wait
// for room as long as their contexts allow; while it is not, Policy decides.
type Queue struct {
	Messages int // zero means 1024
	Bytes    int // zero means 1 MiB; a larger message is refused always
	Policy   QueuePolicy
}

// QueuePolicy says what becomes of a message that has no room in the queue while
// there is no connection.
type QueuePolicy int

const (
	// RefuseNewest refuses the new message: its caller gets [ErrDropped].
	RefuseNewest QueuePolicy = iota
	// DropOldest gives up the messages that have waited longest.
	DropOldest
	// KeepNothing refuses every message while there is no connection.
	KeepNothing
)

// Dropped is a message that was given up.
type Dropped struct {
	Method   string
	Params   json.RawMessage // nil when there were none
	Incoming bool            // came from the server and found no room; else it was not sent
}

// withDefaults returns o checked and with its zero fields filled in.
func (o ClientOptions) withDefaults() (ClientOptions, error) {
	if err := o.check(); err != nil {
		return o, err
	}
	setDefault(&o.Dial.CloseTimeout, DefaultCloseTimeout)
	setDefault(&o.Dial.HandshakeTimeout, DefaultHandshakeTimeout)
	setDefault(&o.Backoff.Max, max(DefaultBackoffMax, o.Backoff.Min))
	setDefault(&o.Backoff.Min, min(DefaultBackoffMin, o.Backoff.Max))
	setDefault(&o.Queue.Messages, DefaultQueueMessages)
	setDefault(&o.Queue.Bytes, DefaultQueueBytes)
	setDefault(&o.MaxIncoming, DefaultMaxIncoming)
	setDefault(&o.MaxIncomingBytes, DefaultMaxIncomingBytes)
	setDefault(&o.PingInterval, DefaultPingInterval)
	setDefault(&o.PongTimeout, DefaultPongTimeout)
	if o.Terminal == nil {
		o.Terminal = IsTerminal
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Jitter == nil {
		o.Jitter = func(ceiling time.Duration) time.Duration { return rand.N(ceiling) }
	}
	return o, nil
}

func (o ClientOptions) check() error {
	if _, err := o.Dial.withDefaults(); err != nil {
		return err
	}
	if err := checkNotNegative([]number{
		{"Backoff.Min", int64(o.Backoff.Min)},
		{"Backoff.Max", int64(o.Backoff.Max)},
		{"Queue.Messages", int64(o.Queue.Messages)},
		{"Queue.Bytes", int64(o.Queue.Bytes)},
		{"MaxIncoming", int64(o.MaxIncoming)},
		{"MaxIncomingBytes", o.MaxIncomingBytes},
		{"PingInterval", int64(o.PingInterval)},
		{"PongTimeout", int64(o.PongTimeout)},
	}); err != nil {
		return err
	}
	if o.Backoff.Max != 0 && o.Backoff.Max < max(o.Backoff.Min, 1) {
		return gerror.NewCode(gcode.CodeInvalidParameter, "Backoff.Max is less than Backoff.Min")
	}
	if o.Queue.Policy < RefuseNewest || o.Queue.Policy > KeepNothing {
		return gerror.NewCode(gcode.CodeInvalidParameter, "Queue.Policy is none of the known ones")
	}
	return nil
}
