//go:build !unix

package lazyread

// canTry tells that a socket cannot be read without waiting.
const canTry = false

func (r *Reader) tryRead(uintptr) bool {
	return true
}
