package gfws_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// echoLoop is the loop of GoFrame's WebSocket chapter, with one call changed.
func echoLoop(r *ghttp.Request) {
	conn, err := gfws.Accept(r)
	if err != nil {
		return
	}
	for {
		msgType, msg, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err = conn.WriteMessage(msgType, msg); err != nil {
			return
		}
	}
}

// startLoop serves a loop of the host's own at /loop.
func startLoop(t *testing.T, loop ghttp.HandlerFunc, plugins ...ghttp.Plugin) *host {
	h := newHost(t)
	h.Use(ghttp.MiddlewareHandlerResponse)
	h.BindHandler("/loop", loop)
	h.Plugin(plugins...)
	return h.start()
}

// accepting accepts and hands the connection to talk; a host that refuses fails
// the test.
func accepting(t *testing.T, talk func(conn *ws.Conn)) ghttp.HandlerFunc {
	return func(r *ghttp.Request) {
		conn, err := gfws.Accept(r)
		if err != nil {
			t.Error(err)
			return
		}
		talk(conn)
	}
}

// TestAcceptLoop runs GoFrame's loop beside an installed instance, and without.
func TestAcceptLoop(t *testing.T) {
	for name, plugins := range map[string][]ghttp.Plugin{"installed": {gfws.New()}, "no plugin": nil} {
		t.Run(name, func(t *testing.T) {
			h := startLoop(t, echoLoop, plugins...)
			for range 2 {
				p := h.dial("/loop")
				for _, data := range []string{"hello word", "", "世界"} {
					p.echo(websocket.TextMessage, data)
					p.echo(websocket.BinaryMessage, data)
				}
				p.closeWith(4001, "bye")
			}
			hub := gfws.InstanceOf(h.Server).Hub()
			waitFor(t, "the sessions to end", func() bool { return hub.Len() == 0 })
		})
	}
}

// TestAcceptConcurrentWriters is what panics with gorilla's own connection.
func TestAcceptConcurrentWriters(t *testing.T) {
	const writers, each = 100, 20
	h := startLoop(t, accepting(t, func(conn *ws.Conn) {
		defer conn.Close()
		var wg sync.WaitGroup
		for writer := range writers {
			wg.Go(func() {
				for i := range each {
					if err := conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, "%d %d", writer, i)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
	}))
	p := h.dial("/loop")
	next := make(map[int]int)
	for range writers * each {
		_, data, err := p.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		var writer, i int
		if _, err = fmt.Sscanf(string(data), "%d %d", &writer, &i); err != nil || i != next[writer] {
			t.Fatalf("got %q, want message %d of its writer", data, next[writer])
		}
		next[writer]++
	}
	p.expectClose(websocket.CloseNormalClosure, "")
}

// TestAcceptIsRefused holds that the answer is given, and that the host's loop
// is not entered.
func TestAcceptIsRefused(t *testing.T) {
	h := startLoop(t, func(r *ghttp.Request) {
		if conn, err := gfws.Accept(r); err == nil || conn != nil {
			t.Errorf("got %v, %v", conn, err)
		}
	})
	p, res, body := h.tryDial("/loop", "Origin", "https://evil.com")
	if p != nil {
		t.Fatal("another origin was let in")
	}
	expectRefusal(t, res, body, http.StatusForbidden, gcode.CodeSecurityReason, "origin")
	plain, body := h.ask(http.MethodGet, "/loop")
	expectRefusal(t, plain, body, http.StatusUpgradeRequired, gcode.CodeInvalidRequest, "WebSocket")
}

// TestAcceptBadConfiguration answers 500 without telling the client why, and
// tells the host.
func TestAcceptBadConfiguration(t *testing.T) {
	errs := make(chan error, 1)
	h := startLoop(t, func(r *ghttp.Request) {
		_, err := gfws.Accept(r)
		errs <- err
	})
	withConfiguration(t, "websocket:\n  message: {maxSize: 0}")
	p, res, body := h.tryDial("/loop")
	if p != nil {
		t.Fatal("it was let in")
	}
	expectRefusal(t, res, body, http.StatusInternalServerError, gcode.CodeInternalError, "could not be upgraded")
	expectKey(t, receive(t, "the error", errs), "websocket.message.maxSize")
}

// TestAcceptOfANamedInstance takes its policy and its bounds.
func TestAcceptOfANamedInstance(t *testing.T) {
	loop := func(r *ghttp.Request) {
		conn, err := gfws.Accept(r, "chat")
		if err != nil {
			return
		}
		defer conn.Close()
		_, _, _ = conn.ReadMessage()
	}
	chat := gfws.New(gfws.Name("chat"), gfws.Path(), gfws.Origins("https://app.example.com"),
		gfws.Configure(func(c *gfws.Config) { c.Message.MaxSize = 4 }))
	h := startLoop(t, loop, gfws.New(), chat)
	if p, res, _ := h.tryDial("/loop", "Origin", "http://"+h.addr); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("the policy of another instance holds: %s", res.Status)
	}
	p := h.dial("/loop", "Origin", "https://app.example.com")
	waitFor(t, "chat to have the session", func() bool { return chat.Hub().Len() == 1 })
	p.send(websocket.TextMessage, "abcde")
	p.expectClose(websocket.CloseMessageTooBig, "4")
}

// TestAcceptChecksMessages asks the host's check, and refuses types, in a loop
// as it does for a handler.
func TestAcceptChecksMessages(t *testing.T) {
	h := startLoop(t, echoLoop, gfws.New(
		gfws.Configure(func(c *gfws.Config) { c.Message.Types = []string{"text"} }),
		gfws.CheckMessage(func(_ context.Context, _ *ws.Session, m ws.Message) error {
			if string(m.Data) == "bad" {
				return errors.New("no such word")
			}
			return nil
		}),
	))
	p := h.dial("/loop")
	p.echo(websocket.TextMessage, "good")
	p.send(websocket.TextMessage, "bad")
	p.expectClose(websocket.ClosePolicyViolation, "no such word")
	p = h.dial("/loop")
	p.send(websocket.BinaryMessage, "x")
	p.expectClose(websocket.CloseUnsupportedData, "not taken")
}

// TestAcceptBeforeInstall tells the host and the client.
func TestAcceptBeforeInstall(t *testing.T) {
	plugin := gfws.New()
	h := startLoop(t, func(r *ghttp.Request) {
		if _, err := plugin.Accept(r); err == nil {
			t.Error("it was accepted")
		}
	})
	p, res, body := h.tryDial("/loop")
	if p != nil {
		t.Fatal("it was let in")
	}
	expectRefusal(t, res, body, http.StatusInternalServerError, gcode.CodeInternalError, "")
}

// TestAcceptFirstOfMany makes one instance, however many ask for it at once.
func TestAcceptFirstOfMany(t *testing.T) {
	h := startLoop(t, echoLoop)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			conn, res, err := websocket.DefaultDialer.Dial("ws://"+h.addr+"/loop", nil)
			if err != nil {
				t.Error(err, res)
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
		})
	}
	wg.Wait()
	hub := gfws.InstanceOf(h.Server).Hub()
	waitFor(t, "the one instance to have all sessions", func() bool { return hub.Len() == 20 })
}
