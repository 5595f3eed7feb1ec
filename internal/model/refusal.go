package model

import (
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"
)

// HandshakeInput is what the guard judges a handshake by.
type HandshakeInput struct {
	Request *ghttp.Request
	Policy  *Policy
	// Draining tells that the server is shutting down.
	Draining bool
}

// Refusal is the error of a request that is not let in: the HTTP answer to it.
type Refusal struct {
	// Status is the HTTP status.
	Status int
	// Code is the code of the JSON body.
	Code gcode.Code
	// Message is the message of the JSON body, for the client to read.
	Message string
	// Header is sent with the answer; nil for none.
	Header http.Header
	// Reason is one word for logs and metrics, such as "origin".
	Reason string
}

// Error implements error.
func (r *Refusal) Error() string {
	return r.Reason + ": " + r.Message
}
