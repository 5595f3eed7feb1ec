// Package rpcwire reads and writes the envelope of JSON-RPC 2.0. It leaves
// params, results and the data of errors as the bytes they are, copies nothing,
// and knows nothing of what carries them.
package rpcwire

// Kind tells what a [Message] is.
type Kind uint8

const (
	// Invalid is JSON, but no message of JSON-RPC 2.0: Problem says why.
	Invalid Kind = iota
	// Request has a method and an id, and is to be answered.
	Request
	// Notification has a method and no id, and is never answered.
	Notification
	// Response has an id and a result or an error.
	Response
)

// String returns the kind in a word.
func (k Kind) String() string {
	switch k {
	case Request:
		return "request"
	case Notification:
		return "notification"
	case Response:
		return "response"
	default:
		return "invalid"
	}
}

// Message is one message as it stands in the data given to [Parse], whose
// memory its slices share.
type Message struct {
	Kind Kind

	// ID is the id as the peer wrote it: a string, a number or null. It is nil
	// for a notification, and for an invalid message that has no usable id;
	// what answers one then has the id null.
	ID []byte

	// Method is the name that is called, without quotes and escapes. It is the
	// member as it stands there, with quotes, when the message is invalid: nil
	// then means that the message was rather meant as a response.
	Method []byte

	// Params is a JSON object or array; nil when there are none. A null counts
	// as none, since many clients write it so.
	Params []byte

	// Result is the result of a response, nil when it has an error.
	Result []byte

	// Error is the error of a response, nil when it has a result.
	Error *Error

	// Problem is what to answer to an invalid message, nil for the others.
	Problem *Error
}
