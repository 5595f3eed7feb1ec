package console

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// bodyHeaders describe a body that a handshake does not have.
var bodyHeaders = []string{"Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding"}

// handshakeOf returns the handshake that the sender of r would make at address:
// from the same place, with the same cookies and the same origin.
func handshakeOf(r *http.Request, address *url.URL, subprotocols []string) *http.Request {
	handshake := r.Clone(connectionContext(r.Context()))
	handshake.Method, handshake.URL, handshake.RequestURI = http.MethodGet, address, address.RequestURI()
	handshake.Body, handshake.ContentLength, handshake.TransferEncoding = http.NoBody, 0, nil
	for _, name := range bodyHeaders {
		handshake.Header.Del(name)
	}
	handshake.Header.Set("Connection", "Upgrade")
	handshake.Header.Set("Upgrade", "websocket")
	handshake.Header.Set("Sec-WebSocket-Version", "13")
	handshake.Header.Set("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
	handshake.Header.Del("Sec-WebSocket-Protocol")
	if len(subprotocols) > 0 {
		handshake.Header.Set("Sec-WebSocket-Protocol", strings.Join(subprotocols, ", "))
	}
	return handshake
}

// connectionContext keeps what net/http tells of the connection. What ghttp
// keeps in a context belongs to the request that asks.
func connectionContext(ctx context.Context) context.Context {
	kept := context.Background()
	for _, key := range []any{http.ServerContextKey, http.LocalAddrContextKey} {
		if value := ctx.Value(key); value != nil {
			kept = context.WithValue(kept, key, value)
		}
	}
	return kept
}
