package load

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"

	"github.com/gfws/gf-websocket/benchmark/framing"
)

// variants is how many different compressed messages there are. They are made
// beforehand, since compressing costs the generator more than the server needs
// for an echo.
const variants = 16

// deflated is text in compressed frames. What comes back may be compressed in
// another way or not at all; each way is inflated once and then known by its
// bytes.
type deflated struct {
	frames [variants][]byte
	texts  [variants][]byte
	known  [variants][]byte // a compressed form that was inflated and found right
}

// syncTail ends what a deflate stream is flushed to; RFC 7692 section 7.2.1
// takes it off the wire.
var syncTail = []byte{0, 0, 0xff, 0xff}

func newDeflated(size int) (*deflated, error) {
	d := &deflated{}
	for i := range variants {
		text := filler(size)
		mark(text, uint32(i), uint64(i))
		packed, err := deflate(text)
		if err != nil {
			return nil, err
		}
		frame := framing.AppendHeader(nil, framing.Text, len(packed), true)
		head := len(frame)
		frame = append(frame, packed...)
		framing.Mask(frame[head:])
		d.frames[i], d.texts[i] = frame, text
	}
	return d, nil
}

func variant(id uint32, n uint64) int { return int((uint64(id) + n) % variants) }

func (d *deflated) appendMessage(dst []byte, id uint32, n uint64) []byte {
	return append(dst, d.frames[variant(id, n)]...)
}

func (d *deflated) check(id uint32, n uint64, payload []byte, compressed bool) error {
	i := variant(id, n)
	if !compressed {
		return d.compare(id, n, payload)
	}
	if bytes.Equal(payload, d.known[i]) {
		return nil
	}
	text, err := inflate(payload)
	if err != nil {
		return fmt.Errorf("message %d of connection %d: %w", n, id, err)
	}
	if err = d.compare(id, n, text); err != nil {
		return err
	}
	d.known[i] = append(d.known[i][:0], payload...)
	return nil
}

func (d *deflated) compare(id uint32, n uint64, text []byte) error {
	if !bytes.Equal(text, d.texts[variant(id, n)]) {
		return fmt.Errorf("message %d of connection %d came back with other content", n, id)
	}
	return nil
}

func deflate(text []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(text); err != nil {
		return nil, err
	}
	if err = w.Flush(); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(packed.Bytes(), syncTail), nil
}

// inflate adds the tail and a last empty block, so that the end is an EOF.
func inflate(packed []byte) ([]byte, error) {
	tail := append(append([]byte{}, syncTail...), 1, 0, 0, 0xff, 0xff)
	r := flate.NewReader(io.MultiReader(bytes.NewReader(packed), bytes.NewReader(tail)))
	return io.ReadAll(r)
}
