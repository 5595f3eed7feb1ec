package rpcwire

import (
	"encoding/json"
	"strconv"
)

// The codes that JSON-RPC 2.0 reserves. Those from -32099 to -32000 are left to
// servers, all others to applications.
const (
	CodeParseError     = -32700 // no valid JSON
	CodeInvalidRequest = -32600 // JSON, but no JSON-RPC 2.0
	CodeMethodNotFound = -32601 // nothing has this name
	CodeInvalidParams  = -32602 // params of wrong types or missing
	CodeInternalError  = -32603 // the peer failed
)

// Error is the error object of a response, and a Go error. A nil Data is left
// out on the wire.
type Error struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// Error implements error.
func (e *Error) Error() string {
	return "json-rpc error " + strconv.Itoa(e.Code) + ": " + e.Message
}

func parseError(why string) *Error {
	return &Error{Code: CodeParseError, Message: why}
}

func invalidRequest(why string) *Error {
	return &Error{Code: CodeInvalidRequest, Message: why}
}
