package gfws

import (
	"time"
)

// AuthConfig tells how to find out who asks for a session. Without a method,
// and without [Authenticate], nobody is asked.
type AuthConfig struct {
	// Methods are the ways to show credentials, tried in this order
	// (auth.methods): "bearer", "subprotocol", "cookie", "session", "query" and
	// "first-message". Default none.
	Methods []string
	// Required refuses who shows no credentials (auth.required). Default true.
	Required bool
	// Cookie is the cookie that holds a token (auth.cookie). Default
	// "access_token".
	Cookie string
	// Session is the key under which the host keeps the user's id in its gf
	// session (auth.session). Default "user".
	Session string
	// Timeout is how long a session may take to authenticate by its first
	// message (auth.timeout). Default 10 s.
	Timeout time.Duration
	// Warning is how long before its identity expires a session is told
	// (auth.warning). Default 30 s; may be Off.
	Warning time.Duration
	// JWT tells which tokens are good, where [VerifyToken] does not.
	JWT JWTConfig
}

// JWTConfig tells which JSON Web Tokens are good. Exactly one of Secret,
// PublicKeyFile, JWKSFile and JWKSURL is given.
type JWTConfig struct {
	// Algorithms are those taken, such as "RS256" (auth.jwt.algorithms): HS, RS,
	// PS and ES with 256, 384 and 512, and EdDSA. Default none.
	Algorithms []string
	// Secret is shared with the issuer, for HS (auth.jwt.secret).
	Secret Secret
	// PublicKeyFile is a PEM file with the issuer's key or certificate
	// (auth.jwt.publicKeyFile).
	PublicKeyFile string
	// JWKSFile is a file with the issuer's key set (auth.jwt.jwksFile).
	JWKSFile string
	// JWKSURL is where the issuer publishes its key set, by https or on this
	// machine (auth.jwt.jwksUrl).
	JWKSURL string
	// Refresh is how old a key set may become (auth.jwt.refresh), at least 10 s.
	// Default 15 min.
	Refresh time.Duration
	// Audience lists whom a token may be for (auth.jwt.audience). Default
	// anybody.
	Audience []string
	// Issuer is who must have issued it (auth.jwt.issuer). Default anybody who
	// has the key.
	Issuer string
	// Leeway is how far the issuer's clock may be off (auth.jwt.leeway). Default
	// 30 s; may be Off.
	Leeway time.Duration
	// UserClaim is the claim that names the user (auth.jwt.userClaim). Default
	// "sub".
	UserClaim string
}

// defaultAuth returns what holds where nothing is said.
func defaultAuth() AuthConfig {
	return AuthConfig{
		Required: true,
		Cookie:   "access_token",
		Session:  "user",
		Timeout:  10 * time.Second,
		Warning:  30 * time.Second,
		JWT:      JWTConfig{Refresh: 15 * time.Minute, Leeway: 30 * time.Second, UserClaim: "sub"},
	}
}

// fill puts defaults in the place of zeros.
func (c *AuthConfig) fill() {
	def := defaultAuth()
	fillZero(&c.Cookie, def.Cookie)
	fillZero(&c.Session, def.Session)
	fillZero(&c.Timeout, def.Timeout)
	fillZero(&c.Warning, def.Warning)
	fillZero(&c.JWT.Refresh, def.JWT.Refresh)
	fillZero(&c.JWT.Leeway, def.JWT.Leeway)
	fillZero(&c.JWT.UserClaim, def.JWT.UserClaim)
}

// readAuth reads the section "auth".
func readAuth(n *node, c *AuthConfig) {
	n.strings("methods", &c.Methods)
	n.bool("required", &c.Required)
	n.word("cookie", &c.Cookie)
	n.word("session", &c.Session)
	n.duration("timeout", &c.Timeout)
	n.durationOrOff("warning", &c.Warning)
	n.section("jwt", func(n *node) {
		n.strings("algorithms", &c.JWT.Algorithms)
		n.secret("secret", &c.JWT.Secret)
		n.text("publicKeyFile", &c.JWT.PublicKeyFile)
		n.text("jwksFile", &c.JWT.JWKSFile)
		n.text("jwksUrl", &c.JWT.JWKSURL)
		n.duration("refresh", &c.JWT.Refresh)
		n.strings("audience", &c.JWT.Audience)
		n.text("issuer", &c.JWT.Issuer)
		n.durationOrOff("leeway", &c.JWT.Leeway)
		n.word("userClaim", &c.JWT.UserClaim)
	})
}
