package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

// maxShown is how much of a server's text an error shows, in runes.
const maxShown = 200

// HandshakeError says that the server, or a proxy on the way, did not switch to
// WebSocket. Everything in it comes from the peer and is not to be trusted;
// Error shows it cut and without control characters.
type HandshakeError struct {
	// StatusCode is the HTTP status, 0 when the answer was no HTTP at all. It
	// is 101 when the rest of the answer broke RFC 6455; Err says how.
	StatusCode int
	// Header is the answer's, nil when there was none.
	Header http.Header
	// Body is the beginning of the answer's body, at most 1 KiB.
	Body []byte
	// Code is the code in the body, when that is GoFrame's JSON form
	// {"code":…,"message":…,"data":…}, else 0.
	Code int
	// Message is the message there, else empty.
	Message string
	// Err is the cause where there is one beside the answer, else nil.
	Err error

	sender string // "server" or "proxy"
}

// newHandshakeError describes an answer whose body has been cut already.
func newHandshakeError(sender string, response *http.Response, body []byte, cause error) *HandshakeError {
	e := &HandshakeError{StatusCode: response.StatusCode, Header: response.Header, Body: body, Err: cause, sender: sender}
	e.Code, e.Message = decodeBody(body)
	return e
}

// Error implements error.
func (e *HandshakeError) Error() string {
	if e.StatusCode == 0 {
		return fmt.Sprintf("no valid answer of the %s: %v", e.from(), e.Err)
	}
	text := fmt.Sprintf("the %s answered %d", e.from(), e.StatusCode)
	if words := http.StatusText(e.StatusCode); words != "" {
		text += " " + words
	}
	if said := e.said(); said != "" {
		text += ": " + said
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause, which may be nil.
func (e *HandshakeError) Unwrap() error { return e.Err }

func (e *HandshakeError) from() string {
	if e.sender == "" {
		return "server"
	}
	return e.sender
}

// said returns what the body tells a person: GoFrame's message and code, or the
// beginning of plain text.
func (e *HandshakeError) said() string {
	if e.Message != "" {
		return fmt.Sprintf("%s (code %d)", printable(e.Message), e.Code)
	}
	text := strings.TrimSpace(string(e.Body))
	if strings.HasPrefix(text, "<") || strings.HasPrefix(text, "{") {
		return ""
	}
	return printable(text)
}

// decodeBody reads GoFrame's JSON form of an answer, or returns zeros.
func decodeBody(body []byte) (code int, message string) {
	var form struct {
		Code    *int    `json:"code"`
		Message *string `json:"message"`
	}
	if json.Unmarshal(body, &form) != nil || form.Code == nil || form.Message == nil {
		return 0, ""
	}
	return *form.Code, *form.Message
}

// printable returns s in one line, cut, and without what could drive a terminal.
func printable(s string) string {
	var b strings.Builder
	count := 0
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if count == maxShown {
			b.WriteString("…")
			break
		}
		if !unicode.IsPrint(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
		count++
	}
	return b.String()
}
