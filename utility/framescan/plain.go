package framescan

import "encoding/binary"

// Plain is a message that comes in one frame: unfragmented, not compressed and
// masked, as nearly all are.
type Plain struct {
	Opcode byte
	Length int    // of the payload in bytes
	Mask   uint32 // the masking key, its first byte the lowest
}

// plainHeader is the shortest header of such a frame.
const plainHeader = 6

// TakePlain begins the frame at the start of p if it is a plain message that
// breaks no rule, and returns how long its header is. The payload behind it is
// the caller's to read and never seen by Scan. Otherwise it returns 0, nothing
// is taken, and Scan has to judge.
func (s *Scanner) TakePlain(p []byte) (Plain, int) {
	if len(p) < plainHeader || s.have > 0 || s.payload > 0 || s.closing != nil || !s.options.Masked {
		return Plain{}, 0
	}
	if p[0] != 0x80|opText && p[0] != 0x80|opBinary || p[1]&0x80 == 0 {
		return Plain{}, 0
	}
	length, head := plainLength(p)
	if head == 0 || len(p) < head || s.options.MaxMessage >= 0 && length > uint64(s.options.MaxMessage) {
		return Plain{}, 0
	}
	if s.compressed != nil {
		s.compressed.pass()
	}
	return Plain{Opcode: p[0] & 0x0f, Length: int(length), Mask: binary.LittleEndian.Uint32(p[head-4:])}, head
}

// plainLength decodes the length and tells where the payload begins, or 0 for a
// header that is not whole, not in its shortest form or of more than 31 bits.
func plainLength(p []byte) (length uint64, head int) {
	switch short := p[1] & 0x7f; short {
	case 126:
		length = uint64(binary.BigEndian.Uint16(p[2:]))
		if length < 126 {
			return 0, 0
		}
		return length, plainHeader + 2
	case 127:
		if len(p) < plainHeader+8 {
			return 0, 0
		}
		length = binary.BigEndian.Uint64(p[2:])
		if length <= 0xffff || length>>31 != 0 {
			return 0, 0
		}
		return length, plainHeader + 8
	default:
		return uint64(short), plainHeader
	}
}
