package guard

import (
	"errors"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// OpenMessage takes a message out of its envelope, where messages are signed. Its
// error is a [model.MessageRefusal].
func (s *sGuard) OpenMessage(policy *model.Policy, m ws.Message) (ws.Message, error) {
	opener := policy.Message.Signature
	if opener == nil {
		return m, nil
	}
	if m.Type != ws.Text {
		return m, refuseSignature(envelope.ErrMalformed)
	}
	data, isBinary, err := opener.Open(m.Data)
	if err != nil {
		return m, refuseSignature(err)
	}
	if isBinary {
		return ws.BinaryMessage(data), nil
	}
	return ws.Message{Type: ws.Text, Data: data}, nil
}

// refuseSignature tells which rule was broken, which is no help for who lacks
// the key: the time and the nonce are looked at only once the signature is good.
func refuseSignature(err error) error {
	code := ws.CodePolicyViolation
	if errors.Is(err, envelope.ErrFull) {
		code = ws.CodeTryAgainLater
	}
	reason := "signature"
	if errors.Is(err, envelope.ErrReplayed) {
		reason = "replay"
	}
	return &model.MessageRefusal{
		Reason: reason,
		Close:  ws.CloseError{Code: code, Reason: err.Error()},
		Code:   gcode.CodeSecurityReason,
	}
}
