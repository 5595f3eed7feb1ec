package rpcwire

import (
	"encoding/json"
	"math/bits"
)

// The members that JSON-RPC 2.0 gives a meaning to. All others are passed over.
const (
	hasVersion = 1 << iota
	hasID
	hasMethod
	hasParams
	hasResult
	hasError
)

// envelope collects the members of one message.
type envelope struct {
	seen  int // what has been found
	twice int // what has been found again
	raw   [6][]byte
}

// message takes one value and says which message it is. depth counts what is
// open around.
func (s *scanner) message(depth int) (Message, bool) {
	if s.peek() != '{' {
		return refused(nil, "a message must be an object"), s.value(depth)
	}
	var e envelope
	if !s.members(depth+1, e.add) {
		return Message{}, false
	}
	m := e.message()
	if m.Kind == Invalid {
		m.Method = e.value(hasMethod)
	}
	return m, true
}

// add takes note of one member.
func (e *envelope) add(key, value []byte) bool {
	member := memberOf(Unquote(key))
	if member == 0 {
		return true
	}
	e.twice |= e.seen & member
	e.seen |= member
	e.raw[bits.TrailingZeros(uint(member))] = value
	return true
}

func memberOf(key []byte) int {
	switch string(key) {
	case "jsonrpc":
		return hasVersion
	case "id":
		return hasID
	case "method":
		return hasMethod
	case "params":
		return hasParams
	case "result":
		return hasResult
	case "error":
		return hasError
	default:
		return 0
	}
}

// value returns the bytes of a member, nil when it is missing.
func (e *envelope) value(member int) []byte {
	return e.raw[bits.TrailingZeros(uint(member))]
}

func (e *envelope) has(member int) bool { return e.seen&member != 0 }

// message judges what has been collected.
func (e *envelope) message() Message {
	id := e.value(hasID)
	if e.twice&hasID != 0 || id != nil && !isID(id) {
		return refused(nil, "id must be one string, number or null")
	}
	// Readers that take the first of two and those that take the last would
	// not see the same message.
	if e.twice != 0 {
		return refused(id, "a member stands there twice")
	}
	if !isVersion(e.value(hasVersion)) {
		return refused(id, `jsonrpc must be "2.0"`)
	}
	if e.has(hasMethod) {
		return e.call(id)
	}
	return e.response(id)
}

// call judges a request or a notification.
func (e *envelope) call(id []byte) Message {
	method := e.value(hasMethod)
	if method[0] != '"' {
		return refused(id, "method must be a string")
	}
	if e.has(hasResult) || e.has(hasError) {
		return refused(id, "a call has neither result nor error")
	}
	params, ok := Params(e.value(hasParams))
	if !ok {
		return refused(id, "params must be an object or an array")
	}
	m := Message{Kind: Request, ID: id, Method: Unquote(method), Params: params}
	if id == nil {
		m.Kind = Notification
	}
	return m
}

// Params returns a JSON value, or nil, as the params of a call: nil for null,
// which is as good as none. ok is false for what can be no params, since it is
// neither an object nor an array.
func Params(value []byte) (params []byte, ok bool) {
	if value == nil {
		return nil, true
	}
	switch value[0] {
	case '{', '[':
		return value, true
	case 'n':
		return nil, true
	default:
		return nil, false
	}
}

// response judges an answer.
func (e *envelope) response(id []byte) Message {
	if !e.has(hasResult) && !e.has(hasError) {
		return refused(id, "method is missing")
	}
	if id == nil {
		return refused(nil, "a response must have an id")
	}
	if e.has(hasResult) == e.has(hasError) {
		return refused(id, "a response has a result or an error")
	}
	if e.has(hasResult) {
		return Message{Kind: Response, ID: id, Result: e.value(hasResult)}
	}
	failure := errorObject(e.value(hasError))
	if failure == nil {
		return refused(id, "error must be an object with a code and a message")
	}
	return Message{Kind: Response, ID: id, Error: failure}
}

// errorObject reads the error of a response, or returns nil. It is rare enough
// to be read twice.
func errorObject(raw []byte) *Error {
	var read struct {
		Code    *int            `json:"code"`
		Message *string         `json:"message"`
		Data    json.RawMessage `json:"data"`
	}
	if json.Unmarshal(raw, &read) != nil || read.Code == nil || read.Message == nil {
		return nil
	}
	return &Error{Code: *read.Code, Message: *read.Message, Data: read.Data}
}

func refused(id []byte, why string) Message {
	return Message{Kind: Invalid, ID: id, Problem: invalidRequest(why)}
}

// isID reports whether a value may be an id: a string, a number or null.
func isID(raw []byte) bool {
	return raw[0] == '"' || raw[0] == 'n' || raw[0] == '-' || isDigit(raw[0])
}

func isVersion(raw []byte) bool {
	return len(raw) > 0 && raw[0] == '"' && string(Unquote(raw)) == "2.0"
}
