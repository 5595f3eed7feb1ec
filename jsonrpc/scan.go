package jsonrpc

import "github.com/gogf/gf/v2/errors/gerror"

// maxDepth is how deep arrays and objects of a message may nest.
const maxDepth = 128

var (
	errSyntax = gerror.New("invalid JSON")
	errDepth  = gerror.New("JSON is nested too deep")
)

// scanner walks over JSON, RFC 8259, and copies nothing. Its errors say that
// the text is not JSON, or nested deeper than maxDepth. That the text is UTF-8
// is for the caller to know.
type scanner struct {
	data  []byte
	at    int
	depth int
}

// space skips white space and returns the next byte, 0 at the end.
func (s *scanner) space() byte {
	for ; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case ' ', '\t', '\r', '\n':
		default:
			return s.data[s.at]
		}
	}
	return 0
}

// end fails unless nothing but white space is left.
func (s *scanner) end() error {
	s.space()
	if s.at != len(s.data) {
		return errSyntax
	}
	return nil
}

// value skips the next value and returns its text.
func (s *scanner) value() ([]byte, error) {
	first := s.space()
	start := s.at
	if err := s.skip(first); err != nil {
		return nil, err
	}
	return s.data[start:s.at], nil
}

func (s *scanner) skip(first byte) error {
	switch first {
	case '{':
		return s.object(func([]byte, []byte) error { return nil })
	case '[':
		return s.array(func([]byte) error { return nil })
	case '"':
		return s.text()
	case 't':
		return s.literal("true")
	case 'f':
		return s.literal("false")
	case 'n':
		return s.literal("null")
	default:
		return s.number()
	}
}

// object calls member with each name, quotes included, and value of the object
// that begins here.
func (s *scanner) object(member func(name, value []byte) error) error {
	return s.nested('}', func() error {
		if s.space() != '"' {
			return errSyntax
		}
		name, err := s.value()
		if err != nil {
			return err
		}
		if s.space() != ':' {
			return errSyntax
		}
		s.at++
		value, err := s.value()
		if err != nil {
			return err
		}
		return member(name, value)
	})
}

// array calls element with each value of the array that begins here.
func (s *scanner) array(element func(value []byte) error) error {
	return s.nested(']', func() error {
		value, err := s.value()
		if err != nil {
			return err
		}
		return element(value)
	})
}

// nested reads what stands between an opening byte and its end, with commas
// between the items.
func (s *scanner) nested(end byte, item func() error) error {
	if s.depth++; s.depth > maxDepth {
		return errDepth
	}
	defer func() { s.depth-- }()
	s.at++
	if s.space() == end {
		s.at++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		next := s.space()
		s.at++
		if next == end {
			return nil
		}
		if next != ',' {
			return errSyntax
		}
	}
}

// text skips a string. Escapes are checked but not decoded.
func (s *scanner) text() error {
	for s.at++; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; {
		case c == '"':
			s.at++
			return nil
		case c < ' ':
			return errSyntax
		case c == '\\':
			if err := s.escape(); err != nil {
				return err
			}
		}
	}
	return errSyntax
}

// escape moves to the last byte of an escape.
func (s *scanner) escape() error {
	if s.at++; s.at >= len(s.data) {
		return errSyntax
	}
	switch s.data[s.at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return nil
	case 'u':
		for range 4 {
			if s.at++; s.at >= len(s.data) || !isHex(s.data[s.at]) {
				return errSyntax
			}
		}
		return nil
	default:
		return errSyntax
	}
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (s *scanner) literal(word string) error {
	if len(s.data)-s.at < len(word) || string(s.data[s.at:s.at+len(word)]) != word {
		return errSyntax
	}
	s.at += len(word)
	return nil
}

// number skips a number: no leading zeros, no NaN, no plus sign.
func (s *scanner) number() error {
	s.accept('-')
	if !s.accept('0') && s.digits() == 0 {
		return errSyntax
	}
	if s.accept('.') && s.digits() == 0 {
		return errSyntax
	}
	if !s.accept('e') && !s.accept('E') {
		return nil
	}
	if !s.accept('-') {
		s.accept('+')
	}
	if s.digits() == 0 {
		return errSyntax
	}
	return nil
}

func (s *scanner) accept(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) digits() int {
	start := s.at
	for s.at < len(s.data) && isDigit(s.data[s.at]) {
		s.at++
	}
	return s.at - start
}
