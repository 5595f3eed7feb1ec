package ws

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// FuzzHandshake judges requests of any header: an answer is always an HTTP
// status for it, and what is taken has a key and lists that can be read.
func FuzzHandshake(f *testing.F) {
	const key = "dGhlIHNhbXBsZSBub25jZQ=="
	f.Add("GET", "Upgrade", "websocket", "13", key, "v1, v2", "permessage-deflate; client_max_window_bits")
	f.Add("GET", "keep-alive, upgrade", "WebSocket", "13", key, "", `a; b="c\"", permessage-deflate`)
	f.Add("POST", "Upgrade", "websocket", "8", "", "v 1", `a; b="`)
	f.Add("GET", "Upgrade", "websocket", "13", "AAAA", ",,", ";=,;")
	f.Fuzz(func(t *testing.T, method, connection, upgrade, version, key, protocols, extensions string) {
		header := http.Header{
			"Connection": {connection}, "Upgrade": {upgrade}, "Sec-Websocket-Version": {version},
			"Sec-Websocket-Key": {key}, "Sec-Websocket-Protocol": strings.Split(protocols, "\n"),
			"Sec-Websocket-Extensions": strings.Split(extensions, "\n"),
		}
		err := CheckHandshake(&http.Request{Method: method, Header: header, ProtoMajor: 1, ProtoMinor: 1})
		var refused *HandshakeError
		if err != nil && (!errors.As(err, &refused) || refused.Status < 400 || refused.Status > 499 || refused.Message == "") {
			t.Fatalf("refused with %#v", err)
		}
		if err == nil && (len(key) != 24 || version != "13" || method != "GET") {
			t.Errorf("taken with key %q, version %q, method %q", key, version, method)
		}
		offers, ok := parseExtensions(header)
		if err == nil && !ok {
			t.Errorf("taken with extensions %q", extensions)
		}
		if !ok && acceptsDeflate(header) {
			t.Errorf("compression agreed on in %q", extensions)
		}
		if again, _ := parseExtensions(http.Header{"Sec-Websocket-Extensions": {formatExtensions(offers)}}); ok && !reflect.DeepEqual(again, offers) {
			t.Errorf("%q means %+v and then %+v", extensions, offers, again)
		}
	})
}

// formatExtensions writes offers as a header value.
func formatExtensions(offers []extension) string {
	var all []string
	for _, offer := range offers {
		value := offer.name
		for _, param := range offer.params {
			value += "; " + param.name
			if param.hasValue {
				value += `="` + param.value + `"`
			}
		}
		all = append(all, value)
	}
	return strings.Join(all, ", ")
}
