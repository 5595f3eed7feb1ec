package gfws

import (
	"context"
	"slices"
	"time"

	"github.com/gogf/gf/v2/os/gctx"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/token"
	"github.com/gfws/gf-websocket/ws"
)

// authKinds are the methods of the handshake by their words.
var authKinds = map[string]model.AuthKind{
	methodBearer:      model.AuthBearer,
	methodSubprotocol: model.AuthSubprotocol,
	methodCookie:      model.AuthCookie,
	methodSession:     model.AuthSession,
	methodQuery:       model.AuthQuery,
}

// authPolicy makes what config and the options say of authentication.
func (p *Plugin) authPolicy(config Config) (model.AuthPolicy, error) {
	auth, hooks := config.Auth, &p.options.auth
	policy := model.AuthPolicy{
		Recognize: hooks.recognize,
		Required:  auth.Required,
		InData:    slices.Contains(auth.Methods, methodFirstMessage),
		Timeout:   auth.Timeout,
		Warning:   max(auth.Warning, 0), // Off is below
		Realm:     p.options.name,
		Authorize: hooks.authorize,
		Can:       hooks.can,
	}
	_, policy.AsksActions = p.options.handler.(ws.ActionHandler)
	for _, ask := range hooks.authenticate {
		policy.Methods = append(policy.Methods, model.AuthMethod{Kind: model.AuthHost, Ask: ask})
	}
	for _, word := range auth.Methods {
		if kind, ok := authKinds[word]; ok {
			policy.Methods = append(policy.Methods, model.AuthMethod{Kind: kind, Name: auth.nameFor(kind)})
		}
	}
	var err error
	policy.Verify, err = p.tokenVerifier(auth)
	return policy, err
}

// nameFor returns the cookie's name or the session's key.
func (c AuthConfig) nameFor(kind model.AuthKind) string {
	switch kind {
	case model.AuthCookie:
		return c.Cookie
	case model.AuthSession:
		return c.Session
	}
	return ""
}

// tokenVerifier returns what verifies tokens: the host's function, or the keys
// of the configuration.
func (p *Plugin) tokenVerifier(auth AuthConfig) (func(context.Context, string) (ws.Identity, error), error) {
	own := p.options.auth.verify
	switch {
	case own != nil && auth.JWT.isGiven():
		return nil, invalid("auth.jwt", "is given together with gfws.VerifyToken, which verifies tokens in its own way")
	case own != nil && !auth.takesTokens():
		return nil, invalid("auth.methods", "gfws.VerifyToken is for tokens, and no method takes one")
	case own != nil:
		return own, nil
	case !auth.takesTokens():
		return nil, nil
	case !auth.JWT.isGiven():
		return nil, invalid("auth.methods", "%q takes tokens, and nothing says which are good: set auth.jwt, or gfws.VerifyToken in code",
			auth.tokenMethods())
	}
	keys, err := p.tokenKeys(auth.JWT)
	if err != nil {
		return nil, err
	}
	return token.New(token.Options{
		Algorithms: auth.JWT.Algorithms,
		Keys:       keys,
		Audience:   auth.JWT.Audience,
		Issuer:     auth.JWT.Issuer,
		Leeway:     max(auth.JWT.Leeway, time.Duration(0)), // Off is below
		UserClaim:  auth.JWT.UserClaim,
	}).Verify, nil
}

func (c AuthConfig) tokenMethods() []string {
	return slices.DeleteFunc(slices.Clone(c.Methods), func(method string) bool { return method == methodSession })
}

// tokenKeys returns the keys of the one source that is given.
func (p *Plugin) tokenKeys(jwt JWTConfig) (token.Keys, error) {
	report := func(err error) {
		p.logger().Warningf(gctx.GetInitCtx(), "%s: %v", p.Name(), err)
	}
	var (
		key  = jwt.keys()[0]
		keys token.Keys
		err  error
	)
	switch key {
	case "secret":
		keys, err = token.NewSecret(token.Secret(jwt.Secret), jwt.Algorithms)
	case "publicKeyFile":
		keys, err = token.NewFile(jwt.PublicKeyFile, jwt.Algorithms)
	case "jwksFile":
		keys, err = token.NewSetFile(jwt.JWKSFile, jwt.Algorithms, jwt.Refresh, report)
	default:
		keys, err = token.NewSetURL(jwt.JWKSURL, jwt.Algorithms, jwt.Refresh, report)
	}
	if err != nil {
		return nil, invalid("auth.jwt."+key, "%s", err)
	}
	return keys, nil
}
