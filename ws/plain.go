package ws

import (
	"io"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// plainReader reads the payload of a message in one plain frame. gorilla would
// do the same with an allocation a message and a slower mask; it still reads
// what is fragmented or compressed, the control frames, and all that is wrong.
type plainReader struct {
	wire *wire
	rest int    // bytes still to come
	mask uint32 // for the next of them
}

// takePlain begins such a message if that is what comes next. gorilla must be
// between two messages, with nothing in its buffer.
func (w *wire) takePlain() (framescan.Plain, bool) {
	if w.end != nil {
		return framescan.Plain{}, false
	}
	message, head := w.scanner.TakePlain(w.in.Peek())
	if head == 0 {
		return framescan.Plain{}, false
	}
	w.in.Discard(head)
	w.plain = plainReader{wire: w, rest: message.Length, mask: message.Mask}
	return message, true
}

// Read implements [io.Reader].
func (r *plainReader) Read(p []byte) (int, error) {
	if r.rest == 0 {
		return 0, io.EOF
	}
	n, err := r.wire.readRaw(p[:min(len(p), r.rest)])
	r.mask = framescan.Unmask(p[:n], r.mask)
	r.rest -= n
	switch {
	case r.rest == 0:
		return n, io.EOF
	case err == io.EOF:
		return n, io.ErrUnexpectedEOF
	default:
		return n, err
	}
}
