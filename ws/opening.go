package ws

import "net/http"

// Opening is what the caller of [Hub.Serve] or [Hub.Accept] knows of a
// handshake that it lets in. The zero value is a stranger's, without headers.
type Opening struct {
	// Header is sent with the 101, such as cookies; nil for none.
	Header http.Header
	// Identity is who asks.
	Identity Identity
}
