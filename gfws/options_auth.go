package gfws

import (
	"context"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/ws"
)

// authOptions are the functions of the host that have to do with who asks.
type authOptions struct {
	recognize    func(r *ghttp.Request) ws.Identity
	authenticate []func(r *ghttp.Request) (ws.Identity, error)
	verify       func(ctx context.Context, token string) (ws.Identity, error)
	authorize    func(ctx context.Context, identity ws.Identity, h ws.Handshake) error
	can          ws.Permission
}

// Authenticate asks find who a request is from, before the methods of the
// configuration, and in the order of several such options. A zero identity
// without an error is for a request without credentials: the next method is
// asked. An error refuses the request with 401, or with the status that
// [CheckRequest] has for CodeServerBusy, CodeInternalError and the codes of bad
// parameters. Its text is shown to the client only where it has a code.
//
// A find that reads cookies must not be used where origin.allow has "any" or
// "null", since any page could then connect as its visitor.
func Authenticate(find func(r *ghttp.Request) (ws.Identity, error)) Option {
	return func(o *options) { o.auth.authenticate = append(o.auth.authenticate, find) }
}

// Recognize lets in whom known recognizes without credentials, such as by a
// certificate or what a middleware has found out, ahead of all methods. For the
// others, for whom it returns the zero identity, all is as without it: where
// nothing else asks, they are let in as strangers.
func Recognize(known func(r *ghttp.Request) ws.Identity) Option {
	return func(o *options) { o.auth.recognize = known }
}

// VerifyToken asks verify whom a token belongs to, in the place of the keys of
// auth.jwt: for opaque tokens. Errors are those of [Authenticate]; a zero
// identity is a token of nobody. A token that is compared with a secret is to be
// compared in constant time. It is called concurrently.
func VerifyToken(verify func(ctx context.Context, token string) (ws.Identity, error)) Option {
	return func(o *options) { o.auth.verify = verify }
}

// Authorize asks may whether somebody who is known may have a session. An error
// refuses with 403 or, where the session has authenticated by a message, closes
// it with 4403; its text is shown to the client. Strangers are not asked for.
func Authorize(may func(ctx context.Context, identity ws.Identity, h ws.Handshake) error) Option {
	return func(o *options) { o.auth.authorize = may }
}

// AuthorizeMessage asks can before each message: whether its sender may do the
// action, which is the type of the message, "text" or "binary", or the method of
// a call where the handler is a [ws.ActionHandler], as a JSON-RPC router is. An
// error closes with 4403, and its text is the reason, or is answered where
// message.refuse says so, as a router always does for a call; a [ws.CloseError]
// always closes, as it says. The identity is zero for strangers.
func AuthorizeMessage(can ws.Permission) Option {
	return func(o *options) { o.auth.can = can }
}
