package gfws_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	v1 "github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// diary notes the calls of one handler.
type diary struct {
	ws.HandlerFuncs
	mu     sync.Mutex
	lines  []string
	closes chan ws.Close
}

// newDiary notes each call and then does what f says.
func newDiary(f ws.HandlerFuncs) *diary {
	d := &diary{HandlerFuncs: f, closes: make(chan ws.Close, 10)}
	return d
}

func (d *diary) OnOpen(ctx context.Context, s *ws.Session) error {
	d.note("open")
	return d.HandlerFuncs.OnOpen(ctx, s)
}

func (d *diary) OnMessage(ctx context.Context, s *ws.Session, m ws.Message) error {
	d.note("message " + string(m.Data))
	return d.HandlerFuncs.OnMessage(ctx, s, m)
}

func (d *diary) OnClose(ctx context.Context, s *ws.Session, c ws.Close) {
	d.note(fmt.Sprintf("close %d %q by %s", int(c.Code), c.Reason, c.By))
	defer func() { d.closes <- c }()
	d.HandlerFuncs.OnClose(ctx, s, c)
}

func (d *diary) note(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.lines, "; ")
}

// TestHandlerCalls holds the order of the calls and what OnClose is told, for
// each way in which a session can end. OnClose comes once.
func TestHandlerCalls(t *testing.T) {
	hello := func(p *peer) { p.send(websocket.TextMessage, "hello") }
	fail := func(err error) ws.HandlerFuncs {
		return ws.HandlerFuncs{Message: func(context.Context, *ws.Session, ws.Message) error { return err }}
	}
	for _, c := range []struct {
		name    string
		handler ws.HandlerFuncs
		talk    func(h *host, p *peer)
		want    string
	}{
		{"the peer closes", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			hello(p)
			p.closeWith(4001, "bye")
		}, `open; message hello; close 4001 "bye" by peer`},
		{"the peer closes without a code", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			_ = p.WriteMessage(websocket.CloseMessage, nil)
			p.expectClose(websocket.CloseNoStatusReceived, "")
		}, `open; close 1005 "" by peer`},
		{"the connection breaks", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			_ = p.Close()
		}, `open; close 1006 "" by network`},
		{"the server shuts down", ws.HandlerFuncs{}, func(h *host, p *peer) {
			go func() { _ = gfws.InstanceOf(h.Server).Shutdown(context.Background()) }()
			p.expectClose(websocket.CloseGoingAway, "")
		}, `open; close 1001 "server is shutting down" by server`},
		{"the handler closes", ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
			return s.Close(4002, "enough")
		}}, func(_ *host, p *peer) {
			hello(p)
			p.expectClose(4002, "enough")
		}, `open; message hello; close 4002 "enough" by server`},
		{"the handler closes twice", ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
			return errors.Join(s.Close(4002, "first"), s.Close(4003, "second"))
		}}, func(_ *host, p *peer) {
			hello(p)
			p.expectClose(4002, "first")
		}, `open; message hello; close 4002 "first" by server`},
		{"the handler fails", fail(errors.New("secret")), func(_ *host, p *peer) {
			hello(p)
			p.expectClose(websocket.CloseInternalServerErr, "internal error")
		}, `open; message hello; close 1011 "internal error" by server`},
		{"the handler fails with a code", fail(fmt.Errorf("x: %w", &ws.CloseError{Code: 4004, Reason: "own"})), func(_ *host, p *peer) {
			hello(p)
			p.expectClose(4004, "own")
		}, `open; message hello; close 4004 "own" by server`},
		{"OnOpen refuses", ws.HandlerFuncs{Open: func(context.Context, *ws.Session) error {
			return &ws.CloseError{Code: ws.CodePolicyViolation, Reason: "full"}
		}}, func(_ *host, p *peer) {
			p.expectClose(websocket.ClosePolicyViolation, "full")
		}, `open; close 1008 "full" by server`},
		{"OnOpen panics", ws.HandlerFuncs{Open: func(context.Context, *ws.Session) error { panic("secret") }}, func(_ *host, p *peer) {
			p.expectClose(websocket.CloseInternalServerErr, "internal error")
		}, `open; close 1011 "internal error" by server`},
		{"OnMessage panics", ws.HandlerFuncs{Message: func(context.Context, *ws.Session, ws.Message) error { panic("secret") }}, func(_ *host, p *peer) {
			hello(p)
			p.expectClose(websocket.CloseInternalServerErr, "internal error")
		}, `open; message hello; close 1011 "internal error" by server`},
		{"OnClose panics", ws.HandlerFuncs{Close: func(context.Context, *ws.Session, ws.Close) { panic("secret") }}, func(_ *host, p *peer) {
			p.closeWith(websocket.CloseNormalClosure, "")
		}, `open; close 1000 "" by peer`},
		{"a frame is broken", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			_, _ = p.NetConn().Write([]byte{0x83, 0x80, 0, 0, 0, 0}) // opcode 3
			p.expectClose(websocket.CloseProtocolError, "")
		}, `open; close 1002`},
		{"text is not UTF-8", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			p.send(websocket.TextMessage, "\xff")
			p.expectClose(websocket.CloseInvalidFramePayloadData, "UTF-8")
		}, `open; close 1007`},
		{"a message is too big", ws.HandlerFuncs{}, func(_ *host, p *peer) {
			p.send(websocket.BinaryMessage, strings.Repeat("x", 64<<10+1))
			p.expectClose(websocket.CloseMessageTooBig, "65536")
		}, `open; close 1009`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDiary(c.handler)
			h := newHost(t)
			h.Plugin(gfws.New(gfws.Handle(d), gfws.Logger(h.logs.logger())))
			h.start()
			hub := gfws.InstanceOf(h.Server).Hub()
			c.talk(h, h.dial("/ws"))
			receive(t, "OnClose", d.closes)
			waitFor(t, "the session to be forgotten", func() bool { return hub.Len() == 0 })
			h.stop() // nothing may be called afterwards
			if got := d.String(); !strings.HasPrefix(got, c.want) || strings.Count(got, "close") != 1 {
				t.Errorf("calls were %s\nwant %s", got, c.want)
			}
			if strings.Contains(c.name, "panics") && !strings.Contains(h.logs.String(), "secret") {
				t.Errorf("the panic is not in the log:\n%s", h.logs)
			}
		})
	}
}

