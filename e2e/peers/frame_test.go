package peers

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"io"
)

// Opcodes of RFC 6455 section 5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// frame is one frame on the wire, or a broken one: nothing here is checked.
type frame struct {
	opcode   byte
	payload  []byte
	more     bool   // FIN is not set
	reserved byte   // RSV1 to RSV3 as 0x40, 0x20, 0x10
	unmasked bool   // as only a server may send
	length   uint64 // the length it claims; 0 for that of payload
	// longLength writes the length in eight bytes however small it is.
	longLength bool
}

// bytes returns the frame as a client sends it.
func (f frame) bytes() []byte {
	first := f.opcode | f.reserved
	if !f.more {
		first |= 0x80
	}
	length := f.length
	if length == 0 {
		length = uint64(len(f.payload))
	}
	out := append([]byte{first}, f.encodeLength(length)...)
	if f.unmasked {
		return append(out, f.payload...)
	}
	mask := make([]byte, 4)
	_, _ = rand.Read(mask)
	out = append(out, mask...)
	for i, b := range f.payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

// encodeLength returns a length with the bit that says whether a mask follows.
func (f frame) encodeLength(length uint64) []byte {
	bit := byte(0x80)
	if f.unmasked {
		bit = 0
	}
	if f.longLength {
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

// readFrame reads a frame as a server sends it.
func readFrame(r *bufio.Reader) (frame, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(r, head); err != nil {
		return frame{}, err
	}
	read := frame{
		opcode:   head[0] & 0x0F,
		more:     head[0]&0x80 == 0,
		reserved: head[0] & 0x70,
		unmasked: head[1]&0x80 == 0,
	}
	length, err := readLength(r, head[1]&0x7F)
	if err != nil {
		return frame{}, err
	}
	read.payload = make([]byte, length)
	_, err = io.ReadFull(r, read.payload)
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

// closeFrame returns a close frame with a code and a reason.
func closeFrame(code uint16, reason string) frame {
	return frame{opcode: opClose, payload: append(binary.BigEndian.AppendUint16(nil, code), reason...)}
}
