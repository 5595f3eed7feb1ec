// Package guard tests the rules that an application makes in code, in a host that is
// built and runs as a process, and each key of the configuration that belongs to the
// guard, in the built binary. Both are talked to over real sockets.
package guard
