package client

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// maxBody is how much of an answer's body is kept, in bytes. gorilla reads no
// more.
const maxBody = 1 << 10

// badAnswer makes a HandshakeError of what gorilla returned, unless the
// handshake had not been reached or time ran out before an answer.
func (d *dialing) badAnswer(ctx context.Context, response *http.Response, err error) error {
	if response != nil {
		return answerError(response)
	}
	if d.stage != StageHandshake || ctx.Err() != nil || isTimeout(err) {
		return err
	}
	// The reader of answers quotes what it could not read, however long.
	return &HandshakeError{Err: &withText{text: printable(err.Error()), err: err}}
}

func answerError(response *http.Response) error {
	body := readBody(response.Body)
	if response.StatusCode != http.StatusSwitchingProtocols {
		return newHandshakeError("server", response, body, nil)
	}
	problem := gerror.NewCode(gcode.CodeInvalidRequest, switchProblem(response.Header))
	return newHandshakeError("server", response, body, problem)
}

// switchProblem says what a 101 lacks. gorilla has checked all three headers, so
// if the first two are right it was the last.
func switchProblem(header http.Header) string {
	switch {
	case len(header["Sec-Websocket-Extensions"]) > 0:
		return "Sec-WebSocket-Extensions names what was not offered"
	case !hasToken(header, "Upgrade", "websocket"):
		return `the Upgrade header is not "websocket"`
	case !hasToken(header, "Connection", "upgrade"):
		return `the Connection header has no "Upgrade"`
	default:
		return "Sec-WebSocket-Accept does not answer the key"
	}
}

func hasToken(header http.Header, name, token string) bool {
	for _, value := range header[name] {
		for item := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(item), token) {
				return true
			}
		}
	}
	return false
}

// checkAnswer fails a 101 for what gorilla lets pass: a subprotocol or an
// extension that was not offered. It would even inflate messages unasked.
func (d *dialing) checkAnswer(response *http.Response) error {
	if len(response.Header["Sec-Websocket-Extensions"]) > 0 {
		return answerError(response)
	}
	chosen := response.Header["Sec-Websocket-Protocol"]
	if len(chosen) == 0 {
		return nil
	}
	if len(chosen) == 1 && slices.Contains(d.options.Subprotocols, chosen[0]) {
		return nil
	}
	problem := gerror.NewCode(gcode.CodeInvalidRequest, "Sec-WebSocket-Protocol names what was not offered")
	return newHandshakeError("server", response, nil, problem)
}

// readBody returns the beginning of an answer's body; an error on the way cuts
// it, since the status has said enough.
func readBody(body io.Reader) []byte {
	if body == nil {
		return nil
	}
	data, _ := io.ReadAll(io.LimitReader(body, maxBody))
	return data
}
