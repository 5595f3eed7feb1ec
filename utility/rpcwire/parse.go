package rpcwire

import "strconv"

// Parse reads one message or a batch and appends what it holds to dst, which
// may be nil; batch tells the two apart, since a batch of one is answered with a
// batch. maxBatch bounds how many messages a batch may have; at 0 no batch is
// taken.
//
// Data that is no JSON at all, an empty batch and one over the bound give a
// problem and no messages: the one error to answer, with the id null. What is
// JSON and no message of JSON-RPC 2.0 comes as a message of kind [Invalid].
//
// Parse judges JSON as encoding/json does. It keeps nothing of data, but the
// messages point into it.
func Parse(dst []Message, data []byte, maxBatch int) (messages []Message, batch bool, problem *Error) {
	s := &scanner{data: data}
	if s.peek() == '[' {
		messages, problem = s.batch(dst, maxBatch)
		return messages, true, problem
	}
	m, ok := s.message(0)
	if !ok || !s.atEnd() {
		return dst, false, parseError()
	}
	return append(dst, m), false, nil
}

// batch takes an array of messages whose bracket is next.
func (s *scanner) batch(dst []Message, maxBatch int) ([]Message, *Error) {
	s.pos++
	if s.take(']') {
		return dst, s.problem(invalidRequest("the batch is empty"))
	}
	messages := dst
	for count := 0; ; count++ {
		if count == maxBatch {
			return dst, invalidRequest("more than " + strconv.Itoa(maxBatch) + " messages in a batch")
		}
		m, ok := s.message(1)
		if !ok {
			return dst, parseError()
		}
		messages = append(messages, m)
		if s.take(',') {
			continue
		}
		if !s.take(']') || !s.atEnd() {
			return dst, parseError()
		}
		return messages, nil
	}
}

// problem returns e unless more follows, which makes all of it no JSON.
func (s *scanner) problem(e *Error) *Error {
	if !s.atEnd() {
		return parseError()
	}
	return e
}

// atEnd reports whether nothing but white space is left.
func (s *scanner) atEnd() bool {
	s.peek()
	return s.pos == len(s.data)
}
