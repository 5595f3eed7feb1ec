// Package syncbuffer keeps what is written by several goroutines at once, such
// as the log of a server under test.
package syncbuffer

import (
	"bytes"
	"sync"
)

// Buffer collects what is written. The zero value is empty and ready, and must
// not be copied once it is used. All methods are safe for concurrent use.
type Buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements [io.Writer]. It never fails.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String returns all that was written so far.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
