package ws

import (
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Handshake is what a session keeps of the request that opened it. It holds
// copies, so that the request itself can be freed.
type Handshake struct {
	// Host is the Host header, with the port where it had one.
	Host string
	// Path is the path of the URL.
	Path string
	// RawQuery is the query of the URL without "?", still encoded.
	RawQuery string
	// Origin is the Origin header; empty for clients that are no browsers.
	Origin string
	// UserAgent is the User-Agent header.
	UserAgent string
	// Language is the Accept-Language header.
	Language string
	// RemoteAddr is the peer's socket address, which behind a proxy is the
	// proxy's.
	RemoteAddr string
	// ClientAddr is the client's own address, also behind a proxy where
	// [Opening.ClientAddr] tells it, and else that of RemoteAddr without its port.
	// IPv4 in IPv6 is IPv4, and there is no zone. The zero value is a peer without
	// an IP address.
	ClientAddr netip.Addr
	// Subprotocol is the one agreed on; empty for none.
	Subprotocol string
	// Secure tells whether the connection to this server itself is TLS.
	Secure bool
}

// Query decodes RawQuery; malformed parts are left out.
func (h Handshake) Query() url.Values {
	values, _ := url.ParseQuery(h.RawQuery)
	return values
}

// HandshakeOf returns what a session would keep of r, for who decides before
// there is one. Subprotocol is still empty, and ClientAddr as if there were no
// proxy.
func HandshakeOf(r *http.Request) Handshake {
	return Handshake{
		Host:       strings.Clone(r.Host),
		Path:       strings.Clone(r.URL.Path),
		RawQuery:   strings.Clone(r.URL.RawQuery),
		Origin:     strings.Clone(r.Header.Get("Origin")),
		UserAgent:  strings.Clone(r.UserAgent()),
		Language:   strings.Clone(r.Header.Get("Accept-Language")),
		RemoteAddr: strings.Clone(r.RemoteAddr),
		ClientAddr: addrOf(r.RemoteAddr),
		Secure:     r.TLS != nil,
	}
}

// addrOf returns the address of a socket without its port, or the zero value.
func addrOf(socket string) netip.Addr {
	addr, err := netip.ParseAddrPort(socket)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Addr().Unmap().WithZone("")
}

// HandshakeError says why a request is no WebSocket handshake, and with which
// HTTP status to answer it.
type HandshakeError struct {
	// Status is 426 for a request that does not ask for WebSocket or asks for
	// another version, 405 for a wrong method, and 400 for a body, a broken key
	// or a malformed list of subprotocols or extensions.
	Status int
	// Message says what is wrong, in words for the client.
	Message string
}

// Error implements error.
func (e *HandshakeError) Error() string {
	return e.Message
}

// Header returns what the answer must carry: which protocol and which version
// are spoken here (RFC 9110 section 15.5.22, RFC 6455 section 4.4).
func (e *HandshakeError) Header() http.Header {
	header := http.Header{}
	switch e.Status {
	case http.StatusUpgradeRequired:
		header.Set("Upgrade", "websocket")
		header.Set("Connection", "Upgrade")
		header.Set("Sec-WebSocket-Version", "13")
	case http.StatusMethodNotAllowed:
		header.Set("Allow", http.MethodGet)
	}
	return header
}

// CheckHandshake tells whether r is the opening handshake of RFC 6455 section
// 4.2.1. Its error is always a [HandshakeError].
func CheckHandshake(r *http.Request) error {
	asks := headerHasToken(r.Header, "Connection", "upgrade") && headerHasToken(r.Header, "Upgrade", "websocket")
	switch {
	case !asks:
		return &HandshakeError{http.StatusUpgradeRequired, "this is a WebSocket endpoint: connect with a WebSocket client"}
	case r.Method != http.MethodGet:
		return &HandshakeError{http.StatusMethodNotAllowed, "a WebSocket handshake is a GET request"}
	case !r.ProtoAtLeast(1, 1):
		return &HandshakeError{http.StatusUpgradeRequired, "a WebSocket handshake needs HTTP/1.1"}
	case !slices.Equal(r.Header["Sec-Websocket-Version"], []string{"13"}):
		return &HandshakeError{http.StatusUpgradeRequired, "only WebSocket version 13 is spoken here"}
	case r.ContentLength != 0:
		// A proxy that forwards the body later would send it as frames.
		return &HandshakeError{http.StatusBadRequest, "a WebSocket handshake has no body"}
	}
	return checkFields(r.Header)
}

// checkFields checks the fields of the handshake whose grammar matters.
func checkFields(header http.Header) error {
	if !validKey(header["Sec-Websocket-Key"]) {
		return &HandshakeError{http.StatusBadRequest, "Sec-WebSocket-Key must be 16 bytes in Base64, once"}
	}
	if _, ok := offeredSubprotocols(header); !ok {
		return &HandshakeError{http.StatusBadRequest, "Sec-WebSocket-Protocol must be a list of tokens"}
	}
	if _, ok := parseExtensions(header); !ok {
		return &HandshakeError{http.StatusBadRequest, "Sec-WebSocket-Extensions is malformed"}
	}
	return nil
}

// offeredSubprotocols returns the subprotocols of all header lines, and whether
// they are tokens, RFC 6455 section 4.1.
func offeredSubprotocols(header http.Header) (names []string, ok bool) {
	for _, line := range header["Sec-Websocket-Protocol"] {
		for name := range strings.SplitSeq(line, ",") {
			name = strings.Trim(name, " \t")
			if name == "" {
				continue // allowed, RFC 9110 section 5.6.1.2
			}
			if !httpguts.ValidHeaderFieldName(name) {
				return nil, false
			}
			names = append(names, name)
		}
	}
	return names, true
}

func headerHasToken(header http.Header, name, token string) bool {
	return httpguts.HeaderValuesContainsToken(header[name], token)
}

func validKey(keys []string) bool {
	if len(keys) != 1 {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(keys[0])
	return err == nil && len(key) == 16
}
