package rpcwire

import (
	"encoding/binary"
	"math/bits"
)

// MaxDepth is how deep the arrays and objects of a message may nest, the message
// itself and its batch included.
const MaxDepth = 128

// scanner walks over JSON text once. Its methods take one thing each from the
// front and report whether that was sound; after a false nothing may follow.
type scanner struct {
	data    []byte
	pos     int
	tooDeep bool // why it was not sound
}

// peek skips white space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		if c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		s.pos++
	}
	return 0
}

// take skips white space and takes the byte c, if it is next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c || s.pos == len(s.data) {
		return false
	}
	s.pos++
	return true
}

// raw takes one value and returns its bytes. depth counts what is open around.
func (s *scanner) raw(depth int) ([]byte, bool) {
	s.peek()
	start := s.pos
	if !s.value(depth) {
		return nil, false
	}
	return s.data[start:s.pos:s.pos], true
}

// value takes one value.
func (s *scanner) value(depth int) bool {
	switch c := s.peek(); {
	case c == '"':
		return s.text()
	case c == '{':
		return s.deeper(depth) && s.members(depth+1, nil)
	case c == '[':
		return s.deeper(depth) && s.elements(depth+1, nil)
	case c == 't':
		return s.word("true")
	case c == 'f':
		return s.word("false")
	case c == 'n':
		return s.word("null")
	default:
		return s.number()
	}
}

// deeper reports whether one more may be opened.
func (s *scanner) deeper(depth int) bool {
	s.tooDeep = depth >= MaxDepth
	return !s.tooDeep
}

// members takes an object whose brace is next, and shows each member to visit,
// the key with its quotes, until that returns false. A nil visit sees none.
// depth counts this object.
func (s *scanner) members(depth int, visit func(key, value []byte) bool) bool {
	s.pos++
	if s.take('}') {
		return true
	}
	for {
		if s.peek() != '"' {
			return false
		}
		start := s.pos
		if !s.text() {
			return false
		}
		key := s.data[start:s.pos]
		if !s.take(':') {
			return false
		}
		value, ok := s.raw(depth)
		if !ok {
			return false
		}
		if visit != nil && !visit(key, value) {
			return false
		}
		if !s.take(',') {
			return s.take('}')
		}
	}
}

// elements takes an array whose bracket is next, and shows each element to visit
// as members does.
func (s *scanner) elements(depth int, visit func(value []byte) bool) bool {
	s.pos++
	return s.take(']') || s.rest(depth, visit)
}

// rest takes what is left of an array, an element first.
func (s *scanner) rest(depth int, visit func(value []byte) bool) bool {
	for {
		value, ok := s.raw(depth)
		if !ok || visit != nil && !visit(value) {
			return false
		}
		if !s.take(',') {
			return s.take(']')
		}
	}
}

// text takes a string whose quote is next.
func (s *scanner) text() bool {
	s.pos++
	for s.skipPlain(); s.pos < len(s.data); s.skipPlain() {
		c := s.data[s.pos]
		s.pos++
		if c == '"' {
			return true
		}
		if c != '\\' || !s.escape() {
			return false
		}
	}
	return false
}

// skipPlain passes over bytes of a string that stand for themselves, eight at a
// time while there are as many.
func (s *scanner) skipPlain() {
	for len(s.data)-s.pos >= 8 {
		found := special(binary.LittleEndian.Uint64(s.data[s.pos:]))
		if found != 0 {
			s.pos += bits.TrailingZeros64(found) / 8
			return
		}
		s.pos += 8
	}
	const filler = ones*'x' ^ 'x' // seven plain bytes above the one in question
	for s.pos < len(s.data) && special(filler|uint64(s.data[s.pos])) == 0 {
		s.pos++
	}
}

const ones, highest = 0x0101010101010101, 0x8080808080808080

// special marks, in the highest bit of each of eight bytes, quotes, backslashes
// and control characters; marks above the lowest one may be wrong. Subtracting
// borrows from that bit where a byte is too low, and xor makes a byte zero where
// it is the one looked for.
func special(word uint64) uint64 {
	quote, slash := word^ones*'"', word^ones*'\\'
	low := (word-ones*' ')&^word | (quote-ones)&^quote | (slash-ones)&^slash
	return low & highest
}

// escape takes what follows a backslash.
func (s *scanner) escape() bool {
	if s.pos == len(s.data) {
		return false
	}
	c := s.data[s.pos]
	s.pos++
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		return s.hex(4)
	default:
		return false
	}
}

// hex takes n hexadecimal digits.
func (s *scanner) hex(n int) bool {
	for range n {
		if s.pos == len(s.data) || !isHex(s.data[s.pos]) {
			return false
		}
		s.pos++
	}
	return true
}

func isHex(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// word takes a literal.
func (s *scanner) word(w string) bool {
	if len(s.data)-s.pos < len(w) || string(s.data[s.pos:s.pos+len(w)]) != w {
		return false
	}
	s.pos += len(w)
	return true
}

// number takes a number.
func (s *scanner) number() bool {
	s.skip('-')
	if !s.skip('0') && !s.digits() {
		return false
	}
	if s.skip('.') && !s.digits() {
		return false
	}
	if !s.skip('e') && !s.skip('E') {
		return true
	}
	if !s.skip('+') {
		s.skip('-')
	}
	return s.digits()
}

// skip takes the byte c if it is the very next.
func (s *scanner) skip(c byte) bool {
	if s.pos == len(s.data) || s.data[s.pos] != c {
		return false
	}
	s.pos++
	return true
}

// digits takes one digit or more.
func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.data) && isDigit(s.data[s.pos]) {
		s.pos++
	}
	return s.pos > start
}
