package ws

import (
	"bufio"
	"compress/flate"
	"errors"
	"io"
	"sync"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// inflaters shares inflaters, which take some 50 KB each, among the sessions of
// a hub. A session has one only while it reads a compressed message.
type inflaters struct{ pool sync.Pool }

func (i *inflaters) get(message io.Reader) *inflater {
	z, ok := i.pool.Get().(*inflater)
	if !ok {
		z = &inflater{source: deflateSource{message: bufio.NewReader(nil)}}
		z.flate = flate.NewReader(&z.source)
	}
	z.source.message.Reset(message)
	z.source.err = nil
	z.begin()
	return z
}

func (i *inflaters) put(z *inflater) {
	z.source.message.Reset(nil)
	i.pool.Put(z)
}

// inflater reads a compressed message as it was before, RFC 7692 section 7.2.2.
// gorilla's own ends at the first block that calls itself final, although
// others may follow it in the message (section 7.2.3.4), and loses those.
type inflater struct {
	source deflateSource
	flate  io.ReadCloser
}

// Read implements [io.Reader].
func (z *inflater) Read(p []byte) (int, error) {
	for {
		n, err := z.flate.Read(p)
		if z.source.err != nil {
			return n, z.source.err
		}
		if err == io.EOF {
			err = z.next()
		}
		if n > 0 || err != nil {
			return n, corrupt(err)
		}
	}
}

// next goes on behind a final block: at the end of the message with io.EOF,
// else with what follows as with a new stream.
func (z *inflater) next() error {
	if _, err := z.source.message.Peek(1); err != nil {
		return z.source.note(err)
	}
	z.begin()
	return nil
}

func (z *inflater) begin() {
	z.source.tail = deflateTail
	// Reset of what flate.NewReader returned never fails.
	_ = z.flate.(flate.Resetter).Reset(&z.source, nil)
}

// corrupt translates what compress/flate says of corrupt data.
func corrupt(err error) error {
	var bad flate.CorruptInputError
	if errors.As(err, &bad) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &framescan.Violation{Code: int(CodeInvalidData), Reason: "compressed data is corrupt"}
	}
	return err
}

// deflateTail is what the sender took off the end, and a final block that tells
// compress/flate to stop there.
const deflateTail = flushTail + "\x01\x00\x00\xff\xff"

// deflateSource is a message with the tail behind it. Since it reads single
// bytes, compress/flate takes no more than it needs.
type deflateSource struct {
	message *bufio.Reader
	tail    string
	err     error // of message, which says nothing of its data
}

// ReadByte implements [io.ByteReader].
func (s *deflateSource) ReadByte() (byte, error) {
	b, err := s.message.ReadByte()
	if err != io.EOF || s.tail == "" {
		return b, s.note(err)
	}
	b, s.tail = s.tail[0], s.tail[1:]
	return b, nil
}

// Read implements [io.Reader].
func (s *deflateSource) Read(p []byte) (int, error) {
	n, err := s.message.Read(p)
	if err != io.EOF || s.tail == "" {
		return n, s.note(err)
	}
	n = copy(p, s.tail)
	s.tail = s.tail[n:]
	return n, nil
}

func (s *deflateSource) note(err error) error {
	if err != io.EOF {
		s.err = err
	}
	return err
}
