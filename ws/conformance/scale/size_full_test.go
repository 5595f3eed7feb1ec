//go:build linux && !race

package scale_test

// connections is how many each test makes, wave how many of them at once where
// not all are.
const (
	connections = 10_000
	wave        = 500
)
