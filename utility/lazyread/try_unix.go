//go:build unix

package lazyread

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// canTry tells that a socket can be read without waiting.
const canTry = true

// tryRead reads what is there. It returns false when nothing is, and the
// runtime then waits until it calls again.
func (r *Reader) tryRead(fd uintptr) bool {
	chunk := r.chunks.get()
	for {
		n, err := syscall.Read(int(fd), chunk[:])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EAGAIN):
			r.chunks.pool.Put(chunk)
			return false
		case err != nil:
			err = &net.OpError{Op: "read", Net: "tcp", Source: r.conn.LocalAddr(), Addr: r.conn.RemoteAddr(), Err: os.NewSyscallError("read", err)}
		}
		r.finish(chunk, n, err)
		return true
	}
}
