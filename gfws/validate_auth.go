package gfws

import (
	"slices"
	"strings"

	"github.com/gfws/gf-websocket/internal/token"
)

// The words of auth.methods.
const (
	methodBearer       = "bearer"
	methodSubprotocol  = "subprotocol"
	methodCookie       = "cookie"
	methodSession      = "session"
	methodQuery        = "query"
	methodFirstMessage = "first-message"
)

var (
	authMethods = []string{methodBearer, methodSubprotocol, methodCookie, methodSession, methodQuery, methodFirstMessage}
	// ambientMethods are those whose credentials a browser sends by itself,
	// whatever page it is that connects.
	ambientMethods = []string{methodCookie, methodSession}
)

// tokenProtocol begins a subprotocol that is a token.
const tokenProtocol = "bearer."

// takesTokens reports whether a method other than the host's session is on.
func (c AuthConfig) takesTokens() bool {
	return slices.ContainsFunc(c.Methods, func(method string) bool { return method != methodSession })
}

func (c *Config) validateAuth() error {
	return joinInvalid(
		c.validateMethods(),
		c.validateAmbient(),
		c.validateTokenProtocol(),
		c.validateNames(),
		c.validateJWT(),
		c.validateRefresh(),
	)
}

func (c *Config) validateMethods() error {
	for i, method := range c.Auth.Methods {
		if !slices.Contains(authMethods, method) {
			return invalid("auth.methods", "%q is none of %q", method, authMethods)
		}
		if slices.Contains(c.Auth.Methods[:i], method) {
			return invalid("auth.methods", "%q is listed twice", method)
		}
	}
	return nil
}

// validateAmbient keeps a page of anybody's from connecting as the user who
// looks at it. Any page can have the origin "null", in a sandboxed frame.
func (c *Config) validateAmbient() error {
	for _, method := range ambientMethods {
		if !slices.Contains(c.Auth.Methods, method) {
			continue
		}
		for _, entry := range c.Origin.Allow {
			if open := strings.ToLower(entry); open == "any" || open == "null" {
				return invalid("origin.allow", "%q lets every page connect with the credentials that a browser sends by itself, which auth.methods %q takes: list the origins",
					entry, method)
			}
		}
	}
	return nil
}

func (c *Config) validateTokenProtocol() error {
	if !slices.Contains(c.Auth.Methods, methodSubprotocol) {
		return nil
	}
	if len(c.Subprotocols) == 0 {
		return invalid("auth.methods", `"subprotocol" needs one in subprotocols that can be agreed on beside the token: browsers give up where none is`)
	}
	for _, name := range c.Subprotocols {
		if strings.HasPrefix(name, tokenProtocol) {
			return invalid("subprotocols", "%q begins like a token of auth.methods", name)
		}
	}
	return nil
}

func (c *Config) validateNames() error {
	if !plainToken.MatchString(c.Auth.Cookie) {
		return invalid("auth.cookie", "%q is no name of a cookie", c.Auth.Cookie)
	}
	return nil
}

// isGiven reports whether anything says which tokens are good.
func (c JWTConfig) isGiven() bool {
	return len(c.Algorithms) > 0 || len(c.keys()) > 0 || len(c.Audience) > 0 || c.Issuer != ""
}

// keys lists the keys of the configuration that name a key to verify with.
func (c JWTConfig) keys() []string {
	var given []string
	for _, source := range []struct{ name, value string }{
		{"secret", string(c.Secret)},
		{"publicKeyFile", c.PublicKeyFile},
		{"jwksFile", c.JWKSFile},
		{"jwksUrl", c.JWKSURL},
	} {
		if source.value != "" {
			given = append(given, source.name)
		}
	}
	return given
}

func (c *Config) validateJWT() error {
	if !c.Auth.JWT.isGiven() {
		return nil
	}
	switch given := c.Auth.JWT.keys(); {
	case len(given) == 0 && c.Auth.takesTokens():
		return invalid("auth.jwt", "nothing to verify a token with: give one of secret, publicKeyFile, jwksFile and jwksUrl")
	case len(given) > 1:
		return invalid("auth.jwt", "%s together: which of them a token is verified with must be plain, so give one", strings.Join(given, " and "))
	case slices.Contains(c.Auth.JWT.Audience, ""):
		return invalid("auth.jwt.audience", `"" is nobody that a token could be for`)
	case !c.Auth.takesTokens():
		return invalid("auth.jwt", "is for tokens, and no method of auth.methods takes one")
	}
	return nil
}

// validateRefresh refuses what would have no effect: a key set is not asked for
// again any sooner.
func (c *Config) validateRefresh() error {
	if refresh := c.Auth.JWT.Refresh; refresh > 0 && refresh < token.RetryAfter {
		return invalid("auth.jwt.refresh", "%s is shorter than %s, the least time between two attempts to load a key set", refresh, token.RetryAfter)
	}
	return nil
}
