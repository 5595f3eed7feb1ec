//go:build !unix

package batchconn

import (
	"net"
	"syscall"
)

// rawConn tells that a write cannot be tried without waiting.
func rawConn(net.Conn) syscall.RawConn {
	return nil
}

func (a *attempt) tryWrite(uintptr) bool {
	return true
}
