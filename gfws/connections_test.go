package gfws_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// connections sets the section "connections" from code.
func connections(c gfws.ConnectionsConfig) gfws.Option {
	return gfws.Configure(func(config *gfws.Config) { config.Connections = c })
}

// TestConnectionLimits fills an instance up to each limit and knocks once more,
// then again when somebody has left.
func TestConnectionLimits(t *testing.T) {
	fromTrusted := gfws.Configure(func(c *gfws.Config) { c.Proxy.Trusted = []string{"127.0.0.1"} })
	none := func(int) []string { return nil }
	for _, c := range []struct {
		name    string
		opts    []gfws.Option
		inside  int
		header  func(i int) []string
		status  int // of the one too many
		code    gcode.Code
		message string
	}{
		{"total", []gfws.Option{connections(gfws.ConnectionsConfig{Total: 2})}, 2, none,
			http.StatusServiceUnavailable, gcode.CodeServerBusy, "2 connections"},
		{"an address", []gfws.Option{connections(gfws.ConnectionsConfig{IP: 2})}, 2, none,
			http.StatusTooManyRequests, gcode.CodeSecurityReason, "2 connections of an address"},
		{"a forged address", []gfws.Option{connections(gfws.ConnectionsConfig{IP: 2})}, 2,
			func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i)} },
			http.StatusTooManyRequests, gcode.CodeSecurityReason, "2 connections of an address"},
		{"an address behind a proxy", []gfws.Option{connections(gfws.ConnectionsConfig{IP: 2}), fromTrusted}, 2,
			func(int) []string { return []string{"X-Forwarded-For", "192.0.2.1, 2001:db8::1"} },
			http.StatusTooManyRequests, gcode.CodeSecurityReason, "2 connections of an address"},
		{"a network behind a proxy", []gfws.Option{connections(gfws.ConnectionsConfig{IP: 2}), fromTrusted}, 2,
			func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprintf("2001:db8::%d", i)} },
			http.StatusTooManyRequests, gcode.CodeSecurityReason, "2 connections of an address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plugin := gfws.New(c.opts...)
			h := startHost(t, plugin)
			var inside []*peer
			for i := range c.inside {
				inside = append(inside, h.dial("/ws", c.header(i)...))
			}
			for i := range 3 { // what is refused takes no place
				p, res, body := h.tryDial("/ws", c.header(c.inside+i)...)
				if p != nil {
					t.Fatal("one too many was let in")
				}
				expectRefusal(t, res, body, c.status, c.code, c.message)
				if res.Header.Get("Retry-After") == "" {
					t.Error("Retry-After is missing")
				}
			}
			inside[0].closeWith(websocket.CloseNormalClosure, "")
			waitFor(t, "the place", func() bool { return plugin.Stats().Connections == c.inside-1 })
			h.dial("/ws", c.header(c.inside)...).echo(websocket.TextMessage, "now it is my turn")
		})
	}
}

// TestOthersHaveTheirOwnShare holds that a limit of an address is none of
// another, as a trusted proxy tells them.
func TestOthersHaveTheirOwnShare(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Connections.IP, c.Connections.Handshakes = 1, 1
		c.Proxy.Trusted = []string{"127.0.0.0/8"}
	})))
	for i := range 5 {
		h.dial("/ws", "X-Forwarded-For", fmt.Sprintf("203.0.113.9, 192.0.2.%d", i))
	}
}

// TestRefusedTakeNoPlace knocks in every way that is refused, at a server with
// one place.
func TestRefusedTakeNoPlace(t *testing.T) {
	plugin := gfws.New(connections(gfws.ConnectionsConfig{Total: 1}))
	h := startLoop(t, echoLoop, plugin)
	for range 3 {
		h.tryDial("/ws", "Origin", "https://evil.example")
		h.tryDial("/loop", "Origin", "https://evil.example")
		h.ask(http.MethodGet, "/ws")
		h.ask(http.MethodPost, "/ws")
	}
	if n := plugin.Stats().Connections; n != 0 {
		t.Fatalf("%d places are taken", n)
	}
	p := h.dial("/loop")
	p.echo(websocket.TextMessage, "hello")
	if other, res, _ := h.tryDial("/ws"); other != nil || res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("beside a loop of the host's own: %s", res.Status)
	}
	p.closeWith(websocket.CloseNormalClosure, "")
	waitFor(t, "the place", func() bool { return plugin.Stats().Connections == 0 })
}

