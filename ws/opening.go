package ws

import (
	"context"
	"net/http"
	"net/netip"
)

// Opening is what the caller of [Hub.Serve] or [Hub.Accept] knows of a
// handshake that it lets in. The zero value is a stranger's, without headers.
type Opening struct {
	// Header is sent with the 101, such as cookies; nil for none.
	Header http.Header
	// Identity is who asks.
	Identity Identity
	// ClientAddr is where the client is, by the word of a proxy that is trusted; the
	// zero value for the peer's own address. See [Handshake.ClientAddr].
	ClientAddr netip.Addr
	// Can tells what the session's owner may do, see [Session.Can]; nil for all.
	Can Permission
	// Mute opens a session that nothing is sent to but replies, until
	// [Session.Unmute]: one that has not authenticated yet. Until then it joins
	// no room, and is no member of any [Audience].
	Mute bool
	// OnClose is called once when the session has ended, after the handler's
	// OnClose and whatever that did; nil for none. It is not called where no
	// session has opened. What was reserved for the session is given back here.
	OnClose func(ctx context.Context, s *Session, c Close)
	// OnControl is asked about each ping and pong of the peer, which no handler
	// sees, before it counts; nil for no question. While it runs nothing more is
	// read. An error closes the session as one of [Handler.OnMessage] does.
	OnControl func(ctx context.Context, s *Session) error
	// OnIdentity is called after each [Session.SetIdentity], by whoever called
	// that; nil for none. Where several do at once it is called as often, and asks
	// [Session.Identity] for the latest.
	OnIdentity func(s *Session)
}
