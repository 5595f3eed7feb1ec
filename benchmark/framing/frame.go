// Package framing is the least of RFC 6455 that a load generator needs: it
// masks what a client sends and takes apart what a server sends.
package framing

import "encoding/binary"

// The opcodes of RFC 6455 section 5.2.
const (
	Continuation = 0x0
	Text         = 0x1
	Binary       = 0x2
	Close        = 0x8
	Ping         = 0x9
	Pong         = 0xA
)

const (
	finBit  = 0x80
	rsv1Bit = 0x40
	maskBit = 0x80

	// MaskSize is the length of a masking key in bytes.
	MaskSize = 4
)

// Key masks every frame of the generator. It never changes, so that a payload
// is masked once; that is unsafe on the web, and fine for a load.
var Key = [MaskSize]byte{0x5a, 0xc3, 0x17, 0x8e}

// AppendHeader appends the header of an unfragmented client frame of size bytes,
// its masking key included. deflated sets RSV1 as RFC 7692 wants it.
func AppendHeader(dst []byte, opcode byte, size int, deflated bool) []byte {
	first := finBit | opcode
	if deflated {
		first |= rsv1Bit
	}
	dst = append(dst, first)
	switch {
	case size < 126:
		dst = append(dst, maskBit|byte(size))
	case size <= 0xffff:
		dst = append(dst, maskBit|126)
		dst = binary.BigEndian.AppendUint16(dst, uint16(size))
	default:
		dst = append(dst, maskBit|127)
		dst = binary.BigEndian.AppendUint64(dst, uint64(size))
	}
	return append(dst, Key[:]...)
}

// Mask masks data in place; data begins at the start of a payload or a multiple
// of four bytes behind it.
func Mask(data []byte) {
	for i := range data {
		data[i] ^= Key[i%MaskSize]
	}
}
