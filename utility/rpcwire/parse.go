package rpcwire

import (
	"strconv"
	"unicode/utf8"
)

// Parse reads one message or a batch and appends what it holds to dst, which
// may be nil; batch tells the two apart, since a batch of one is answered with a
// batch. maxBatch bounds how many messages a batch may have; at 0 no batch is
// taken.
//
// Data that is no JSON at all, an empty batch and one over the bound give a
// problem and no messages: the one error to answer, with the id null. What is
// JSON and no message of JSON-RPC 2.0 comes as a message of kind [Invalid].
//
// Parse judges JSON as encoding/json does, but takes nothing that is not UTF-8
// or is nested deeper than [MaxDepth]. It keeps nothing of data, but the messages
// point into it.
func Parse(dst []Message, data []byte, maxBatch int) (messages []Message, batch bool, problem *Error) {
	s := &scanner{data: data}
	batch = s.peek() == '['
	if !utf8.Valid(data) {
		return dst, batch, parseError("the message is not UTF-8")
	}
	if batch {
		messages, problem = s.batch(dst, maxBatch)
		return messages, true, problem
	}
	m, ok := s.message(0)
	if !ok || !s.atEnd() {
		return dst, false, s.unsound()
	}
	return append(dst, m), false, nil
}

// batch takes an array of messages whose bracket is next.
func (s *scanner) batch(dst []Message, maxBatch int) ([]Message, *Error) {
	s.pos++
	if s.take(']') {
		return dst, s.refuse(s.atEnd(), "the batch is empty")
	}
	messages := dst
	for count := 0; ; count++ {
		if count == maxBatch {
			return dst, s.refuse(s.rest(1, nil) && s.atEnd(), "more than "+strconv.Itoa(maxBatch)+" messages in a batch")
		}
		m, ok := s.message(1)
		if !ok {
			return dst, s.unsound()
		}
		messages = append(messages, m)
		if s.take(',') {
			continue
		}
		if !s.take(']') || !s.atEnd() {
			return dst, s.unsound()
		}
		return messages, nil
	}
}

// refuse says why a batch is refused, if it is JSON at all.
func (s *scanner) refuse(sound bool, why string) *Error {
	if !sound {
		return s.unsound()
	}
	return invalidRequest(why)
}

// unsound says why the scanner has stopped.
func (s *scanner) unsound() *Error {
	if s.tooDeep {
		return parseError("the message is nested too deep")
	}
	return parseError("the message is not valid JSON")
}

// atEnd reports whether nothing but white space is left.
func (s *scanner) atEnd() bool {
	s.peek()
	return s.pos == len(s.data)
}
