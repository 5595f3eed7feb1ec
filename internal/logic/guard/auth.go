package guard

import (
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

// authenticate finds out who asks. Who shows nothing is a stranger, let in
// where nobody has to be known, or where there is still the first message.
func authenticate(in model.HandshakeInput) (ws.Identity, error) {
	policy := &in.Policy.Auth
	identity, err := askMethods(in)
	if err != nil {
		return ws.Identity{}, unauthenticated(policy, err)
	}
	if !identity.Known() {
		return ws.Identity{}, admitStranger(policy)
	}
	if policy.Authorize == nil {
		return identity, nil
	}
	hideTokens(in.Request.Request, policy)
	handshake := ws.HandshakeOf(in.Request.Request)
	handshake.ClientAddr = in.Client
	if err = policy.Authorize(in.Request.Context(), identity, handshake); err != nil {
		return ws.Identity{}, forbidden(policy, err)
	}
	return identity, nil
}

func admitStranger(policy *model.AuthPolicy) error {
	if !policy.Asks() || !policy.Required || policy.InData {
		return nil
	}
	return unauthorized(policy, gcode.CodeNotAuthorized, "log in first: no credentials were sent", "")
}

// askMethods returns whom the first method knows that finds credentials, unless
// somebody is known without.
func askMethods(in model.HandshakeInput) (ws.Identity, error) {
	if recognize := in.Policy.Auth.Recognize; recognize != nil {
		if identity := recognize(in.Request); identity.Known() {
			return identity, nil
		}
	}
	for _, method := range in.Policy.Auth.Methods {
		identity, err := ask(in, method)
		if err != nil || identity.Known() {
			return identity, err
		}
	}
	return ws.Identity{}, nil
}

// ask returns whom one method knows, or a stranger where it finds nothing.
func ask(in model.HandshakeInput, method model.AuthMethod) (ws.Identity, error) {
	switch method.Kind {
	case model.AuthHost:
		return method.Ask(in.Request)
	case model.AuthSession:
		return askSession(in.Request, method.Name)
	}
	token, err := tokenIn(in.Request.Request, method)
	if err != nil || token == "" {
		return ws.Identity{}, err
	}
	identity, err := in.Policy.Auth.Verify(in.Request.Context(), token)
	if err == nil && !identity.Known() {
		err = errNobody
	}
	return identity, err
}

// errNobody is for a token that belongs to nobody.
var errNobody = gerror.NewCode(gcode.CodeNotAuthorized, "the token names no user")

// unauthenticated answers credentials that are no good: by the code of err
// where it says that they are not to blame, else with 401. A text is shown only
// where it comes with a code, and so was meant to be.
func unauthenticated(policy *model.AuthPolicy, err error) error {
	code := gerror.Code(err)
	switch status := statuses[code.Code()]; status {
	case http.StatusInternalServerError, http.StatusServiceUnavailable:
		return &model.Refusal{Status: status, Code: code, Message: publicText(err), Reason: "authentication"}
	case http.StatusBadRequest:
		refusal := unauthorized(policy, code, publicText(err), "invalid_request")
		refusal.Status = status
		return refusal
	}
	return unauthorized(policy, gcode.CodeNotAuthorized, publicText(err), "invalid_token")
}

// publicText is what a client may read of an error of the credentials.
func publicText(err error) string {
	if gerror.Code(err) == gcode.CodeNil {
		return "the credentials are not valid"
	}
	return err.Error()
}

// unauthorized answers 401 with the challenge of RFC 6750 section 3. problem is
// its error code, empty where no credentials came.
func unauthorized(policy *model.AuthPolicy, code gcode.Code, message, problem string) *model.Refusal {
	return &model.Refusal{
		Status:  http.StatusUnauthorized,
		Code:    code,
		Message: message,
		Header:  challenge(policy.Realm, problem, message),
		Reason:  "unauthorized",
	}
}

// forbidden answers 403: who asks is known, and may not.
func forbidden(policy *model.AuthPolicy, err error) error {
	code := gerror.Code(err)
	if code == gcode.CodeNil {
		code = gcode.CodeSecurityReason
	}
	return &model.Refusal{
		Status:  http.StatusForbidden,
		Code:    code,
		Message: err.Error(),
		Header:  challenge(policy.Realm, "insufficient_scope", ""),
		Reason:  "forbidden",
	}
}

func challenge(realm, problem, description string) http.Header {
	value := "Bearer realm=" + quoted(realm)
	if problem != "" {
		value += ", error=" + quoted(problem)
	}
	if problem != "" && description != "" {
		value += ", error_description=" + quoted(description)
	}
	return http.Header{"Www-Authenticate": {value}}
}

// quoted returns text as a quoted string of the characters that RFC 6750
// section 3 allows.
func quoted(text string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '?'
		}
		return r
	}, text)
	return `"` + plain + `"`
}
