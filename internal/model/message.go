package model

import (
	"context"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// MessagePolicy tells what a message must be besides small and UTF-8. The zero
// value takes everything.
type MessagePolicy struct {
	// Signature takes each message out of its signed envelope; nil for messages
	// without.
	Signature *envelope.Opener
	// JSONDepth makes every message JSON whose lists and objects are in each
	// other at most that deep; 0 for anything.
	JSONDepth int
	// Validate returns what is wrong with a message; nil for no rules.
	Validate Validation
	// Answer tells a refused message's sender what is wrong and goes on, where
	// the session would be closed otherwise.
	Answer bool
}

// Validation judges a message by rules, and returns what is wrong with which of
// its fields; "" is the message as a whole. nil means that nothing is. An error is
// one of the rules, and not of the message.
type Validation func(ctx context.Context, m ws.Message) (map[string]string, error)

// MessageRefusal is the error of a message that is not taken. It unwraps to the
// [ws.CloseError] that ends the session where the policy is to close.
type MessageRefusal struct {
	// Reason is one word for logs and metrics, such as "type".
	Reason string
	// Close is the code and the reason of the close. The reason is what an
	// answer says too.
	Close ws.CloseError
	// Code is the code of an answer.
	Code gcode.Code
	// Fields tells what is wrong with which field; nil where fields are not the
	// matter.
	Fields map[string]string
	// Final closes whatever the policy is.
	Final bool
}

// Error implements error.
func (r *MessageRefusal) Error() string { return r.Reason + ": " + r.Close.Reason }

// Unwrap tells the session how to close.
func (r *MessageRefusal) Unwrap() error { return &r.Close }
