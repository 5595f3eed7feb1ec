package jsonrpc

import (
	"encoding/json"
	"strconv"
)

// Codes of errors that JSON-RPC 2.0 reserves. All others are those of GoFrame's
// gcode, such as 51 for a request that its rules refuse and 63 for a busy
// server, or the application's own.
const (
	CodeParse          = -32700 // the message is not JSON
	CodeInvalidRequest = -32600 // JSON, but no request
	CodeMethodNotFound = -32601 // nothing is bound to the method
	CodeInvalidParams  = -32602 // the params do not fit the request's type
	CodeInternal       = -32603 // the handler failed without a code, or panicked
	CodeTimeout        = -32001 // the handler gave up as its time was over
	CodeCancelled      = -32800 // the handler gave up as $/cancel asked it to
)

// Error is the error object of an answer. A handler that returns one, wrapped
// or not, has it sent as it is; [Call] returns one when the client answered
// with it.
type Error struct {
	// Code tells the kind of the error.
	Code int
	// Message says it in words.
	Message string
	// Data is what else there is to tell, anything that encodes as JSON; nil
	// for nothing. In an error from [Call] it is a json.RawMessage.
	Data any
}

// Error implements error.
func (e *Error) Error() string {
	return e.Message + " (" + strconv.Itoa(e.Code) + ")"
}

// errorObject is how an Error is written.
type errorObject struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

func parseError(detail string) *Error {
	return &Error{Code: CodeParse, Message: "Parse error", Data: detail}
}

func invalidRequest(detail string) *Error {
	return &Error{Code: CodeInvalidRequest, Message: "Invalid Request", Data: detail}
}

func methodNotFound() *Error {
	return &Error{Code: CodeMethodNotFound, Message: "Method not found"}
}

func invalidParams(detail string) *Error {
	return &Error{Code: CodeInvalidParams, Message: "Invalid params", Data: detail}
}
