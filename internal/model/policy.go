package model

import (
	"context"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// Policy tells the guard whom and what to let in. The zero value lets pages of
// the same host and clients without an origin in, with messages of every type.
type Policy struct {
	// Origin tells which pages may connect.
	Origin OriginPolicy
	// Proxy tells whose X-Forwarded headers count.
	Proxy ProxyPolicy
	// Auth tells how to find out who asks.
	Auth AuthPolicy
	// RefuseText and RefuseBinary refuse messages of a type with 1003.
	RefuseText, RefuseBinary bool
	// Message tells what a message must be.
	Message MessagePolicy
	// CheckRequest is the application's own check of a handshake; nil for none.
	CheckRequest func(r *ghttp.Request) error
	// CheckMessage is the application's own check of a message; nil for none.
	CheckMessage func(ctx context.Context, s *ws.Session, m ws.Message) error
}

// OriginPolicy tells which pages may connect, by the Origin header that every
// browser sends. The zero value lets in pages of the host they connect to.
type OriginPolicy struct {
	// Any lets every page in, and makes the rest pointless.
	Any bool
	// Null lets "null" in: files, sandboxed frames, redirects.
	Null bool
	// Required refuses requests without an Origin header, which are not from a
	// browser.
	Required bool
	// Listed replaces the same-host rule by Exact and Below.
	Listed bool
	// Exact holds the origins let in, in the form scheme://host[:port], lower
	// case, without the port that the scheme implies.
	Exact map[string]struct{}
	// Below holds origins whose sub-domains are let in, in the same form.
	Below []string
}
