//go:build !unix

package gfws_test

// keepSignals has nothing to keep: the roles are signalled on Unix only.
func keepSignals() {}
