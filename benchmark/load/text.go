package load

import "strings"

const words = `{"event":"price","symbol":"GFWS","bid":101.25,"ask":101.5,"venue":"loopback","note":"the quick brown fox","seq":`

// filler returns size bytes of text that looks like what servers send: it is
// ASCII, valid as a text message, and compresses to about a third.
func filler(size int) []byte {
	var text strings.Builder
	state := uint32(2463534242)
	for text.Len() < size {
		text.WriteString(words)
		for range 6 {
			state ^= state << 13
			state ^= state >> 17
			state ^= state << 5
			text.WriteString(hex(uint64(state), 8))
			text.WriteByte(',')
		}
		text.WriteByte('}')
	}
	return []byte(text.String()[:size])
}

const digits = "0123456789abcdef"

func hex(value uint64, width int) string {
	text := make([]byte, width)
	putHex(text, value)
	return string(text)
}

// putHex fills dst with the lowest digits of value.
func putHex(dst []byte, value uint64) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = digits[value&15]
		value >>= 4
	}
}
