package framescan

// rsv1 marks the first frame of a compressed message, RFC 7692 section 6.
const rsv1 = 0x40

// marks remember which messages came compressed, between the scanner, which
// clears the mark, and the reader, which is some messages behind.
type marks struct {
	begun      uint64   // messages that the scanner has seen
	taken      uint64   // messages that the reader has begun
	compressed []uint64 // numbers of compressed ones not begun yet
}

// see takes the mark off the first byte of a frame.
func (m *marks) see(first *byte) error {
	marked := *first&rsv1 != 0
	switch *first & 0x0f {
	case opText, opBinary:
		m.begun++
		if marked {
			m.compressed = append(m.compressed, m.begun)
		}
		*first &^= rsv1
		return nil
	}
	if marked {
		return protocolError("RSV1 set on a frame that begins no message")
	}
	return nil
}

// pass counts a message that is not compressed and that neither sees.
func (m *marks) pass() {
	m.begun++
	m.taken++
}

func (m *marks) take() bool {
	m.taken++
	if len(m.compressed) == 0 || m.compressed[0] != m.taken {
		return false
	}
	m.compressed = append(m.compressed[:0], m.compressed[1:]...)
	return true
}
