package websocket

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// reject tells the sender of a message that is not taken what is wrong with it,
// or returns the error that closes its session.
func (v *visit) reject(ctx context.Context, s *ws.Session, err error) error {
	var refusal *model.MessageRefusal
	if !errors.As(err, &refusal) || refusal.Final || !v.endpoint.Policy.Message.Answer {
		return err
	}
	v.record(ctx, s, audit.Event{Action: audit.Rejected, Reason: refusal.Reason, Code: int(refusal.Close.Code)})
	return s.Reply(ws.Message{Type: ws.Text, Data: rpcwire.AppendError(nil, nil, answerOf(refusal))})
}

// answerOf is a refusal as an error of JSON-RPC 2.0.
func answerOf(refusal *model.MessageRefusal) *rpcwire.Error {
	answer := &rpcwire.Error{Code: refusal.Code.Code(), Message: refusal.Close.Reason}
	if len(refusal.Fields) > 0 {
		answer.Data, _ = json.Marshal(refusal.Fields) // texts always encode
	}
	return answer
}
