package framescan

import (
	"encoding/binary"
	"math/bits"
)

// Unmask unmasks the next bytes of a payload in place and returns the key for
// those behind them, RFC 6455 section 5.3.
func Unmask(p []byte, key uint32) uint32 {
	word := uint64(key)<<32 | uint64(key)
	for len(p) >= 32 {
		block := p[:32:32]
		unmaskWord(block[0:8], word)
		unmaskWord(block[8:16], word)
		unmaskWord(block[16:24], word)
		unmaskWord(block[24:32], word)
		p = p[32:]
	}
	for len(p) >= 8 {
		unmaskWord(p, word)
		p = p[8:]
	}
	for i := range p {
		p[i] ^= byte(key)
		key = bits.RotateLeft32(key, -8)
	}
	return key
}

func unmaskWord(p []byte, word uint64) {
	binary.LittleEndian.PutUint64(p, binary.LittleEndian.Uint64(p)^word)
}
