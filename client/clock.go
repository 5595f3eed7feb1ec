package client

import "time"

// Clock tells the time and measures waits; a test may bring one of its own. It
// must be safe for concurrent use.
type Clock interface {
	// Now returns the present time.
	Now() time.Time
	// Timer returns a channel that gets a value once d is over, and a function
	// that gives the timer up, which may be called at any time.
	Timer(d time.Duration) (fired <-chan time.Time, stop func())
}

// systemClock is the clock of the system.
type systemClock struct{}

// Now implements [Clock].
func (systemClock) Now() time.Time { return time.Now() }

// Timer implements [Clock].
func (systemClock) Timer(d time.Duration) (<-chan time.Time, func()) {
	timer := time.NewTimer(d)
	return timer.C, func() { timer.Stop() }
}
