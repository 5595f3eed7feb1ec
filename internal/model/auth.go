package model

import (
	"context"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/ws"
)

// AuthPolicy tells how the guard finds out who asks, and what that one may do.
// The zero value asks nobody.
type AuthPolicy struct {
	// Recognize knows some without credentials; nil for none. Others get the
	// zero identity and are asked by Methods.
	Recognize func(r *ghttp.Request) ws.Identity
	// Methods are tried in order; the first that finds credentials decides.
	Methods []AuthMethod
	// Required refuses who shows no credentials.
	Required bool
	// InData takes the call "auth" in messages too.
	InData bool
	// Timeout is how long a session may go on without that call, where it is
	// required.
	Timeout time.Duration
	// Warning is how long before the end of an identity its session is told; 0
	// for not at all.
	Warning time.Duration
	// Realm names the endpoint in challenges.
	Realm string
	// Verify tells whom a token belongs to. It is not nil where a method or
	// InData needs it. Its error is gcode.CodeServerBusy, or the token's fault.
	Verify func(ctx context.Context, token string) (ws.Identity, error)
	// Authorize tells whether a known one may have a session; nil for yes.
	Authorize func(ctx context.Context, identity ws.Identity, h ws.Handshake) error
	// Can tells what a session's owner may do; nil for all.
	Can ws.Permission
	// AsksActions tells that the handler asks Can itself.
	AsksActions bool
}

// AuthMethod is one way to show credentials at the handshake, with the one part
// that it needs.
type AuthMethod struct {
	// Kind is which way.
	Kind AuthKind
	// Name is the name of the cookie, or the key in the session.
	Name string
	// Ask is the host's own function for AuthHost. A zero identity without an
	// error is for a request without credentials.
	Ask func(r *ghttp.Request) (ws.Identity, error)
}

// AuthKind is a way to show credentials.
type AuthKind int

const (
	AuthHost        AuthKind = iota // what a function of the host finds
	AuthBearer                      // the header Authorization: Bearer
	AuthSubprotocol                 // "bearer." and a token among the subprotocols
	AuthCookie                      // a token in a cookie
	AuthSession                     // the user in the host's gf session
	AuthQuery                       // a token in the parameter access_token
)

// Asks reports whether anybody is asked at all.
func (p *AuthPolicy) Asks() bool { return len(p.Methods) > 0 || p.InData }

// Takes reports whether credentials may come in that way.
func (p *AuthPolicy) Takes(kind AuthKind) bool {
	for _, method := range p.Methods {
		if method.Kind == kind {
			return true
		}
	}
	return false
}

// Mutes reports whether a session of identity has to authenticate in its first
// message.
func (p *AuthPolicy) Mutes(identity ws.Identity) bool {
	return p.InData && p.Required && !identity.Known()
}

// AuthInput is a message that may be the call "auth".
type AuthInput struct {
	Policy  *Policy
	Session *ws.Session
	Message ws.Message
	// Ticket counts the session as one of whoever it belongs to; nil for no count.
	Ticket *limit.Ticket
}
