package websocket

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// reject tells the sender of a message that is not taken what is wrong with it,
// or returns the error that closes its session.
func (v *visit) reject(ctx context.Context, s *ws.Session, err error) error {
	var refusal *model.MessageRefusal
	if !errors.As(err, &refusal) || refusal.Final || !v.endpoint.Policy.Message.Answer {
		return err
	}
	answer, err := json.Marshal(answerOf(refusal))
	if err != nil {
		return err
	}
	v.record(ctx, s, audit.Event{Action: audit.Rejected, Reason: refusal.Reason, Code: int(refusal.Close.Code)})
	return s.Reply(ws.Message{Type: ws.Text, Data: answer})
}

// rejection is an error of JSON-RPC 2.0 without a call that it answers.
type rejection struct {
	Version string         `json:"jsonrpc"`
	ID      *string        `json:"id"` // always null
	Error   rejectionError `json:"error"`
}

type rejectionError struct {
	Code    int               `json:"code"`
	Message string            `json:"message"`
	Data    map[string]string `json:"data,omitempty"`
}

func answerOf(refusal *model.MessageRefusal) rejection {
	return rejection{Version: "2.0", Error: rejectionError{
		Code:    refusal.Code.Code(),
		Message: refusal.Close.Reason,
		Data:    refusal.Fields,
	}}
}
