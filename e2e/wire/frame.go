// Package wire is WebSocket and HTTP as bytes on a TCP connection, for tests that
// break the protocol on purpose. Nothing of what they send is checked here.
package wire

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"io"
)

// Opcodes of RFC 6455 section 5.2.
const (
	Continuation = 0x0
	Text         = 0x1
	Binary       = 0x2
	Close        = 0x8
	Ping         = 0x9
	Pong         = 0xA
)

// Compressed is the reserved bit of a message that is compressed, RFC 7692.
const Compressed = 0x40

// Frame is one frame on the wire, or a broken one.
type Frame struct {
	Opcode  byte
	Payload []byte
	// More is a FIN bit that is not set.
	More bool
	// Reserved are RSV1 to RSV3 as 0x40, 0x20, 0x10.
	Reserved byte
	// Unmasked is a frame as only a server may send it.
	Unmasked bool
	// Length is the length it claims; 0 for that of Payload.
	Length uint64
	// LongLength writes the length in eight bytes however small it is.
	LongLength bool
}

// Bytes returns the frame as a client sends it.
func (f Frame) Bytes() []byte {
	first := f.Opcode | f.Reserved
	if !f.More {
		first |= 0x80
	}
	length := f.Length
	if length == 0 {
		length = uint64(len(f.Payload))
	}
	out := append([]byte{first}, f.encodeLength(length)...)
	if f.Unmasked {
		return append(out, f.Payload...)
	}
	mask := make([]byte, 4)
	_, _ = rand.Read(mask)
	out = append(out, mask...)
	for i, b := range f.Payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

// encodeLength returns a length with the bit that says whether a mask follows.
func (f Frame) encodeLength(length uint64) []byte {
	bit := byte(0x80)
	if f.Unmasked {
		bit = 0
	}
	if f.LongLength {
		return binary.BigEndian.AppendUint64([]byte{bit | 127}, length)
	}
	if length < 126 {
		return []byte{bit | byte(length)}
	}
	if length < 1<<16 {
		return binary.BigEndian.AppendUint16([]byte{bit | 126}, uint16(length))
	}
	return binary.BigEndian.AppendUint64([]byte{bit | 127}, length)
}

// CloseCode returns the code of a close frame; 0 for none.
func (f Frame) CloseCode() uint16 {
	if f.Opcode != Close || len(f.Payload) < 2 {
		return 0
	}
	return binary.BigEndian.Uint16(f.Payload)
}

// CloseFrame returns a close frame with a code and a reason.
func CloseFrame(code uint16, reason string) Frame {
	return Frame{Opcode: Close, Payload: append(binary.BigEndian.AppendUint16(nil, code), reason...)}
}

// TextFrame returns a whole text message.
func TextFrame(text string) Frame { return Frame{Opcode: Text, Payload: []byte(text)} }

// ReadFrame reads a frame as a server sends it.
func ReadFrame(r *bufio.Reader) (Frame, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(r, head); err != nil {
		return Frame{}, err
	}
	read := Frame{
		Opcode:   head[0] & 0x0F,
		More:     head[0]&0x80 == 0,
		Reserved: head[0] & 0x70,
		Unmasked: head[1]&0x80 == 0,
	}
	length, err := readLength(r, head[1]&0x7F)
	if err != nil {
		return Frame{}, err
	}
	read.Payload = make([]byte, length)
	_, err = io.ReadFull(r, read.Payload)
	return read, err
}

func readLength(r io.Reader, short byte) (uint64, error) {
	if short < 126 {
		return uint64(short), nil
	}
	size := 2
	if short == 127 {
		size = 8
	}
	long := make([]byte, 8)
	_, err := io.ReadFull(r, long[8-size:])
	return binary.BigEndian.Uint64(long), err
}
