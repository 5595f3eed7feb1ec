package batchconn

import "sync"

const (
	// firstBuffer is the size of a new buffer: a batch of small messages.
	firstBuffer = 4 << 10
	// largestKept is the largest buffer worth keeping: one burst must not hold
	// its memory for ever.
	largestKept = 64 << 10
)

// Buffers shares buffers among the connections of one owner, so that one with
// nothing to send holds none. The zero value is ready, and safe for concurrent
// use.
type Buffers struct {
	pool     sync.Pool
	attempts sync.Pool
}

func (b *Buffers) attempt() *attempt {
	if a, ok := b.attempts.Get().(*attempt); ok {
		return a
	}
	return newAttempt()
}

func (b *Buffers) giveBack(a *attempt) {
	b.attempts.Put(a)
}

func (b *Buffers) get() *buffer {
	if buffer, ok := b.pool.Get().(*buffer); ok {
		return buffer
	}
	return &buffer{data: make([]byte, 0, firstBuffer)}
}

func (b *Buffers) put(buffer *buffer) {
	if cap(buffer.data) > largestKept {
		return
	}
	buffer.reset()
	b.pool.Put(buffer)
}

// buffer holds frames, and knows where the messages are among them.
type buffer struct {
	data     []byte
	head     int    // where what is not dropped begins
	messages []span // whole messages, oldest first
	first    int    // the oldest that is not dropped
}

// span is where a message is in data.
type span struct{ start, end int }

// len returns the bytes that are not dropped; a nil buffer has none.
func (b *buffer) len() int {
	if b == nil {
		return 0
	}
	return len(b.data) - b.head
}

// count returns the messages that are not dropped; a nil buffer has none.
func (b *buffer) count() int {
	if b == nil {
		return 0
	}
	return len(b.messages) - b.first
}

// bytes returns what is to be sent.
func (b *buffer) bytes() []byte {
	return b.data[b.head:]
}

// dropOldest drops the oldest message and keeps the control frames before it.
func (b *buffer) dropOldest() bool {
	if b.count() == 0 {
		return false
	}
	oldest := b.messages[b.first]
	b.first++
	copy(b.data[b.head+oldest.end-oldest.start:oldest.end], b.data[b.head:oldest.start])
	b.head += oldest.end - oldest.start
	if b.head > len(b.data)/2 {
		b.compact()
	}
	return true
}

// cut returns where the first batch ends: after the last message that a batch
// of size bytes holds whole, or after the first one if that is larger.
func (b *buffer) cut(size int) int {
	if b.len() <= size || b.count() == 0 {
		return len(b.data)
	}
	end := b.messages[b.first].end
	for _, message := range b.messages[b.first+1:] {
		if message.end-b.head > size {
			break
		}
		end = message.end
	}
	return end
}

// moveTo moves what stands before end, which is a message's, to other.
func (b *buffer) moveTo(other *buffer, end int) {
	other.data = append(other.data, b.data[b.head:end]...)
	for b.first < len(b.messages) && b.messages[b.first].end <= end {
		message := b.messages[b.first]
		other.messages = append(other.messages, span{message.start - b.head, message.end - b.head})
		b.first++
	}
	b.head = end
	if b.head > len(b.data)/2 {
		b.compact()
	}
}

// compact takes the dropped bytes out. Done when they are the larger half, its
// cost is a constant for each byte dropped.
func (b *buffer) compact() {
	b.data = b.data[:copy(b.data, b.data[b.head:])]
	kept := b.messages[b.first:]
	for i, message := range kept {
		b.messages[i] = span{message.start - b.head, message.end - b.head}
	}
	b.messages = b.messages[:len(kept)]
	b.head, b.first = 0, 0
}

func (b *buffer) reset() {
	b.data, b.messages = b.data[:0], b.messages[:0]
	b.head, b.first = 0, 0
}
