package jsonrpc

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// version is the only one of the envelope.
const version = "2.0"

// maxID is the most bytes an id may have, quotes included.
const maxID = 1024

// envelope is one object of a message, taken apart but not decoded: a request
// or notification, or the answer to a call of the server's.
type envelope struct {
	id     []byte // as it came; nil for none
	method string
	params []byte // an array or an object; nil for none
	result []byte
	fault  []byte // the member "error"
}

// isAnswer tells an answer from a request.
func (e *envelope) isAnswer() bool { return e.result != nil || e.fault != nil }

// split calls each with every value of the message: the message itself, or the
// elements of a batch. batch tells which. An error means that nothing of it
// counts, and is what to answer.
func split(data []byte, maxBatch int) (items [][]byte, batch bool, err *Error) {
	if !utf8.Valid(data) {
		return nil, false, parseError("the message is not UTF-8")
	}
	s := scanner{data: data}
	if s.space() != '[' {
		value, err := s.value()
		if err == nil {
			err = s.end()
		}
		if err != nil {
			return nil, false, parseError(err.Error())
		}
		return [][]byte{value}, false, nil
	}
	scanErr := s.array(func(value []byte) error {
		if len(items) <= maxBatch {
			items = append(items, value)
		}
		return nil
	})
	if scanErr == nil {
		scanErr = s.end()
	}
	switch {
	case scanErr != nil:
		return nil, true, parseError(scanErr.Error())
	case len(items) == 0:
		return nil, true, invalidRequest("the batch is empty")
	case len(items) > maxBatch:
		return nil, true, invalidRequest("the batch is too large")
	}
	return items, true, nil
}

// parse takes a value apart that is known to be JSON. Where it is no request,
// the envelope still has the id if that could be made out.
func parse(value []byte) (e envelope, err *Error) {
	if value[0] != '{' {
		return e, invalidRequest("a request is an object")
	}
	var members memberSet
	s := scanner{data: value}
	_ = s.object(func(name, value []byte) error {
		if fault := e.set(&members, name, value); err == nil {
			err = fault
		}
		return nil
	})
	if err != nil {
		return e, err
	}
	return e, e.check(members)
}

// memberSet notes which members of an envelope have come.
type memberSet uint8

const (
	memberVersion memberSet = 1 << iota
	memberID
	memberMethod
	memberParams
	memberResult
	memberError
)

// set takes over one member. Unknown ones are passed over.
func (e *envelope) set(seen *memberSet, name, value []byte) *Error {
	member := memberOf(name)
	if member == 0 {
		return nil
	}
	if *seen&member != 0 {
		e.id = nil
		return invalidRequest("a member of the request stands twice")
	}
	*seen |= member
	switch member {
	case memberVersion:
		if value[0] != '"' || unquote(value) != version {
			return invalidRequest("jsonrpc must be \"2.0\"")
		}
	case memberID:
		return e.setID(value)
	case memberMethod:
		return e.setMethod(value)
	case memberParams:
		return e.setParams(value)
	case memberResult:
		e.result = value
	case memberError:
		e.fault = value
	}
	return nil
}

// memberOf returns the member of that quoted name, 0 for none.
func memberOf(quoted []byte) memberSet {
	switch name := unquote(quoted); name {
	case "jsonrpc":
		return memberVersion
	case "id":
		return memberID
	case "method":
		return memberMethod
	case "params":
		return memberParams
	case "result":
		return memberResult
	case "error":
		return memberError
	default:
		return 0
	}
}

func (e *envelope) setID(value []byte) *Error {
	switch first := value[0]; {
	case len(value) > maxID:
		return invalidRequest("the id is too long")
	case first == '"', first == '-', first == 'n', isDigit(first):
		e.id = value
		return nil
	default:
		return invalidRequest("the id must be a string, a number or null")
	}
}

func (e *envelope) setMethod(value []byte) *Error {
	if value[0] != '"' {
		return invalidRequest("the method must be a string")
	}
	e.method = unquote(value)
	return nil
}

func (e *envelope) setParams(value []byte) *Error {
	switch value[0] {
	case '{', '[':
		e.params = value
		return nil
	case 'n': // what some clients send for none
		return nil
	default:
		return invalidRequest("params must be an object or an array")
	}
}

// check tells whether the members make a request or an answer.
func (e *envelope) check(seen memberSet) *Error {
	answer := seen & (memberResult | memberError)
	switch {
	case seen&memberVersion == 0:
		return invalidRequest("jsonrpc must be \"2.0\"")
	case seen&memberMethod == 0 && answer == 0:
		return invalidRequest("there is no method")
	case seen&memberMethod != 0 && answer != 0:
		return invalidRequest("a request has no result and no error")
	case answer == memberResult|memberError:
		return invalidRequest("an answer has a result or an error, not both")
	}
	return nil
}

// unquote decodes a string that is known to be JSON.
func unquote(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	var text string
	_ = json.Unmarshal(quoted, &text)
	return text
}
