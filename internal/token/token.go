// Package token verifies JSON Web Tokens, RFC 7519, with keys that are given or
// that are fetched as a JSON Web Key Set, RFC 7517.
package token

import (
	"context"
	"errors"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/golang-jwt/jwt/v5"

	"github.com/gfws/gf-websocket/ws"
)

// MaxSize is the most bytes a token may have. It is more than fits into the
// headers that ghttp takes.
const MaxSize = 16 << 10

// Options say which tokens are good.
type Options struct {
	// Algorithms are those taken, such as "RS256"; at least one, see [Check].
	Algorithms []string
	// Keys are what signatures are verified with.
	Keys Keys
	// Audience lists who a token may be for; empty for anybody.
	Audience []string
	// Issuer is who must have issued it; empty for anybody.
	Issuer string
	// Leeway is how far clocks may differ.
	Leeway time.Duration
	// UserClaim is the claim that names the user.
	UserClaim string
}

// Verifier verifies tokens. It is safe for concurrent use.
type Verifier struct {
	options Options
	parser  *jwt.Parser
}

// New returns a verifier. Who makes options has checked them with [Check].
func New(options Options) *Verifier {
	rules := []jwt.ParserOption{
		jwt.WithValidMethods(options.Algorithms),
		jwt.WithLeeway(options.Leeway),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithJSONNumber(),
		jwt.WithStrictDecoding(),
	}
	if len(options.Audience) > 0 {
		rules = append(rules, jwt.WithAudience(options.Audience...))
	}
	if options.Issuer != "" {
		rules = append(rules, jwt.WithIssuer(options.Issuer))
	}
	return &Verifier{options: options, parser: jwt.NewParser(rules...)}
}

// Verify returns whom a token belongs to. Nothing in it is believed before its
// signature was found good. Its errors have texts for the client, and never
// hold the token: gcode.CodeNotAuthorized for a bad one, and CodeServerBusy
// where the keys cannot be had at the moment.
func (v *Verifier) Verify(ctx context.Context, text string) (ws.Identity, error) {
	if len(text) > MaxSize {
		return ws.Identity{}, refused("the token is too long")
	}
	claims := jwt.MapClaims{}
	_, err := v.parser.ParseWithClaims(text, claims, func(t *jwt.Token) (any, error) {
		return v.keyOf(ctx, t)
	})
	if err != nil {
		return ws.Identity{}, explain(err)
	}
	return v.identity(claims)
}

// keyOf finds the key that the header of a token names. The header is not
// verified yet, so it chooses among our keys and nothing more: an algorithm
// takes keys of its own kind alone.
func (v *Verifier) keyOf(ctx context.Context, t *jwt.Token) (any, error) {
	if _, critical := t.Header["crit"]; critical {
		return nil, refused("the token needs an extension that is not known here")
	}
	id, _ := t.Header["kid"].(string)
	return v.options.Keys.Find(ctx, t.Method.Alg(), id)
}

func (v *Verifier) identity(claims jwt.MapClaims) (ws.Identity, error) {
	user := textOf(claims[v.options.UserClaim])
	if user == "" {
		return ws.Identity{}, refused("the token names no user")
	}
	expires, err := claims.GetExpirationTime()
	if err != nil || expires == nil {
		return ws.Identity{}, refused("the token has no end")
	}
	return ws.Identity{User: user, Expires: expires.Add(v.options.Leeway), Claims: claims}, nil
}

// textOf reads a user's id, which some issuers write as a number.
func textOf(claim any) string {
	switch id := claim.(type) {
	case string:
		return id
	case interface{ String() string }: // json.Number
		return id.String()
	}
	return ""
}

// explain tells the client what is wrong. What is wrong in the token's content
// is only found once its signature is good.
func explain(err error) error {
	switch {
	case errors.Is(err, errUnavailable):
		return errUnavailable
	case errors.Is(err, jwt.ErrTokenExpired):
		return refused("the token has expired")
	case errors.Is(err, jwt.ErrTokenNotValidYet), errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return refused("the token is not valid yet")
	case errors.Is(err, jwt.ErrTokenInvalidAudience), errors.Is(err, jwt.ErrTokenInvalidIssuer):
		return refused("the token is not for this server")
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return refused("the token lacks a claim that is needed here")
	}
	return refused("the token is not valid")
}

// errUnavailable is for a key set that could not be loaded.
var errUnavailable = gerror.NewCode(gcode.CodeServerBusy, "tokens cannot be verified at the moment")

func refused(text string) error {
	return gerror.NewCode(gcode.CodeNotAuthorized, text)
}
