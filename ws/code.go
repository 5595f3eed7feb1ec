package ws

import (
	"strconv"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/framescan"
)

// Code is the status code of a close frame, RFC 6455 section 7.4.
type Code int

const (
	CodeNormal           Code = 1000 // the work is done
	CodeGoingAway        Code = 1001 // the server shuts down, or the page was left
	CodeProtocolError    Code = 1002 // a frame broke RFC 6455
	CodeUnsupportedData  Code = 1003 // a type of message that is not taken here
	CodeNoStatus         Code = 1005 // the close frame had no code; never sent
	CodeAbnormal         Code = 1006 // the connection broke without a close frame; never sent
	CodeInvalidData      Code = 1007 // text that is not UTF-8
	CodePolicyViolation  Code = 1008 // refused by the application
	CodeMessageTooBig    Code = 1009 // over the size limit
	CodeMissingExtension Code = 1010 // the server did not negotiate what the client needs
	CodeInternalError    Code = 1011 // the handler failed
	CodeServiceRestart   Code = 1012 // the server restarts
	CodeTryAgainLater    Code = 1013 // the peer is too slow or the server too busy
	CodeBadGateway       Code = 1014 // a gateway got a bad answer
	CodeTLSHandshake     Code = 1015 // TLS failed; never sent
	CodeUnauthorized     Code = 4401 // not authenticated, or not any more; gfws's own, after HTTP's 401
	CodeForbidden        Code = 4403 // known, but not allowed; gfws's own, after HTTP's 403
)

// codeTexts are the words for the registered codes and for gfws's own.
var codeTexts = map[Code]string{
	CodeNormal:           "normal closure",
	CodeGoingAway:        "going away",
	CodeProtocolError:    "protocol error",
	CodeUnsupportedData:  "unsupported data",
	CodeNoStatus:         "no status received",
	CodeAbnormal:         "abnormal closure",
	CodeInvalidData:      "invalid data",
	CodePolicyViolation:  "policy violation",
	CodeMessageTooBig:    "message too big",
	CodeMissingExtension: "missing extension",
	CodeInternalError:    "internal error",
	CodeServiceRestart:   "service restart",
	CodeTryAgainLater:    "try again later",
	CodeBadGateway:       "bad gateway",
	CodeTLSHandshake:     "tls handshake failed",
	CodeUnauthorized:     "unauthorized",
	CodeForbidden:        "forbidden",
}

// String returns the code with its meaning in words, as in "1001 (going away)".
func (c Code) String() string {
	number := strconv.Itoa(int(c))
	if text, ok := codeTexts[c]; ok {
		return number + " (" + text + ")"
	}
	return number
}

// Sendable reports whether c may stand in a close frame: 1000 to 1003, 1007 to
// 1014, and 3000 to 4999. RFC 6455 section 7.4.1 forbids 1005, 1006 and 1015
// on the wire.
func (c Code) Sendable() bool {
	return framescan.IsCloseCode(int(c))
}

func (c Code) checkSendable() error {
	if c.Sendable() {
		return nil
	}
	return gerror.NewCodef(gcode.CodeInvalidParameter, "close code %s must not be sent", c)
}
