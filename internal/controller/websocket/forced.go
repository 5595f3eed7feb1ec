package websocket

import (
	"errors"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// closeReasons are the words for the closes of the session's own, and for those
// of the guard.
var closeReasons = map[ws.Code]string{
	ws.CodeUnauthorized:  "unauthorized",
	ws.CodeForbidden:     "forbidden",
	ws.CodeTryAgainLater: "busy",
	ws.CodeProtocolError: "protocol",
	ws.CodeInvalidData:   "encoding",
	ws.CodeMessageTooBig: "size",
	ws.CodeInternalError: "internal",
}

// forced returns in one word why the server has ended a session, or "" where it
// was the peer, the network, or the application without an error.
func forced(c ws.Close) string {
	var refusal *model.MessageRefusal
	switch {
	case errors.As(c.Err, &refusal):
		return refusal.Reason
	case errors.Is(c.Err, ws.ErrQueueFull):
		return "slow"
	case errors.Is(c.Err, ws.ErrSilent):
		return "silent"
	case c.By != ws.ByServer:
		return ""
	case c.Err == nil && c.Code != ws.CodeUnauthorized:
		return "" // the application's own; an identity that expires is not
	}
	if reason, ok := closeReasons[c.Code]; ok {
		return reason
	}
	return "handler"
}
