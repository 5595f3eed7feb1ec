package audit

import (
	"fmt"
	"strings"
)

// Event is what happened to whom. It has no field for what a client has sent,
// such as a query, a token or a message: those are not told.
type Event struct {
	Action Action
	// Reason is one word out of few, such as "origin".
	Reason string
	// Code is the status of the answer, or the code of the close; 0 for neither.
	Code int
	// Remote is the peer's socket address.
	Remote string
	// Client is the address that the peer stands for, where a proxy has told it.
	Client string
	// Path is the path of the request.
	Path string
	// User and Session are those of a session; empty without.
	User, Session string
	// Err is a failure of the server's own; nil for none.
	Err error
}

// longest is how much of a word from outside is told.
const longest = 256

// line is e as it stands in the log. What comes from outside is quoted, so that
// nobody writes lines of his own.
func (e Event) line(instance string, suppressed uint64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "websocket action=%s reason=%s", e.Action, e.Reason)
	if e.Code != 0 {
		fmt.Fprintf(&b, " code=%d", e.Code)
	}
	fmt.Fprintf(&b, " instance=%q", instance)
	if e.Remote != "" {
		fmt.Fprintf(&b, " remote=%s", e.Remote)
	}
	for _, field := range []struct{ name, value string }{
		{"client", e.Client}, {"path", e.Path}, {"user", e.User}, {"session", e.Session},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, " %s=%q", field.name, cut(field.value))
		}
	}
	if e.Err != nil {
		fmt.Fprintf(&b, " error=%q", cut(e.Err.Error()))
	}
	if suppressed > 0 {
		fmt.Fprintf(&b, " suppressed=%d", suppressed)
	}
	return b.String()
}

func cut(text string) string {
	if len(text) <= longest {
		return text
	}
	return text[:longest]
}
