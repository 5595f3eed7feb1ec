//go:build unix

package batchconn

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// rawConn returns the socket of conn, or nil where a write may not be tried on
// it, such as under TLS.
func rawConn(conn net.Conn) syscall.RawConn {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// tryWrite writes until the socket takes no more. It always returns true, so
// that the runtime does not wait.
func (a *attempt) tryWrite(fd uintptr) bool {
	for len(a.data) > 0 {
		n, err := syscall.Write(int(fd), a.data[:min(len(a.data), chunk)])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EAGAIN):
			return true
		case err != nil:
			a.err = &net.OpError{Op: "write", Net: "tcp", Err: os.NewSyscallError("write", err)}
			return true
		}
		a.data = a.data[n:]
	}
	return true
}
