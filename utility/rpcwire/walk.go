package rpcwire

import (
	"bytes"
	"encoding/json"
	"iter"
)

// Members goes over the members of a JSON object, such as the params of a
// [Message], in their order: the names as they stand there, with quotes and
// escapes, and the values. It ends early where object is not sound.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		s := scanner{data: object}
		if s.peek() == '{' {
			s.members(1, yield)
		}
	}
}

// Elements goes over the elements of a JSON array, in their order. It ends early
// where array is not sound.
func Elements(array []byte) iter.Seq[[]byte] {
	return func(yield func(value []byte) bool) {
		s := scanner{data: array}
		if s.peek() == '[' {
			s.elements(1, yield)
		}
	}
}

// Unquote returns the text of a sound JSON string, in the same memory where it
// has no escapes.
func Unquote(raw []byte) []byte {
	text := raw[1 : len(raw)-1 : len(raw)-1]
	if bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	var plain string
	_ = json.Unmarshal(raw, &plain) // it is sound
	return []byte(plain)
}
