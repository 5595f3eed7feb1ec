package load

import (
	"bytes"
	"fmt"

	"github.com/gfws/gf-websocket/benchmark/framing"
)

// content makes the messages of a measurement and knows what must come back.
// Message number n of connection id is always the same.
type content interface {
	// appendMessage appends the message as it goes over the wire.
	appendMessage(dst []byte, id uint32, n uint64) []byte
	// check returns an error unless payload is that message.
	check(id uint32, n uint64, payload []byte, deflated bool) error
}

const (
	idDigits     = 6
	numberDigits = MinSize - idDigits
)

// mark fills the first MinSize bytes of a message.
func mark(dst []byte, id uint32, n uint64) {
	putHex(dst[:idDigits], uint64(id))
	putHex(dst[idDigits:MinSize], n)
}

// stamped is a frame that is masked beforehand but for the mark in it.
type stamped struct {
	frame []byte // as it is sent
	at    int    // where the mark is in it, a multiple of four behind the header
}

// newStamped frames payload, whose mark is at offset.
func newStamped(payload []byte, offset int) stamped {
	frame := framing.AppendHeader(nil, framing.Text, len(payload), false)
	head := len(frame)
	frame = append(frame, payload...)
	framing.Mask(frame[head:])
	return stamped{frame: frame, at: head + offset}
}

func (s *stamped) appendMessage(dst []byte, id uint32, n uint64) []byte {
	at := len(dst) + s.at
	dst = append(dst, s.frame...)
	mark(dst[at:at+MinSize], id, n)
	framing.Mask(dst[at : at+MinSize])
	return dst
}

// plain is text in WebSocket frames. It begins with the mark.
type plain struct {
	stamped
	text []byte // behind the mark
}

func newPlain(size int) *plain {
	text := filler(size)
	return &plain{stamped: newStamped(text, 0), text: text[MinSize:]}
}

func (p *plain) check(id uint32, n uint64, payload []byte, deflated bool) error {
	if deflated {
		return fmt.Errorf("message %d of connection %d came back compressed", n, id)
	}
	return checkText(id, n, payload, p.text)
}

func checkText(id uint32, n uint64, payload, text []byte) error {
	if len(payload) != MinSize+len(text) {
		return fmt.Errorf("message %d of connection %d came back with %d bytes instead of %d", n, id, len(payload), MinSize+len(text))
	}
	var want [MinSize]byte
	mark(want[:], id, n)
	if !bytes.Equal(payload[:MinSize], want[:]) {
		return fmt.Errorf("%q came back where message %q is next", payload[:MinSize], want[:])
	}
	if !bytes.Equal(payload[MinSize:], text) {
		return fmt.Errorf("message %d of connection %d came back with other content", n, id)
	}
	return nil
}

// bare is text without frames, for the echo over plain TCP.
type bare struct{ text []byte }

func newBare(size int) *bare { return &bare{text: filler(size)} }

func (b *bare) appendMessage(dst []byte, id uint32, n uint64) []byte {
	at := len(dst)
	dst = append(dst, b.text...)
	mark(dst[at:at+MinSize], id, n)
	return dst
}

func (b *bare) check(id uint32, n uint64, payload []byte, _ bool) error {
	return checkText(id, n, payload, b.text[MinSize:])
}

// records cuts a stream into messages of one size, as framing.Parser does with
// frames.
type records struct {
	size    int
	partial []byte
}

func (r *records) Feed(data []byte, to framing.Receiver) error {
	if len(r.partial) > 0 {
		data = append(r.partial, data...)
	}
	for len(data) >= r.size {
		if err := to.Receive(data[:r.size], false); err != nil {
			return err
		}
		data = data[r.size:]
	}
	r.partial = append(r.partial[:0], data...)
	return nil
}
