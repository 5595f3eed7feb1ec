package client

import (
	"crypto/tls"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// maxRetryAfter bounds what a server may ask a client to wait.
const maxRetryAfter = 24 * time.Hour

// IsTerminal reports whether a server that closes with code would do so again:
// it is done with this client (1000), the two do not understand each other
// (1002, 1003, 1007, 1009, 1010), or the client is refused (1008, 4401, 4403).
// A [Client] with a token source tries once more after 4401, with a new token.
// All other codes, such as 1001, 1006, 1011, 1012 and 1013, speak of the server
// or the network at that moment.
func IsTerminal(code ws.Code) bool {
	switch code {
	case ws.CodeNormal, ws.CodeProtocolError, ws.CodeUnsupportedData, ws.CodeInvalidData,
		ws.CodePolicyViolation, ws.CodeMessageTooBig, ws.CodeMissingExtension,
		ws.CodeUnauthorized, ws.CodeForbidden:
		return true
	default:
		return false
	}
}

// isTerminal reports whether another try is pointless after err.
func (c *Client) isTerminal(err error) bool {
	// The last frame says it all, whatever cut the connection then.
	var ending *ws.CloseError
	if errors.As(err, &ending) {
		return c.options.Terminal(ending.Code)
	}
	var answer *HandshakeError
	if errors.As(err, &answer) {
		return isTerminalStatus(answer.StatusCode)
	}
	var dial *DialError
	if !errors.As(err, &dial) {
		return false
	}
	var certificate *tls.CertificateVerificationError
	var refused *Error
	switch dial.Stage {
	case StageURL, StageOptions:
		return true
	case StageAuth:
		return errors.As(err, &refused)
	default:
		return errors.As(err, &certificate)
	}
}

// isTerminalStatus reports whether an HTTP answer is about the request, not
// about the server's present state. Redirects are not followed.
func isTerminalStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	default:
		return status >= 300 && status < 500
	}
}

// retryAfter returns how long the server asked to stay away, 0 when it did not.
func retryAfter(err error, now time.Time) time.Duration {
	var answer *HandshakeError
	if !errors.As(err, &answer) || answer.Header == nil {
		return 0
	}
	return parseRetryAfter(answer.Header.Get("Retry-After"), now)
}

// parseRetryAfter reads either form of RFC 9110 section 10.2.3, and returns 0
// for anything else.
func parseRetryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	seconds, err := strconv.ParseUint(value, 10, 64)
	switch {
	case err == nil:
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	case errors.Is(err, strconv.ErrRange):
		return maxRetryAfter
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(date.Sub(now), 0), maxRetryAfter)
}

// wait returns how long to stay away after the given failed try, counted from 1.
// What the server asked for is the least; the jitter comes on top, since others
// were told the same.
func (c *Client) wait(attempt int, err error) time.Duration {
	ceiling := c.options.Backoff.ceiling(attempt)
	return retryAfter(err, c.options.Clock.Now()) + c.options.Jitter(ceiling)
}

// ceiling returns what the wait after the given failed try is less than.
func (b Backoff) ceiling(attempt int) time.Duration {
	ceiling := b.Min
	for range attempt - 1 {
		if ceiling > b.Max/2 {
			return b.Max
		}
		ceiling *= 2
	}
	return ceiling
}
