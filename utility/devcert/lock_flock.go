//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package devcert

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes an advisory lock on the file, or reports that somebody else has it.
func tryLock(path string) (release func(), busy bool, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return func() { _ = file.Close() }, false, nil
	}
	_ = file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return nil, true, nil
	}
	return nil, false, err
}
