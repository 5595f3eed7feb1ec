// Package framescan follows the frames of RFC 6455 in a byte stream before a
// WebSocket library reads it, and finds what gorilla/websocket lets pass, finds
// late or judges otherwise than the RFC.
package framescan

import "encoding/binary"

// Options say what a [Scanner] holds the peer to.
type Options struct {
	// Masked says whether the peer must mask its frames, as clients must and
	// servers must not.
	Masked bool
	// MaxMessage is the most bytes of a message, all its frames together;
	// negative for no bound.
	MaxMessage int64
	// MaxFragments is the most frames of a message; negative for no bound.
	MaxFragments int
	// Deflate says that permessage-deflate, RFC 7692, was negotiated.
	Deflate bool
}

// Scanner finds a message over the limit at the header that announces it, too
// many fragments, lengths that are not in their shortest form and RSV1 where
// RFC 7692 has none. It takes the close frame out of the stream, and the mark
// of compressed messages. It leaves to the library what that judges well:
// masks, opcodes, RSV2 and RSV3, the order of fragments, control frames.
//
// It is not safe for concurrent use.
type Scanner struct {
	options    Options
	compressed *marks // nil unless permessage-deflate was negotiated

	header    [MaxHeader]byte // of the frame that begins now
	have      int             // bytes of it
	payload   uint64          // bytes of the current frame still to come
	message   uint64          // bytes announced for the current message
	fragments int             // frames of the current message
	closing   []byte          // body of the close frame so far, nil before one
}

// MaxHeader is the longest header of a frame in bytes, RFC 6455 section 5.2.
const MaxHeader = 14

// The opcodes that matter here.
const (
	opContinuation = 0
	opText         = 1
	opBinary       = 2
	opClose        = 8
)

// New returns a scanner for a stream that begins with a frame.
func New(options Options) Scanner {
	s := Scanner{options: options}
	if options.Deflate {
		s.compressed = &marks{}
	}
	return s
}

// Deflate reports whether permessage-deflate was negotiated.
func (s *Scanner) Deflate() bool { return s.compressed != nil }

// TakeCompressed reports whether the next message is compressed. It must be
// called once for each message, in order, when its first frame is read.
func (s *Scanner) TakeCompressed() bool {
	return s.compressed != nil && s.compressed.take()
}

// Scan judges the next bytes of the stream and returns how many of them may be
// passed on. It clears RSV1 in them. With a [*Violation] nothing may follow; with
// [*Closed] nothing counts that follows. Fewer than len(p) without an error are
// the beginning of a close frame: the rest of p is taken.
func (s *Scanner) Scan(p []byte) (int, error) {
	for i := 0; i < len(p); {
		if s.payload > 0 {
			n := min(s.payload, uint64(len(p)-i))
			s.payload -= n
			i += int(n)
			continue
		}
		if s.closing != nil {
			return i, s.close(p[i:])
		}
		n, whole, err := s.readHeader(p[i:])
		if err != nil {
			return i, err
		}
		if !whole {
			i += n
			continue
		}
		if err = s.frame(); err != nil {
			return i, err
		}
		s.have = 0
		if s.closing != nil {
			return i, s.close(p[i+n:])
		}
		i += n
	}
	return len(p), nil
}

// readHeader takes what p has of the header and reports whether that is whole.
func (s *Scanner) readHeader(p []byte) (n int, whole bool, err error) {
	if s.have == 0 && s.compressed != nil {
		if err = s.compressed.see(&p[0]); err != nil {
			return 0, false, err
		}
	}
	n = copy(s.header[s.have:s.headerSize()], p)
	s.have += n
	return n, s.have >= 2 && s.have == s.headerSize(), nil
}

// headerSize returns how long the header is, as far as its bytes so far tell.
func (s *Scanner) headerSize() int {
	if s.have < 2 {
		return 2
	}
	size := 2
	switch s.header[1] & 0x7f {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if s.masked() {
		size += 4
	}
	return size
}

func (s *Scanner) masked() bool { return s.header[1]&0x80 != 0 }

// frame judges the frame whose header is whole.
func (s *Scanner) frame() error {
	length, err := s.length()
	if err != nil {
		return err
	}
	switch s.header[0] & 0x0f {
	case opText, opBinary:
		s.message, s.fragments = 0, 0
		err = s.grow(length)
	case opContinuation:
		err = s.grow(length)
	case opClose:
		if s.takesClose(length) {
			s.closing = make([]byte, 0, length)
			return nil
		}
	}
	s.payload = length
	return err
}

// length decodes the payload length.
func (s *Scanner) length() (uint64, error) {
	switch short := s.header[1] & 0x7f; short {
	case 126:
		length := uint64(binary.BigEndian.Uint16(s.header[2:]))
		if length < 126 {
			return 0, protocolError("length not in its shortest form")
		}
		return length, nil
	case 127:
		length := binary.BigEndian.Uint64(s.header[2:])
		if length <= 0xffff {
			return 0, protocolError("length not in its shortest form")
		}
		if length>>63 != 0 {
			return 0, protocolError("length of more than 63 bits")
		}
		return length, nil
	default:
		return uint64(short), nil
	}
}

// grow adds a frame to the current message.
func (s *Scanner) grow(length uint64) error {
	s.fragments++
	if s.options.MaxFragments >= 0 && s.fragments > s.options.MaxFragments {
		return tooManyFragments(s.options.MaxFragments)
	}
	s.message += length // 63 bits each: two cannot wrap around
	if s.options.MaxMessage >= 0 && s.message > uint64(s.options.MaxMessage) || s.message>>63 != 0 {
		return TooBig(s.options.MaxMessage)
	}
	return nil
}
