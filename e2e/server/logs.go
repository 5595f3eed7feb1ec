package server

import (
	"bytes"
	"sync"
)

// logs collects what a process writes. The zero value is empty and ready.
type logs struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

// Write appends data and never fails.
func (l *logs) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.Write(data)
}

// String returns all that was written so far.
func (l *logs) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.String()
}
