// Package rawframe writes and reads frames of RFC 6455 byte by byte, right ones
// and wrong ones, for tests of both sides of a connection. It uses no part of
// what it tests.
package rawframe

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// The opcodes of RFC 6455 section 5.2.
const (
	Continuation = 0x0
	Text         = 0x1
	Binary       = 0x2
	Close        = 0x8
	Ping         = 0x9
	Pong         = 0xA
)

// The reserved bits of the first byte.
const (
	RSV1 = 0x40
	RSV2 = 0x20
	RSV3 = 0x10
)

// Length is how a frame writes the length of its payload.
type Length int

// The ways to write a length. Shortest is the only right one.
const (
	Shortest Length = iota
	In16Bits
	In64Bits
)

// Frame is one frame as it stands on the wire. The zero value is an unfinished
// continuation without payload.
type Frame struct {
	More    bool // FIN is not set
	RSV     byte // any of RSV1, RSV2, RSV3
	Opcode  byte
	Key     [4]byte // the masking key of a masked frame
	Masked  bool
	Payload string // not masked
	// Length is how the payload's length is written.
	Length Length
	// Announce is written as the length instead of the payload's, unless zero.
	Announce uint64
}

// String returns f in words for a failed test.
func (f Frame) String() string {
	payload := f.Payload
	if len(payload) > 80 {
		payload = payload[:80] + "…"
	}
	return fmt.Sprintf("{opcode %d, more %t, rsv %02x, masked %t, %d bytes %q}", f.Opcode, f.More, f.RSV, f.Masked, len(f.Payload), payload)
}

// Bytes returns f as it is sent.
func (f Frame) Bytes() []byte {
	out := f.header()
	if !f.Masked {
		return append(out, f.Payload...)
	}
	out = append(out, f.Key[:]...)
	for i := range len(f.Payload) {
		out = append(out, f.Payload[i]^f.Key[i%4])
	}
	return out
}

// header returns the frame up to the length.
func (f Frame) header() []byte {
	first := f.Opcode | f.RSV
	if !f.More {
		first |= 0x80
	}
	mask := byte(0)
	if f.Masked {
		mask = 0x80
	}
	n := f.Announce
	if n == 0 {
		n = uint64(len(f.Payload))
	}
	switch {
	case f.Length == In64Bits || n > 0xffff:
		return binary.BigEndian.AppendUint64([]byte{first, mask | 127}, n)
	case f.Length == In16Bits || n > 125:
		return binary.BigEndian.AppendUint16([]byte{first, mask | 126}, uint16(n))
	default:
		return []byte{first, mask | byte(n)}
	}
}

// Read reads the next frame, with its payload unmasked.
func Read(in *bufio.Reader) (Frame, error) {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return Frame{}, err
	}
	f := Frame{More: head[0]&0x80 == 0, RSV: head[0] & 0x70, Opcode: head[0] & 0x0f, Masked: head[1]&0x80 != 0}
	n, err := readLength(in, &f, head[1]&0x7f)
	if err != nil {
		return f, err
	}
	if f.Masked {
		if _, err = io.ReadFull(in, f.Key[:]); err != nil {
			return f, err
		}
	}
	payload := make([]byte, n)
	if _, err = io.ReadFull(in, payload); err != nil {
		return f, err
	}
	if f.Masked {
		for i := range payload {
			payload[i] ^= f.Key[i%4]
		}
	}
	f.Payload = string(payload)
	return f, nil
}

// maxRead is the longest payload that is read, in bytes.
const maxRead = 64 << 20

// readLength reads the length that follows the second byte.
func readLength(in *bufio.Reader, f *Frame, short byte) (uint64, error) {
	n := uint64(short)
	switch short {
	case 126:
		var wide [2]byte
		if _, err := io.ReadFull(in, wide[:]); err != nil {
			return 0, err
		}
		n, f.Length = uint64(binary.BigEndian.Uint16(wide[:])), In16Bits
	case 127:
		var wide [8]byte
		if _, err := io.ReadFull(in, wide[:]); err != nil {
			return 0, err
		}
		n, f.Length = binary.BigEndian.Uint64(wide[:]), In64Bits
	}
	if n > maxRead {
		return 0, fmt.Errorf("frame of %d bytes", n)
	}
	if n == min(n, 125) && f.Length != Shortest || n <= 0xffff && f.Length == In64Bits {
		return 0, fmt.Errorf("length %d is not in its shortest form", n)
	}
	f.Length = Shortest
	return n, nil
}

// CloseBody returns the payload of a close frame.
func CloseBody(code int, reason string) string {
	return string(binary.BigEndian.AppendUint16(nil, uint16(code))) + reason
}