// TestPanicLeavesTheOthers holds that a panic costs one session only.
func TestPanicLeavesTheOthers(t *testing.T) {
	h := startHost(t, gfws.New(gfws.Logger((&logs{}).logger()), gfws.Handle(ws.HandlerFuncs{
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
			if string(m.Data) == "panic" {
				panic("as told")
			}
			return s.Reply(m)
		},
	})))
	other, victim := h.dial("/ws"), h.dial("/ws")
	victim.send(websocket.TextMessage, "panic")
	victim.expectClose(websocket.CloseInternalServerErr, "")
	other.echo(websocket.TextMessage, "still here")
	h.dial("/ws").echo(websocket.TextMessage, "me too")
}

// TestHandshakeAndContext holds what a handler knows of the request, and that
// the session outlives it.
func TestHandshakeAndContext(t *testing.T) {
	opened := make(chan *ws.Session, 1)
	h := startHost(t, gfws.New(gfws.Handle(ws.HandlerFuncs{
		Open: func(_ context.Context, s *ws.Session) error { opened <- s; return nil },
	})))
	p := h.dial("/wss?room=a%20b", "Origin", "http://"+h.addr, "User-Agent", "test/1")
	s := receive(t, "OnOpen", opened)
	got := s.Handshake()
	if got.Path != "/wss" || got.Query().Get("room") != "a b" || got.Origin != "http://"+h.addr || got.UserAgent != "test/1" ||
		got.Host != h.addr || got.RemoteAddr != p.LocalAddr().String() || got.Secure {
		t.Errorf("handshake is %+v", got)
	}
	if got.ClientAddr != netip.MustParseAddr("127.0.0.1") {
		t.Errorf("the client is %s", got.ClientAddr)
	}
	p.echoContext(s)
}

// TestHandshakeBehindProxy holds that a handler, who decides about a handshake
// and the API hear of the client, and of the proxy where it is not trusted.
func TestHandshakeBehindProxy(t *testing.T) {
	for name, c := range map[string]struct {
		trusted []string
		want    string
	}{
		"trusted":  {[]string{"127.0.0.1"}, "192.0.2.7"},
		"stranger": {nil, "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			opened, authorized := make(chan *ws.Session, 1), make(chan ws.Handshake, 1)
			h := startHost(t, gfws.New(
				gfws.Configure(func(config *gfws.Config) { config.Proxy.Trusted, config.Push.Token = c.trusted, pushToken }),
				gfws.Recognize(func(*ghttp.Request) ws.Identity { return ws.Identity{User: "ann"} }),
				gfws.Authorize(func(_ context.Context, _ ws.Identity, handshake ws.Handshake) error {
					authorized <- handshake
					return nil
				}),
				gfws.Handle(ws.HandlerFuncs{
					Open: func(_ context.Context, s *ws.Session) error { opened <- s; return nil },
				}),
			))
			p := h.dial("/ws", "X-Forwarded-For", "10.0.0.1, 192.0.2.7")
			want := netip.MustParseAddr(c.want)
			if got := receive(t, "authorization", authorized); got.ClientAddr != want {
				t.Errorf("who decides hears of %s, want %s", got.ClientAddr, want)
			}
			got := receive(t, "OnOpen", opened).Handshake()
			if got.ClientAddr != want || got.RemoteAddr != p.LocalAddr().String() {
				t.Errorf("the session is of %s by %s, want %s by %s", got.ClientAddr, got.RemoteAddr, want, p.LocalAddr())
			}
			api := &program{t, httpClient, pushToken, "http://" + h.addr}
			if page := expect[v1.SessionsRes](t, api.get("/push/sessions")); page.Sessions[0].Address != c.want {
				t.Errorf("the API lists %s, want %s", page.Sessions[0].Address, c.want)
			}
		})
	}
}

// echoContext holds that the session's context ends with the connection.
func (p *peer) echoContext(s *ws.Session) {
	p.t.Helper()
	if err := s.Context().Err(); err != nil {
		p.t.Fatalf("the context ended with the request: %v", err)
	}
	p.closeWith(websocket.CloseNormalClosure, "")
	receive(p.t, "the context to end", s.Context().Done())
}
