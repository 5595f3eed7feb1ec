package conformance_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// handshake is a request and what must be answered.
type handshake struct {
	name   string
	start  string // the request line; empty for "GET / HTTP/1.1"
	header []string
	status int
	answer map[string]string // header fields of the answer; "" for absent
	body   string
}

// opening is the header of a good handshake, with fields changed; "-" takes one
// away.
func opening(change ...string) []string {
	header := []string{"Host: test", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="}
	for _, line := range change {
		name, _, _ := strings.Cut(line, ":")
		kept := header[:0]
		for _, old := range header {
			if !strings.HasPrefix(old, name+":") {
				kept = append(kept, old)
			}
		}
		header = kept
	}
	for _, line := range change {
		if !strings.HasSuffix(line, ": -") {
			header = append(header, line)
		}
	}
	return header
}

// serverHandshakes covers section 4.2. A request that does not ask for WebSocket
// gets 426 (RFC 9110 section 15.5.22), as does another version (section 4.2.2),
// and what breaks the grammar 400 (section 4.2.1).
func serverHandshakes() []handshake {
	good := map[string]string{
		"Upgrade": "websocket", "Connection": "Upgrade", "Sec-Websocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
		"Sec-Websocket-Protocol": "", "Sec-Websocket-Extensions": "",
	}
	upgrade := map[string]string{"Upgrade": "websocket", "Connection": "Upgrade", "Sec-Websocket-Version": "13", "Sec-Websocket-Accept": ""}
	refused := map[string]string{"Sec-Websocket-Accept": ""}
	speaks := func(protocol string) map[string]string { return map[string]string{"Sec-Websocket-Protocol": protocol} }
	cases := []handshake{
		{"as the RFC has it", "", opening(), 101, good, ""},
		{"names in lower case", "", []string{"host: test", "connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="}, 101, good, ""},
		{"values in upper case", "", opening("Connection: UPGRADE", "Upgrade: WEBSOCKET"), 101, good, ""},
		{"other tokens of Connection", "", opening("Connection: keep-alive, Upgrade"), 101, good, ""},
		{"Connection in two lines", "", opening("Connection: keep-alive", "Connection: Upgrade"), 101, good, ""},
		{"other tokens of Upgrade", "", opening("Upgrade: h2c, websocket"), 101, good, ""},
		{"blanks around values", "", opening("Upgrade:  websocket\t"), 101, good, ""},
		{"a path and a query", "GET /chat?room=1 HTTP/1.1", opening(), 101, good, ""},
		{"a whole URL", "GET http://test/chat HTTP/1.1", opening(), 101, good, ""},
		{"unknown fields", "", append(opening(), "X-Unknown: 1", "Cookie: a=b"), 101, good, ""},
		{"Origin", "", append(opening(), "Origin: https://test"), 101, good, ""},
		{"no Upgrade", "", opening("Upgrade: -"), 426, upgrade, ""},
		{"another Upgrade", "", opening("Upgrade: h2c"), 426, upgrade, ""},
		{"part of a token in Upgrade", "", opening("Upgrade: websockets"), 426, upgrade, ""},
		{"no Connection", "", opening("Connection: -"), 426, upgrade, ""},
		{"another Connection", "", opening("Connection: keep-alive"), 426, upgrade, ""},
		{"neither", "", opening("Connection: -", "Upgrade: -"), 426, upgrade, ""},
		{"no version", "", opening("Sec-WebSocket-Version: -"), 426, upgrade, ""},
		{"empty version", "", opening("Sec-WebSocket-Version:"), 426, upgrade, ""},
		{"version 8", "", opening("Sec-WebSocket-Version: 8"), 426, upgrade, ""},
		{"version 14", "", opening("Sec-WebSocket-Version: 14"), 426, upgrade, ""},
		{"version 013", "", opening("Sec-WebSocket-Version: 013"), 426, upgrade, ""},
		{"two versions in a line", "", opening("Sec-WebSocket-Version: 13, 8"), 426, upgrade, ""},
		{"two versions in two lines", "", opening("Sec-WebSocket-Version: 8", "Sec-WebSocket-Version: 13"), 426, upgrade, ""},
		{"no key", "", opening("Sec-WebSocket-Key: -"), 400, refused, ""},
		{"empty key", "", opening("Sec-WebSocket-Key:"), 400, refused, ""},
		{"key of 15 bytes", "", opening("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j"), 400, refused, ""},
		{"key of 17 bytes", "", opening("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTEy"), 400, refused, ""},
		{"key without its padding", "", opening("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"), 400, refused, ""},
		{"key that is not Base64", "", opening("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q=="), 400, refused, ""},
		{"two keys", "", opening("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="), 400, refused, ""},
		{"no Host", "", opening("Host: -"), 400, refused, ""},
		{"two Hosts", "", opening("Host: a", "Host: b"), 400, refused, ""},
		{"POST", "POST / HTTP/1.1", append(opening(), "Content-Length: 0"), 405, map[string]string{"Allow": "GET"}, ""},
		{"HEAD", "HEAD / HTTP/1.1", opening(), 405, refused, ""},
		{"PUT", "PUT / HTTP/1.1", append(opening(), "Content-Length: 0"), 405, refused, ""},
		{"HTTP/1.0", "GET / HTTP/1.0", opening(), 426, map[string]string{"Upgrade": "websocket", "Sec-Websocket-Accept": ""}, ""},
		// What follows the header would be taken for frames, perhaps by a proxy
		// for something else: the RFC is silent, we refuse it.
		{"announced body", "", append(opening(), "Content-Length: 5"), 400, refused, "hello"},
		{"chunked body", "", append(opening(), "Transfer-Encoding: chunked"), 400, refused, "5\r\nhello\r\n0\r\n\r\n"},

		{"no subprotocol asked for", "", opening(), 101, speaks(""), ""},
		{"one subprotocol", "", append(opening(), "Sec-WebSocket-Protocol: v1"), 101, speaks("v1"), ""},
		{"our preference of two", "", append(opening(), "Sec-WebSocket-Protocol: v1, v2"), 101, speaks("v2"), ""},
		{"two lines", "", append(opening(), "Sec-WebSocket-Protocol: v3", "Sec-WebSocket-Protocol: v1"), 101, speaks("v1"), ""},
		{"empty elements", "", append(opening(), "Sec-WebSocket-Protocol: , v1,,"), 101, speaks("v1"), ""},
		{"none that we speak", "", append(opening(), "Sec-WebSocket-Protocol: v3, v4"), 101, speaks(""), ""},
		{"other case", "", append(opening(), "Sec-WebSocket-Protocol: V1"), 101, speaks(""), ""},
		{"the same twice", "", append(opening(), "Sec-WebSocket-Protocol: v1, v1"), 101, speaks("v1"), ""},
		{"subprotocol with a blank", "", append(opening(), "Sec-WebSocket-Protocol: v 1"), 400, refused, ""},
		{"subprotocol with a separator", "", append(opening(), "Sec-WebSocket-Protocol: v1;x"), 400, refused, ""},
		{"quoted subprotocol", "", append(opening(), `Sec-WebSocket-Protocol: "v1"`), 400, refused, ""},
		{"bad subprotocol behind a good one", "", append(opening(), "Sec-WebSocket-Protocol: v1, v/2"), 400, refused, ""},

		{"unknown extension", "", append(opening(), "Sec-WebSocket-Extensions: x-mux; max=4"), 101, good, ""},
		{"compression that is off", "", append(opening(), "Sec-WebSocket-Extensions: permessage-deflate"), 101, good, ""},
	}
	for _, offer := range malformedOffers {
		cases = append(cases, handshake{"extensions " + offer, "", append(opening(), "Sec-WebSocket-Extensions: "+offer), 400, refused, ""})
	}
	return cases
}

// malformedOffers break the grammar of section 9.1, which must fail the
// handshake whether we know the extension or not.
var malformedOffers = []string{"; x", "a;", "a; ;b", "a; =1", "a; b=", `a; b="`, `a; b="c`, `a; b="c d"`, `a; b=""`, `a; b="c,permessage-deflate"`, `a; b="c\`, "a b", "a; b c", "a; b=c d", `"a"`, "a=b", "a; b==c", "a/b", "permessage-deflate; client_max_window_bits="}

func TestServerHandshakes(t *testing.T) {
	s := serve(t, ws.Config{Subprotocols: []string{"v2", "v1"}})
	for _, c := range serverHandshakes() {
		t.Run(c.name, func(t *testing.T) {
			conn := s.dial(t)
			_ = conn.SetDeadline(time.Now().Add(patience))
			start := c.start
			if start == "" {
				start = "GET / HTTP/1.1"
			}
			_, _ = fmt.Fprintf(conn, "%s\r\n%s\r\n\r\n%s", start, strings.Join(c.header, "\r\n"), c.body)
			response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: strings.Fields(start)[0]})
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(io.LimitReader(response.Body, 200))
			if response.StatusCode != c.status {
				t.Fatalf("answered %s: %s, want %d", response.Status, body, c.status)
			}
			for name, value := range c.answer {
				if got := response.Header.Get(name); got != value {
					t.Errorf("%s is %q, want %q", name, got, value)
				}
			}
		})
	}
}
