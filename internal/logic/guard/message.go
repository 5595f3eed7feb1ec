package guard

import (
	"context"
	"errors"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// CheckMessage decides about a message whose size and UTF-8 the session has
// checked already, while reading it: first its type, then what its sender may
// do, its form, its rules, and last the application's own check. Its error is a
// [model.MessageRefusal], or tells of rules that cannot be held.
func (s *sGuard) CheckMessage(ctx context.Context, policy *model.Policy, session *ws.Session, m ws.Message) error {
	if err := checkType(policy, m); err != nil {
		return err
	}
	if err := checkAction(ctx, &policy.Auth, session, m); err != nil {
		return err
	}
	if err := checkForm(&policy.Message, m); err != nil {
		return err
	}
	if err := checkRules(ctx, &policy.Message, m); err != nil {
		return err
	}
	return checkByApplication(ctx, policy, session, m)
}

func checkType(policy *model.Policy, m ws.Message) error {
	if policy.RefuseText && m.Type == ws.Text || policy.RefuseBinary && m.Type == ws.Binary {
		return &model.MessageRefusal{
			Reason: "type",
			Close:  ws.CloseError{Code: ws.CodeUnsupportedData, Reason: m.Type.String() + " messages are not taken here"},
			Code:   gcode.CodeInvalidParameter,
		}
	}
	return nil
}

// checkByApplication asks the application. Its [ws.CloseError] closes in any
// case; any other error closes with 1008 and its text, or is the answer.
func checkByApplication(ctx context.Context, policy *model.Policy, session *ws.Session, m ws.Message) error {
	if policy.CheckMessage == nil {
		return nil
	}
	err := policy.CheckMessage(ctx, session, m)
	if err == nil {
		return nil
	}
	var closing *ws.CloseError
	if errors.As(err, &closing) {
		return &model.MessageRefusal{Reason: "message", Close: *closing, Final: true}
	}
	code := gerror.Code(err)
	if code == gcode.CodeNil {
		code = gcode.CodeValidationFailed
	}
	return &model.MessageRefusal{
		Reason: "message",
		Close:  ws.CloseError{Code: ws.CodePolicyViolation, Reason: err.Error()},
		Code:   code,
	}
}
