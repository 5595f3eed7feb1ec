// Package peers holds the tests of the built binary against clients that are not ours:
// Node's ws, Python's websockets, and raw TCP that breaks the protocol on purpose.
package peers
