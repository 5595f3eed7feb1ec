package wstest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// PeerOption says how a peer connects.
type PeerOption func(*peerOptions)

type peerOptions struct {
	identity     ws.Identity
	ip           string
	path         string
	header       http.Header
	subprotocols []string
}

// As connects as a user, whatever credentials the endpoint would ask for.
// Without it a peer is a stranger, unless it brings credentials.
func As(user string) PeerOption {
	return Identify(ws.Identity{User: user})
}

// Identify is [As] with all that is known of somebody, such as when the
// credentials expire.
func Identify(identity ws.Identity) PeerOption {
	return func(o *peerOptions) { o.identity = identity }
}

// From connects from an IP address. Default "127.0.0.1".
func From(ip string) PeerOption {
	return func(o *peerOptions) { o.ip = ip }
}

// Path connects to a path, which may have a query. Default is the first path of
// the endpoint.
func Path(path string) PeerOption {
	return func(o *peerOptions) { o.path = path }
}

// Header adds a header to the handshake, such as Authorization or Origin.
func Header(name, value string) PeerOption {
	return func(o *peerOptions) { o.header.Add(name, value) }
}

// Subprotocols are offered, the preferred one first.
func Subprotocols(names ...string) PeerOption {
	return func(o *peerOptions) { o.subprotocols = names }
}

// Connect opens a connection that must be let in, and returns when the server is
// ready to hear, and so behind the handler's OnOpen. The connection is cut at the
// end of the test.
func (k *Kit) Connect(opts ...PeerOption) *Peer {
	k.t.Helper()
	p, response, err := k.dial(opts)
	switch {
	case err != nil:
		k.t.Fatal(err)
	case p == nil:
		body, _ := io.ReadAll(response.Body)
		k.t.Fatalf("refused with %s: %s", response.Status, body)
	}
	return p
}

// AssertRefused makes sure that a handshake is answered with an HTTP status
// instead, and returns the body of the answer.
func (k *Kit) AssertRefused(status int, opts ...PeerOption) string {
	k.t.Helper()
	p, response, err := k.dial(opts)
	switch {
	case err != nil:
		k.t.Fatal(err)
	case p != nil:
		k.t.Fatalf("the peer was let in, want status %d", status)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		k.t.Fatal(err)
	}
	if response.StatusCode != status {
		k.t.Fatalf("refused with %s, want status %d: %s", response.Status, status, body)
	}
	return string(body)
}

// dial returns a peer, or the answer that refused it.
func (k *Kit) dial(opts []PeerOption) (*Peer, *http.Response, error) {
	o := peerOptions{ip: "127.0.0.1", path: k.path, header: http.Header{}}
	for _, opt := range opts {
		opt(&o)
	}
	from := k.address(o.ip)
	k.introduce(from.String(), o.identity)
	var pipe *pipeConn
	dialer := websocket.Dialer{
		Subprotocols:     o.subprotocols,
		HandshakeTimeout: patience,
		NetDialContext: func(ctx context.Context, _, _ string) (conn net.Conn, err error) {
			pipe, err = k.listener.dial(ctx, from)
			return pipe, err
		},
	}
	conn, response, err := dialer.Dial("ws://"+k.listener.Addr().String()+o.path, o.header)
	if errors.Is(err, websocket.ErrBadHandshake) {
		return nil, response, nil
	}
	if err != nil {
		return nil, nil, err
	}
	p := newPeer(k.t, conn, pipe)
	p.barrier()
	p.session = k.session(from.String())
	return p, nil, nil
}

// Client returns a client whose requests reach the server of the kit, for its
// HTTP routes, whatever the host in the URL is.
func (k *Kit) Client() *http.Client {
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return k.listener.dial(ctx, k.address("127.0.0.1"))
		},
	}
	return &http.Client{Transport: transport, Timeout: patience}
}
