package guard

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

const (
	// tokenProtocol begins a subprotocol that is a token.
	tokenProtocol = "bearer."
	// tokenParameter is the parameter of RFC 6750 section 2.3.
	tokenParameter = "access_token"
)

// tokenIn returns the token that r carries in the way of method, or "".
func tokenIn(r *http.Request, method model.AuthMethod) (string, error) {
	switch method.Kind {
	case model.AuthBearer:
		return bearerToken(r.Header["Authorization"])
	case model.AuthSubprotocol:
		return onlyToken(protocolTokens(r.Header["Sec-Websocket-Protocol"]))
	case model.AuthQuery:
		return onlyToken(queryTokens(r.URL.RawQuery))
	case model.AuthCookie:
		return onlyToken(cookieTokens(r.CookiesNamed(method.Name)))
	}
	return "", nil
}

// onlyToken refuses more than one token, since it cannot be told which of them
// somebody else would have taken.
func onlyToken(tokens []string) (string, error) {
	switch len(tokens) {
	case 0:
		return "", nil
	case 1:
		return tokens[0], nil
	}
	return "", gerror.NewCode(gcode.CodeInvalidRequest, "more than one token was sent")
}

// bearerToken reads the header Authorization, RFC 6750 section 2.1. Another
// scheme than Bearer is somebody else's.
func bearerToken(values []string) (string, error) {
	var tokens []string
	for _, value := range values {
		scheme, token, _ := strings.Cut(value, " ")
		if strings.EqualFold(scheme, "Bearer") {
			tokens = append(tokens, strings.Trim(token, " "))
		}
	}
	if len(tokens) == 1 && tokens[0] == "" {
		return "", gerror.NewCode(gcode.CodeInvalidRequest, "the header Authorization has no token")
	}
	return onlyToken(tokens)
}

// protocolTokens returns the tokens among the subprotocols that are offered.
func protocolTokens(lines []string) []string {
	var tokens []string
	for _, line := range lines {
		for name := range strings.SplitSeq(line, ",") {
			if token, ok := strings.CutPrefix(strings.Trim(name, " \t"), tokenProtocol); ok {
				tokens = append(tokens, token)
			}
		}
	}
	return tokens
}

// queryTokens returns the tokens of a query.
func queryTokens(query string) []string {
	var tokens []string
	for pair := range strings.SplitSeq(query, "&") {
		if !isTokenPair(pair) {
			continue
		}
		_, value, _ := strings.Cut(pair, "=")
		token, err := url.QueryUnescape(value)
		if err != nil {
			token = value
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// isTokenPair tells the pairs of a query that name the token, in whatever
// escapes.
func isTokenPair(pair string) bool {
	name, _, _ := strings.Cut(pair, "=")
	if name == tokenParameter {
		return true
	}
	plain, err := url.QueryUnescape(name)
	return err == nil && plain == tokenParameter
}

func cookieTokens(cookies []*http.Cookie) []string {
	var tokens []string
	for _, cookie := range cookies {
		if cookie.Value != "" {
			tokens = append(tokens, cookie.Value)
		}
	}
	return tokens
}

// askSession returns the user that the host keeps in its session. A request
// without a session gets none from this.
func askSession(r *ghttp.Request, key string) (ws.Identity, error) {
	if r.GetSessionId() == "" {
		return ws.Identity{}, nil
	}
	value, err := r.Session.Get(key)
	if err != nil {
		return ws.Identity{}, gerror.NewCode(gcode.CodeInternalError, "the session cannot be read")
	}
	switch {
	case value.IsEmpty():
		return ws.Identity{}, nil
	case value.IsMap(), value.IsSlice(), value.IsStruct():
		return ws.Identity{}, gerror.NewCode(gcode.CodeInternalError, "the session has no user's id where it is looked for")
	}
	return ws.Identity{User: value.String()}, nil
}

// HideTokens takes the tokens out of a request that may never have come to
// CheckHandshake, since something on the way has answered it.
func (s *sGuard) HideTokens(r *http.Request, policy *model.Policy) {
	hideTokens(r, &policy.Auth)
}

// hideTokens takes the tokens out of a request, so that they are not agreed on
// as a subprotocol, not kept in the handshake and not written to the access
// log. It does so for every request, since one that is refused before anybody
// reads its token is logged too.
func hideTokens(r *http.Request, policy *model.AuthPolicy) {
	if !policy.Asks() {
		return
	}
	r.URL.RawQuery = withoutTokens(r.URL.RawQuery)
	lines := r.Header["Sec-Websocket-Protocol"]
	if len(protocolTokens(lines)) == 0 {
		return
	}
	rest := protocolsWithoutTokens(lines)
	if len(rest) == 0 {
		r.Header.Del("Sec-Websocket-Protocol")
		return
	}
	r.Header["Sec-Websocket-Protocol"] = []string{strings.Join(rest, ", ")}
}

func withoutTokens(query string) string {
	if len(queryTokens(query)) == 0 {
		return query
	}
	var rest []string
	for pair := range strings.SplitSeq(query, "&") {
		if !isTokenPair(pair) {
			rest = append(rest, pair)
		}
	}
	return strings.Join(rest, "&")
}

func protocolsWithoutTokens(lines []string) []string {
	var rest []string
	for _, line := range lines {
		for name := range strings.SplitSeq(line, ",") {
			name = strings.Trim(name, " \t")
			if name != "" && !strings.HasPrefix(name, tokenProtocol) {
				rest = append(rest, name)
			}
		}
	}
	return rest
}
