package guard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// AuthenticateMessage takes the call "auth", by which a session tells who it
// belongs to, or that it still belongs to the same one: it answers the call,
// gives the session its identity and lets it speak. Any other message is not
// taken; from a session that has to authenticate first it is an error. An error
// closes the session: 4401, 4403 for one who is known and may not, or 1008 for one
// who has too many sessions.
func (s *sGuard) AuthenticateMessage(ctx context.Context, in model.AuthInput) (taken bool, err error) {
	call, ok := parseAuthCall(in.Message)
	if !ok {
		if in.Session.Muted() {
			return false, &ws.CloseError{Code: ws.CodeUnauthorized, Reason: "authenticate first, with the call auth"}
		}
		return false, nil
	}
	identity, closing := identify(ctx, in, call.token)
	if closing != nil {
		answerRefusal(in.Session, call, callCodes[closing.Code], closing.Reason)
		return true, closing
	}
	if exceeded := countUser(in.Ticket, identity.User); exceeded != nil {
		answerRefusal(in.Session, call, exceeded.Code, exceeded.Close.Reason)
		return true, exceeded
	}
	in.Session.SetIdentity(identity)
	if err = acceptCall(in.Session, call, identity); err != nil {
		return true, err
	}
	in.Session.Unmute()
	return true, nil
}

// authCall is a call of the method auth.
type authCall struct {
	id    []byte // nil for a notification, which gets no answer
	token string
}

// longestAuthCall is the most bytes of one, which a token fits into.
const longestAuthCall = 32 << 10

// authName is in every call of auth, and in few other messages, which need not be
// parsed then.
var authName = []byte(`"auth"`)

// parseAuthCall tells the call from all other messages.
func parseAuthCall(m ws.Message) (authCall, bool) {
	if m.Type != ws.Text || len(m.Data) > longestAuthCall || !bytes.Contains(m.Data, authName) {
		return authCall{}, false
	}
	var space [1]rpcwire.Message
	messages, _, problem := rpcwire.Parse(space[:0], m.Data, 0)
	if problem != nil || len(messages) != 1 || string(messages[0].Method) != "auth" {
		return authCall{}, false
	}
	var params struct {
		Token string `json:"token"`
	}
	if json.Unmarshal(messages[0].Params, &params) != nil {
		params.Token = "" // which nobody has
	}
	return authCall{messages[0].ID, params.Token}, true
}

// identify returns whom the token belongs to, or why the session must close.
func identify(ctx context.Context, in model.AuthInput, token string) (ws.Identity, *ws.CloseError) {
	policy, before := &in.Policy.Auth, in.Session.Identity()
	if token == "" {
		return ws.Identity{}, &ws.CloseError{Code: ws.CodeUnauthorized, Reason: "the call auth needs a token"}
	}
	identity, err := policy.Verify(ctx, token)
	switch {
	case err != nil:
		return identity, closeFor(err)
	case !identity.Known():
		return identity, closeFor(errNobody)
	case before.Known() && before.User != identity.User:
		return identity, &ws.CloseError{Code: ws.CodeForbidden, Reason: "the token is another user's: open a connection for it"}
	case policy.Authorize == nil:
		return identity, nil
	}
	if err = policy.Authorize(ctx, identity, in.Session.Handshake()); err != nil {
		return identity, &ws.CloseError{Code: ws.CodeForbidden, Reason: err.Error()}
	}
	return identity, nil
}

// closeFor returns the close for a token that was not taken: 1013 where that
// was not its fault.
func closeFor(err error) *ws.CloseError {
	switch gerror.Code(err) {
	case gcode.CodeServerBusy, gcode.CodeInternalError:
		return &ws.CloseError{Code: ws.CodeTryAgainLater, Reason: publicText(err)}
	}
	return &ws.CloseError{Code: ws.CodeUnauthorized, Reason: publicText(err)}
}

// callCodes are the codes of the answers, by the code of the close that follows.
var callCodes = map[ws.Code]gcode.Code{
	ws.CodeUnauthorized:  gcode.CodeNotAuthorized,
	ws.CodeForbidden:     gcode.CodeSecurityReason,
	ws.CodeTryAgainLater: gcode.CodeServerBusy,
}

// answerRefusal answers a call that failed, before the close that says it too.
func answerRefusal(s *ws.Session, call authCall, code gcode.Code, reason string) {
	if call.id == nil {
		return
	}
	problem := &rpcwire.Error{Code: code.Code(), Message: reason}
	_ = s.Reply(ws.Message{Type: ws.Text, Data: rpcwire.AppendError(nil, call.id, problem)})
}

// acceptCall answers a call with who the session belongs to, and until when.
func acceptCall(s *ws.Session, call authCall, identity ws.Identity) error {
	if call.id == nil {
		return nil
	}
	var result struct {
		User    string `json:"user"`
		Expires string `json:"expires,omitempty"`
	}
	result.User = identity.User
	if !identity.Expires.IsZero() {
		result.Expires = identity.Expires.UTC().Format(time.RFC3339)
	}
	data, err := json.Marshal(result)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInternalError, err, "answer to the call auth")
	}
	return s.Reply(ws.Message{Type: ws.Text, Data: rpcwire.AppendResult(nil, call.id, data)})
}

// checkAction asks the application whether the session may send a message of
// that type, where the handler does not ask for what is in it.
func checkAction(ctx context.Context, policy *model.AuthPolicy, s *ws.Session, m ws.Message) error {
	if policy.Can == nil || policy.AsksActions {
		return nil
	}
	err := policy.Can(ctx, s.Identity(), m.Type.String())
	if err == nil {
		return nil
	}
	var closing *ws.CloseError
	if errors.As(err, &closing) {
		return &model.MessageRefusal{Reason: "forbidden", Close: *closing, Final: true}
	}
	code := gerror.Code(err)
	if code == gcode.CodeNil {
		code = gcode.CodeSecurityReason // as a router answers
	}
	return &model.MessageRefusal{
		Reason: "forbidden",
		Close:  ws.CloseError{Code: ws.CodeForbidden, Reason: err.Error()},
		Code:   code,
	}
}
