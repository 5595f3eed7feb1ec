package batchconn

import "syscall"

// attempt writes to a socket as much as it takes without waiting. It exists so
// that the function which the runtime calls is made once and not for each write.
type attempt struct {
	data []byte // what is left to write
	err  error
	try  func(fd uintptr) bool
}

func newAttempt() *attempt {
	a := &attempt{}
	a.try = a.tryWrite
	return a
}

// write returns what of p the socket has not taken.
func (a *attempt) write(raw syscall.RawConn, p []byte) (rest []byte, err error) {
	a.data, a.err = p, nil
	err = raw.Write(a.try)
	if err == nil {
		err = a.err
	}
	rest = a.data
	a.data, a.err = nil, nil
	return rest, err
}