// TestHandshakesPerSecond holds the limit of an address, in which refused
// handshakes count too.
func TestHandshakesPerSecond(t *testing.T) {
	h := startHost(t, gfws.New(connections(gfws.ConnectionsConfig{Handshakes: 1}), gfws.CheckRequest(func(r *ghttp.Request) error {
		if r.Header.Get("X-Guess") != "" {
			return gerror.New("wrong")
		}
		return nil
	})))
	refused := 0
	for i := range 20 {
		if p, res, _ := h.tryDial("/ws", "X-Guess", fmt.Sprint(i)); p == nil && res.StatusCode == http.StatusTooManyRequests {
			refused++
			if after := res.Header.Get("Retry-After"); after != "1" {
				t.Errorf("Retry-After is %q", after)
			}
		}
	}
	if refused == 0 {
		t.Error("20 handshakes at once were all looked at")
	}
	waitFor(t, "the next second", func() bool { p, _, _ := h.tryDial("/ws"); return p != nil })
}

// TestUserLimit is a user who becomes known once the session is open: the one
// too many is closed with its first message.
func TestUserLimit(t *testing.T) {
	plugin := gfws.New(connections(gfws.ConnectionsConfig{User: 1}), gfws.Handle(ws.HandlerFuncs{
		Open: func(_ context.Context, s *ws.Session) error {
			s.SetIdentity(ws.Identity{User: s.Handshake().Query().Get("user")})
			return nil
		},
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error { return s.Reply(m) },
	}))
	h := startHost(t, plugin)
	first := h.dial("/ws?user=ann")
	first.echo(websocket.TextMessage, "hello")
	second := h.dial("/ws?user=ann")
	second.send(websocket.TextMessage, "hello")
	second.expectClose(websocket.ClosePolicyViolation, "1 connections of a user")
	h.dial("/ws?user=bob").echo(websocket.TextMessage, "hello")
	first.closeWith(websocket.CloseNormalClosure, "")
	waitFor(t, "both to leave", func() bool { return plugin.Stats().Connections == 1 })
	h.dial("/ws?user=ann").echo(websocket.TextMessage, "hello")
	if n := plugin.Stats().Closed["connections-user"]; n != 1 {
		t.Errorf("%d closes were counted", n)
	}
}

// TestRacingDials has a thousand clients want a hundred places at once.
func TestRacingDials(t *testing.T) {
	const dials, places = 1000, 100
	plugin := gfws.New(connections(gfws.ConnectionsConfig{Total: places}), gfws.Logger((&logs{}).logger()))
	h := startHost(t, plugin)
	for round := range 2 {
		var in, out atomic.Int64
		conns := make(chan net.Conn, dials)
		var wg sync.WaitGroup
		for range dials {
			wg.Go(func() {
				conn, status := knock(t, h.addr)
				switch conns <- conn; {
				case strings.Contains(status, "101"):
					in.Add(1)
				case strings.Contains(status, "503"):
					out.Add(1)
				default:
					t.Errorf("answered with %q", status)
				}
			})
		}
		wg.Wait()
		close(conns)
		if in.Load() != places || out.Load() != dials-places {
			t.Errorf("round %d: %d were let in and %d refused", round, in.Load(), out.Load())
		}
		for conn := range conns {
			if conn != nil {
				_ = conn.Close()
			}
		}
		waitFor(t, "all places to be free", func() bool { return plugin.Stats().Connections == 0 })
	}
	if n := plugin.Stats().Refused["connections"]; n != 2*(dials-places) {
		t.Errorf("%d refusals were counted", n)
	}
}

// knock sends a handshake and returns the connection with the status line of the
// answer.
func knock(t *testing.T, addr string) (net.Conn, string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Error(err)
		return nil, ""
	}
	_ = conn.SetDeadline(time.Now().Add(6 * patience))
	if _, err = io.WriteString(conn, "GET /ws HTTP/1.1\r\nHost: "+addr+"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"); err != nil {
		t.Error(err)
	}
	status, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		t.Error(err)
	}
	return conn, status
}
