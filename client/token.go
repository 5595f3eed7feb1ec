package client

import (
	"context"
	"net/url"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/net/http/httpguts"
)

// TokenSource returns a token that is valid now. It is asked before each
// connection and when the server warns that the last one expires, so it should
// keep a token as long as that is good. An error fails the dial; a [Client]
// tries again.
type TokenSource func(ctx context.Context) (string, error)

// TokenPlace says where a token is sent. No place but the header and the first
// message is safe from every log on the way.
type TokenPlace int

const (
	// TokenInHeader sends "Authorization: Bearer" and the token.
	TokenInHeader TokenPlace = iota
	// TokenInSubprotocol offers the subprotocol "bearer." and the token, as
	// browsers do, which cannot set headers.
	TokenInSubprotocol
	// TokenInQuery adds the parameter access_token to the URL. Servers refuse
	// it unless they are told not to.
	TokenInQuery
	// TokenInMessage calls the method auth in the first message, and waits for
	// the answer.
	TokenInMessage
)

const (
	bearerProtocol = "bearer."
	tokenParameter = "access_token"
)

// withToken returns the address and options of a handshake that carries the
// token. No error tells the token.
func (p TokenPlace) withToken(to address, o Options, token string) (address, Options, error) {
	switch p {
	case TokenInHeader:
		if !httpguts.ValidHeaderFieldValue(token) {
			return to, o, badToken()
		}
		o.Header = o.Header.Clone()
		o.Header.Set("Authorization", "Bearer "+token)
	case TokenInSubprotocol:
		if !httpguts.ValidHeaderFieldName(token) {
			return to, o, badToken()
		}
		o.Subprotocols = append(o.Subprotocols[:len(o.Subprotocols):len(o.Subprotocols)], bearerProtocol+token)
	case TokenInQuery:
		u := *to.url
		u.RawQuery = withParameter(u.Query(), token)
		to.url = &u
	}
	return to, o, nil
}

func withParameter(query url.Values, token string) string {
	query.Set(tokenParameter, token)
	return query.Encode()
}

func badToken() error {
	return gerror.NewCode(gcode.CodeInvalidParameter,
		"the token is empty or has a character that cannot be sent there")
}
