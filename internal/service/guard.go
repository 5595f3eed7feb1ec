// ================================================================================
// Code generated and maintained by GoFrame CLI tool. DO NOT EDIT.
// You can delete these comments if you wish manually maintain this interface file.
// ================================================================================

package service

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/gfws/gf-websocket/internal/limit"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/ws"
)

type (
	IGuard interface {
		// AuthenticateMessage takes the call "auth", by which a session tells who it
		// belongs to, or that it still belongs to the same one: it answers the call,
		// gives the session its identity and lets it speak. Any other message is not
		// taken; from a session that has to authenticate first it is an error. An error
		// closes the session: 4401, 4403 for one who is known and may not, or 1008 for one
		// who has too many sessions.
		AuthenticateMessage(ctx context.Context, in model.AuthInput) (taken bool, err error)
		// HideTokens takes the tokens out of a request that may never have come to
		// CheckHandshake, since something on the way has answered it.
		HideTokens(r *http.Request, policy *model.Policy)
		// CheckHandshake decides about a request before any upgrade, cheapest test
		// first: is it a handshake, is the server draining, the origin, is there room,
		// who asks, and last the application's own check. It returns who asks, and takes
		// the tokens out of the request whatever it decides. Its error is a [model.Refusal].
		CheckHandshake(in model.HandshakeInput) (ws.Identity, error)
		// CheckMessage decides about a message whose size and UTF-8 the session has
		// checked already, while reading it: first its type, then what its sender may
		// do, its form, its rules, and last the application's own check. Its error is a
		// [model.MessageRefusal], or tells of rules that cannot be held.
		CheckMessage(ctx context.Context, policy *model.Policy, session *ws.Session, m ws.Message) error
		// ParseOrigins reads the origins that a configuration lists. An entry is
		// "https://app.example.com", "https://*.example.com" for the sub-domains of a
		// host, "null", or "any" alone. Names of other scripts may be written in them
		// or in punycode. An empty list means the same host.
		ParseOrigins(allow []string, required bool) (model.OriginPolicy, error)
		// CheckUser counts a connection whose user is known now, before its upgrade. Its
		// error is a [model.Refusal].
		CheckUser(ticket *limit.Ticket, user string) error
		// CheckRate decides about a message by what its sender has sent before. Its error
		// is a [model.MessageRefusal] that closes; else the verdict tells whether to wait
		// first.
		CheckRate(ticket *limit.Ticket, session *ws.Session, m ws.Message) (limit.Verdict, error)
		// CheckIdentity counts a session as one of whoever it belongs to by now. Its
		// error is a [model.MessageRefusal] that closes.
		CheckIdentity(ticket *limit.Ticket, session *ws.Session) error
		// ParseProxies reads the proxies that a configuration lists: networks such as
		// "10.0.0.0/8", or single addresses.
		ParseProxies(trusted []string, forwardedHost bool) (model.ProxyPolicy, error)
		// ClientAddr returns the address of the client that sent r. It is the peer's of
		// the socket, unless that is a trusted proxy: then X-Forwarded-For is walked
		// from its right end, where each proxy has put whom it talked to, up to the
		// first address that is no proxy. What stands further left is the client's own
		// word. The zero value is a peer without an IP address.
		ClientAddr(r *http.Request, policy *model.ProxyPolicy) netip.Addr
		// ParseRules reads what messages must be: a struct with rules of gvalid in its
		// tags, a map of rules for the fields of a JSON object, or one rule for the text
		// itself.
		ParseRules(schema any) (model.Validation, error)
		// OpenMessage takes a message out of its envelope, where messages are signed. Its
		// error is a [model.MessageRefusal].
		OpenMessage(policy *model.Policy, m ws.Message) (ws.Message, error)
	}
)

var (
	localGuard IGuard
)

func Guard() IGuard {
	if localGuard == nil {
		panic("implement not found for interface IGuard, forgot register?")
	}
	return localGuard
}

func RegisterGuard(i IGuard) {
	localGuard = i
}
