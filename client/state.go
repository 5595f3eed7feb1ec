package client

import (
	"strconv"
	"sync"
	"time"
)

// Phase is what a [Client] is doing.
type Phase int

const (
	// PhaseIdle is before Connect.
	PhaseIdle Phase = iota
	// PhaseConnecting is while a connection is made, authenticated, and joins
	// its rooms.
	PhaseConnecting
	// PhaseOpen is while messages go both ways.
	PhaseOpen
	// PhaseWaiting is between two tries to connect.
	PhaseWaiting
	// PhaseClosed is the end, by Close or since another try is pointless.
	PhaseClosed
)

// String returns the phase in a word.
func (p Phase) String() string {
	switch p {
	case PhaseIdle:
		return "idle"
	case PhaseConnecting:
		return "connecting"
	case PhaseOpen:
		return "open"
	case PhaseWaiting:
		return "waiting"
	case PhaseClosed:
		return "closed"
	default:
		return "phase " + strconv.Itoa(int(p))
	}
}

// State is what a [Client] is doing and why.
type State struct {
	Phase Phase
	// Attempt counts the tries since a connection was last stable, which takes
	// 10 seconds: 1 for the first.
	Attempt int
	// Next is when the next try begins; zero unless the phase is PhaseWaiting.
	Next time.Time
	// Err is what the last connection, or the try to make it, ended with. It is
	// nil in PhaseIdle, PhaseOpen and before the first failure.
	Err error
}

// State returns what the client is doing. ClientOptions.OnState is told each
// change.
func (c *Client) State() State { return c.state.get() }

// setState is called by the running goroutine alone, so states come in order.
func (c *Client) setState(s State) {
	c.state.set(s)
	if c.options.OnState != nil {
		c.options.OnState(s)
	}
}

// stateBox holds the state. The zero value is idle.
type stateBox struct {
	mu    sync.Mutex
	state State
}

func (b *stateBox) get() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}

func (b *stateBox) set(s State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state = s
}
