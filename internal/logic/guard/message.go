package guard

import (
	"context"
	"errors"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// CheckMessage decides about a message whose size and UTF-8 the session has
// checked already, while reading it: first its type, then what its sender may
// do, then the application's own check. Its error is a [ws.CloseError], 1003 for the type; an error of the
// application that is none closes with 1008 and its text as the reason.
func (s *sGuard) CheckMessage(ctx context.Context, policy *model.Policy, session *ws.Session, m ws.Message) error {
	if policy.RefuseText && m.Type == ws.Text || policy.RefuseBinary && m.Type == ws.Binary {
		return &ws.CloseError{Code: ws.CodeUnsupportedData, Reason: m.Type.String() + " messages are not taken here"}
	}
	if err := checkAction(ctx, &policy.Auth, session, m); err != nil {
		return err
	}
	if policy.CheckMessage == nil {
		return nil
	}
	err := policy.CheckMessage(ctx, session, m)
	if err == nil {
		return nil
	}
	var closing *ws.CloseError
	if errors.As(err, &closing) {
		return closing
	}
	return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: err.Error()}
}
