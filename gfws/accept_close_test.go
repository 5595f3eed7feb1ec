package gfws_test

import (
	"context"
	"net/http"
	"runtime"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestAcceptCloses holds the ways in which a loop may close.
func TestAcceptCloses(t *testing.T) {
	for _, c := range []struct {
		name   string
		close  func(conn *ws.Conn) error
		code   int
		reason string
	}{
		{"WriteMessage", func(conn *ws.Conn) error {
			return conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(4001, "enough"))
		}, 4001, "enough"},
		{"WriteMessage without a code", func(conn *ws.Conn) error {
			return conn.WriteMessage(websocket.CloseMessage, nil)
		}, websocket.CloseNormalClosure, ""},
		{"Close", func(conn *ws.Conn) error { return conn.Close() }, websocket.CloseNormalClosure, ""},
		{"CloseWith", func(conn *ws.Conn) error { return conn.CloseWith(4002, "bye") }, 4002, "bye"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ended := make(chan error, 1)
			h := startLoop(t, accepting(t, func(conn *ws.Conn) {
				if err := c.close(conn); err != nil {
					t.Error(err)
				}
				_, _, err := conn.ReadMessage()
				ended <- err
			}))
			h.dial("/loop").expectClose(c.code, c.reason)
			if err := receive(t, "the read to end", ended); err == nil {
				t.Error("a message was read from a closed connection")
			}
		})
	}
}

// TestAcceptReadError holds that a loop which asks with gorilla's words gets
// the answers it is used to.
func TestAcceptReadError(t *testing.T) {
	for _, c := range []struct {
		name       string
		leave      func(p *peer)
		code       int
		unexpected bool
	}{
		{"normal", func(p *peer) { p.closeWith(1000, "") }, 1000, false},
		{"going away", func(p *peer) { p.closeWith(1001, "") }, 1001, false},
		{"own code", func(p *peer) { p.closeWith(4001, "x") }, 4001, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			errs := make(chan error, 1)
			h := startLoop(t, accepting(t, func(conn *ws.Conn) {
				_, _, err := conn.ReadMessage()
				errs <- err
			}))
			c.leave(h.dial("/loop"))
			err := receive(t, "the error", errs)
			if !websocket.IsCloseError(err, c.code) {
				t.Errorf("got %v, want a close error of %d", err, c.code)
			}
			if websocket.IsUnexpectedCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) != c.unexpected {
				t.Errorf("%v is taken for unexpected: %v", err, !c.unexpected)
			}
		})
	}
}

// TestAcceptLoopReturnsWithoutClose holds that a connection which the host has
// dropped is closed and given back, and not kept for ever.
func TestAcceptLoopReturnsWithoutClose(t *testing.T) {
	for name, drop := range map[string]func(){"returns": func() {}, "panics": func() { panic("as told") }} {
		t.Run(name, func(t *testing.T) {
			h := startLoop(t, accepting(t, func(conn *ws.Conn) {
				if _, _, err := conn.ReadMessage(); err != nil {
					t.Error(err)
				}
				drop()
			}))
			p := h.dial("/loop")
			p.send(websocket.TextMessage, "hello")
			closed := make(chan struct{})
			go func() {
				defer close(closed)
				_, _, _ = p.ReadMessage()
				_ = p.Close()
			}()
			waitFor(t, "the connection to be closed", func() bool {
				runtime.GC()
				select {
				case <-closed:
					return true
				default:
					return false
				}
			})
			hub := gfws.InstanceOf(h.Server).Hub()
			waitFor(t, "the session to be forgotten", func() bool { return hub.Len() == 0 })
		})
	}
}

// TestAcceptHandedOver lets a host return and go on elsewhere, as it could with
// gorilla's connection.
func TestAcceptHandedOver(t *testing.T) {
	h := startLoop(t, accepting(t, func(conn *ws.Conn) {
		go func() {
			defer conn.Close()
			for {
				kind, data, err := conn.ReadMessage()
				if err != nil {
					return
				}
				if err = conn.WriteMessage(kind, data); err != nil {
					return
				}
			}
		}()
	}))
	p := h.dial("/loop")
	for range 3 {
		runtime.GC()
		p.echo(websocket.TextMessage, "hello")
	}
	p.closeWith(websocket.CloseNormalClosure, "")
}

// TestAcceptWhileTheServerLeaves refuses a request that was on its way, with no
// plugin that ghttp could have told.
func TestAcceptWhileTheServerLeaves(t *testing.T) {
	entered, release := make(chan struct{}, 1), make(chan struct{})
	h := startLoop(t, func(r *ghttp.Request) {
		if r.Get("late").Bool() {
			entered <- struct{}{}
			<-release
		}
		echoLoop(r)
	})
	p := h.dial("/loop")
	p.echo(websocket.TextMessage, "hello")
	hub := gfws.InstanceOf(h.Server).Hub()
	refused := make(chan int, 1)
	go func() {
		_, res, err := websocket.DefaultDialer.Dial("ws://"+h.addr+"/loop?late=1", nil)
		if err == nil {
			t.Error("a session was opened")
		}
		refused <- res.StatusCode
	}()
	receive(t, "the late request", entered)
	go h.stop()
	p.expectClose(websocket.CloseGoingAway, "")
	waitFor(t, "all to be gone", func() bool { return hub.Draining() && hub.Len() == 0 })
	close(release)
	if status := receive(t, "the answer", refused); status != http.StatusServiceUnavailable {
		t.Errorf("it was answered with %d", status)
	}
}

// TestAcceptIsDrained closes a loop's connection when the server goes, with the
// plugin installed and without, and leaves no instance behind.
func TestAcceptIsDrained(t *testing.T) {
	for name, plugins := range map[string][]ghttp.Plugin{"installed": {gfws.New()}, "no plugin": nil} {
		t.Run(name, func(t *testing.T) {
			errs := make(chan error, 1)
			h := startLoop(t, accepting(t, func(conn *ws.Conn) {
				_, _, err := conn.ReadMessage()
				errs <- err
				if context.Cause(conn.Context()) == nil {
					<-conn.Context().Done()
				}
			}), plugins...)
			p := h.dial("/loop")
			go h.stop()
			p.expectClose(websocket.CloseGoingAway, "shutting down")
			if err := receive(t, "the error", errs); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("the loop read %v", err)
			}
			waitFor(t, "the instance to be gone", func() bool { return gfws.Instance() == nil })
		})
	}
}
