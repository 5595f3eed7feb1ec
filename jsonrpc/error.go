package jsonrpc

import (
	"encoding/json"
	"strconv"

	"github.com/gfws/gf-websocket/utility/rpcwire"
)

// Codes of errors that JSON-RPC 2.0 reserves. All others are those of GoFrame's
// gcode, such as 51 for a request that its rules refuse and 63 for a busy
// server, or the application's own.
const (
	CodeParse          = rpcwire.CodeParseError     // -32700: the message is not JSON
	CodeInvalidRequest = rpcwire.CodeInvalidRequest // -32600: JSON, but no request
	CodeMethodNotFound = rpcwire.CodeMethodNotFound // -32601: nothing is bound to the method
	CodeInvalidParams  = rpcwire.CodeInvalidParams  // -32602: the params do not fit the request's type
	CodeInternal       = rpcwire.CodeInternalError  // -32603: the handler failed without a code, or panicked
	CodeTimeout        = -32001                     // the handler gave up as its time was over
	CodeCancelled      = -32800                     // the handler gave up as $/cancel asked it to
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

// wire is how an Error is sent. Data that cannot be encoded is left out.
func (e *Error) wire() *rpcwire.Error {
	sent := &rpcwire.Error{Code: e.Code, Message: e.Message}
	if e.Data != nil {
		sent.Data, _ = json.Marshal(e.Data)
	}
	return sent
}

// received is what the client has answered with.
func received(sent *rpcwire.Error) *Error {
	e := &Error{Code: sent.Code, Message: sent.Message}
	if sent.Data != nil {
		e.Data = sent.Data
	}
	return e
}

// refusal is what to answer to what cannot be read.
func refusal(problem *rpcwire.Error) *Error {
	if problem.Code == CodeParse {
		return &Error{Code: CodeParse, Message: "Parse error", Data: problem.Message}
	}
	return invalidRequest(problem.Message)
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
