package model

import (
	"net/http"
	"net/netip"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/limit"
)

// HandshakeInput is what the guard judges a handshake by.
type HandshakeInput struct {
	Request *ghttp.Request
	Policy  *Policy
	// Draining tells that the server is shutting down.
	Draining bool
	// Client is who asks, see ClientAddr of the guard.
	Client netip.Addr
	// Ticket is to be entered; nil where nothing is counted. Whoever made it
	// leaves it when the handshake comes to nothing.
	Ticket *limit.Ticket
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
	// Cause is the failure of the server's own that is behind it, for the log;
	// nil for none.
	Cause error
}

// Error implements error.
func (r *Refusal) Error() string {
	return r.Reason + ": " + r.Message
}
