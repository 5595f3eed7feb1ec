// Package load is the load generator: it opens connections to one server, keeps
// messages in flight, checks every one that comes back, and reports how many
// came, how long they took and what the server spent.
package load

import "time"

// Kind is what the connections do.
type Kind string

const (
	// Echo sends on every connection and awaits the same back.
	Echo Kind = "echo"
	// Broadcast sends on one connection and awaits it on all.
	Broadcast Kind = "broadcast"
	// Idle exchanges one message on every connection, holds them open, and
	// exchanges another.
	Idle Kind = "idle"
)

// Spec is one measurement.
type Spec struct {
	Kind    Kind
	Address string // of the server
	PID     int    // of the server, whose CPU time is read

	Raw     bool // plain TCP, no WebSocket
	TLS     bool
	Deflate bool // compression is agreed on and messages are sent compressed
	Calls   bool // messages are JSON-RPC calls with a text of Size, echoed in the result

	Connections int
	Stalled     int // how many of Connections never read; Broadcast only
	Size        int // of a message in bytes, at least MinSize
	InFlight    int // messages, on each connection or in the whole broadcast
	// Batched sends the InFlight messages in one write and the next ones when
	// all have come back. Otherwise each message that comes back is followed by
	// one more in a write of its own.
	Batched bool

	Warmup         time.Duration // not measured
	WarmupMessages int64         // that must have come, too, before it is over
	Duration       time.Duration // measured
}

// Result is what one measurement found.
type Result struct {
	Messages int64         // that came back; for a broadcast, deliveries
	Elapsed  time.Duration // in which they came
	CPU      time.Duration // of the server meanwhile
	P50, P99 time.Duration // from the write of a message to its return
	// Stuck tells that nothing came any more, so that the rest is zero.
	Stuck bool
}

// MinSize is the smallest message: it carries who sent it and its number.
const MinSize = 16

// stuckAfter is how long nothing may come back. It is longer than any server
// needs for a broadcast, and shorter than any write timeout.
const stuckAfter = 3 * time.Second
