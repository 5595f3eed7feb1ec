//go:build !linux || race

package scale_test

// connections and wave are less than in full where the race detector makes each
// ten times as dear, or the system has too few ports for that many.
const (
	connections = 1_000
	wave        = 250
)
