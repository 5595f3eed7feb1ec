package gfws_test

import (
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
)

// openingTime is what these tests give a request to be whole, as the executable
// does with server.readTimeout: half of what a test waits.
const openingTime = patience / 2

// opener is a client that never comes to be a session.
type opener struct {
	name string
	say  string
	drip bool // and then a byte from time to time
	net.Conn
}

// openers are the ways to open slowly, or not at all.
func openers() []opener {
	const begin = "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
	many := strings.Repeat("X-Flood: "+strings.Repeat("x", 1000)+"\r\n", 100)
	return []opener{
		{name: "half a line", say: "GET /w"},
		{name: "half a head", say: begin},
		{name: "a head that never ends", say: begin + "X-Slow: ", drip: true},
		{name: "a head of more than anybody needs", say: begin + many},
		{name: "one long line", say: "GET /" + strings.Repeat("x", 100_000)},
		{name: "a body that never comes", say: begin + "Upgrade: websocket\r\nContent-Length: 10\r\n\r\n"},
		{name: "half a handshake of TLS", say: "\x16\x03\x01\x02\x00\x01\x00"},
	}
}

// TestSlowOpenersAreCut opens connections that never become a session, and lets
// clients in meanwhile. It prints how long those took; a slow machine is no
// failure. The server ends the others by itself.
func TestSlowOpenersAreCut(t *testing.T) {
	const silent, honest = 500, 100
	plugin := gfws.New()
	h, secure := startBoth(t, plugin, func(h *host) { h.SetReadTimeout(openingTime) })
	var slow []opener
	for _, address := range []string{h.addr, secure} {
		for _, o := range openers() {
			slow = append(slow, o.open(t, address))
		}
	}
	for range silent {
		slow = append(slow, opener{name: "silence"}.open(t, h.addr))
	}
	behindTLS, err := tls.Dial("tcp", secure, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	slow = append(slow, opener{name: "silence behind TLS", Conn: behindTLS})

	took := make([]time.Duration, 0, honest)
	for range honest {
		began := time.Now()
		h.dial("/ws").echo(websocket.TextMessage, "hello")
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("beside %d slow connections an echo took %s in the median, %s for 99 of 100", len(slow), took[honest/2], took[honest*99/100-1])

	if n := plugin.Stats().Connections; n != honest {
		t.Errorf("%d places are taken, not %d", n, honest)
	}
	for _, o := range slow {
		o.expectCut(t)
	}
}

// open connects and says what there is to say.
func (o opener) open(t *testing.T, address string) opener {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	o.Conn = conn
	_, _ = io.WriteString(conn, o.say) // a flood may be cut in the middle
	if o.drip {
		go o.dripOn()
	}
	return o
}

// dripOn sends a byte now and then, which is not to count as progress.
func (o opener) dripOn() {
	ticker := time.NewTicker(openingTime / 50)
	defer ticker.Stop()
	for range ticker.C {
		if _, err := o.Write([]byte("x")); err != nil {
			return
		}
	}
}

// expectCut reads until the server ends the connection.
func (o opener) expectCut(t *testing.T) {
	t.Helper()
	_ = o.SetReadDeadline(time.Now().Add(patience))
	_, err := io.Copy(io.Discard, o)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Errorf("%s: it is still open after %s", o.name, patience)
	}
	_ = o.Close()
}
