package ws

import (
	"fmt"
	"unicode/utf8"
)

// MaxReason is the most bytes a close reason may have: a control frame carries
// 125, and the code takes two of them (RFC 6455 section 5.5).
const MaxReason = 123

// Side tells who ended a session.
type Side int

const (
	// ByNetwork means that neither side said so: the connection broke, or the
	// peer fell silent.
	ByNetwork Side = iota
	// ByPeer means that the peer sent the first close frame.
	ByPeer
	// ByServer means that this side sent the first close frame.
	ByServer
)

// String returns "network", "peer" or "server".
func (b Side) String() string {
	switch b {
	case ByPeer:
		return "peer"
	case ByServer:
		return "server"
	default:
		return "network"
	}
}

// Close tells how a session ended.
type Close struct {
	// Code is the code of the first close frame, CodeNoStatus when that frame
	// had none, or CodeAbnormal when there was no frame.
	Code Code
	// Reason is the text of that frame, at most MaxReason bytes, may be empty.
	Reason string
	// By tells who closed.
	By Side
	// Err is the cause where there is one, such as a read error or what a
	// handler returned; nil after an orderly close.
	Err error
}

// String returns the close in words for a log.
func (c Close) String() string {
	if c.Reason == "" {
		return fmt.Sprintf("%s by %s", c.Code, c.By)
	}
	return fmt.Sprintf("%s %q by %s", c.Code, c.Reason, c.By)
}

// CloseError is an error that says with which code and reason to close. A
// handler or a check that returns one, wrapped or not, closes its session so;
// a client's read returns one when its server closed.
type CloseError struct {
	Code   Code
	Reason string
}

// Error implements error.
func (e *CloseError) Error() string {
	if e.Reason == "" {
		return "websocket closed: " + e.Code.String()
	}
	return "websocket closed: " + e.Code.String() + ": " + e.Reason
}

// TruncateReason returns reason as it may be sent: valid UTF-8 and at most
// MaxReason bytes, cut before a rune that does not fit.
func TruncateReason(reason string) string {
	if !utf8.ValidString(reason) {
		reason = string([]rune(reason))
	}
	if len(reason) <= MaxReason {
		return reason
	}
	end := MaxReason
	for end > 0 && !utf8.RuneStart(reason[end]) {
		end--
	}
	return reason[:end]
}
