//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package devcert

// tryLock always succeeds: this system offers no lock that ends with its process. Two processes
// that start at the same time for the first time may then mix their pairs; the next start makes a new one.
func tryLock(string) (release func(), busy bool, err error) {
	return func() {}, false, nil
}
