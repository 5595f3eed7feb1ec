package ws

import "sync"

// readBuffers shares the buffers that messages are read into.
type readBuffers struct{ pool sync.Pool }

const (
	// firstRead is the size of a new read buffer.
	firstRead = 4 << 10
	// largestRead is the largest read buffer worth keeping.
	largestRead = 64<<10 + 1<<10
)

func (b *readBuffers) get() *[]byte {
	if buffer, ok := b.pool.Get().(*[]byte); ok {
		return buffer
	}
	buffer := make([]byte, 0, firstRead)
	return &buffer
}

func (b *readBuffers) put(buffer *[]byte) {
	if cap(*buffer) > largestRead {
		return
	}
	*buffer = (*buffer)[:0]
	b.pool.Put(buffer)
}
