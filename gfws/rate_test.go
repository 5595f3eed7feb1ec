package gfws_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestFloodIsClosed sends far more than the rate: the peer is closed with the
// limit in the reason, is warned of in the log before, and costs nobody else
// anything.
func TestFloodIsClosed(t *testing.T) {
	messages := func(c *gfws.Config) { c.Rate.Messages = 10 }
	bytes := func(c *gfws.Config) { c.Rate.Bytes, c.Message.MaxSize = 1000, 1000 }
	address := func(c *gfws.Config) { c.Rate.IP.Messages = 10 }
	for _, c := range []struct {
		name, path, reason, limit string
		change                    func(*gfws.Config)
	}{
		{"messages", "/ws", "rate", "more than 10 messages a second of a connection", messages},
		{"messages to a loop", "/loop", "rate", "more than 10 messages a second of a connection", messages},
		{"bytes", "/ws", "rate", "more than 1000 bytes a second of a connection", bytes},
		{"messages of an address", "/ws", "rate-ip", "more than 10 messages a second of an address", address},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := &logs{}
			plugin := gfws.New(gfws.Logger(own.logger()), gfws.Configure(c.change), gfws.Configure(func(c *gfws.Config) {
				c.Queue.Full = "drop-newest" // this peer does not read
				c.Proxy.Trusted = []string{"127.0.0.1"}
			}))
			h := startLoop(t, echoLoop, plugin)
			honest := h.dial(c.path, "X-Forwarded-For", "192.0.2.1")
			honest.echo(websocket.TextMessage, "hello")
			flood := h.dial(c.path, "X-Forwarded-For", "192.0.2.2")
			for range 200 {
				if flood.WriteMessage(websocket.TextMessage, []byte(strings.Repeat("x", 100))) != nil {
					break // closed already
				}
			}
			flood.expectClose(websocket.ClosePolicyViolation, c.limit)
			honest.echo(websocket.TextMessage, "still here")
			waitFor(t, "the audit", func() bool { return plugin.Stats().Closed[c.reason] == 1 })
			if n := plugin.Stats().Warned[c.reason]; n != 1 {
				t.Errorf("%d warnings were counted", n)
			}
			for _, action := range []string{"action=warned", "action=closed"} {
				if !strings.Contains(own.String(), action+" reason="+c.reason+" ") {
					t.Errorf("%s is not in the log:\n%s", action, own)
				}
			}
		})
	}
}

// TestFloodOfPingsIsClosed holds that pings count as messages do.
func TestFloodOfPingsIsClosed(t *testing.T) {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) { c.Rate.Messages = 10 }))
	h := startLoop(t, echoLoop, plugin)
	for i, path := range []string{"/ws", "/loop"} {
		p := h.dial(path)
		for range 200 {
			if p.WriteControl(websocket.PingMessage, []byte("x"), time.Now().Add(patience)) != nil {
				break // closed already
			}
		}
		p.expectClose(websocket.ClosePolicyViolation, "more than 10 messages")
		waitFor(t, "the audit", func() bool { return plugin.Stats().Closed["rate"] == uint64(i+1) })
	}
}

// TestFloodIsDelayed holds that all messages of a fast peer come, none of them
// faster than the rate, and that its heartbeat does not take it for dead.
func TestFloodIsDelayed(t *testing.T) {
	for _, path := range []string{"/ws", "/loop"} {
		t.Run(path, func(t *testing.T) {
			plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
				c.Rate.Messages, c.Rate.Burst, c.Rate.Policy = 20, 100*time.Millisecond, "delay"
			}))
			h := startLoop(t, echoLoop, plugin)
			p := h.dial(path)
			began := time.Now()
			const messages = 20
			for i := range messages {
				p.send(websocket.TextMessage, fmt.Sprint(i))
			}
			for i := range messages {
				p.expect(websocket.TextMessage, fmt.Sprint(i))
			}
			if took := time.Since(began); took < 800*time.Millisecond {
				t.Errorf("%d messages took %s, less than the 900 ms for those beyond the burst", messages, took)
			}
			if n := plugin.Stats().Warned["rate"]; n == 0 {
				t.Error("nobody was warned")
			}
		})
	}
}

// TestDelayEndsWithTheServer holds that a peer who has to wait long keeps no
// server from leaving.
func TestDelayEndsWithTheServer(t *testing.T) {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Rate.Messages, c.Rate.Burst, c.Rate.Policy = 1, time.Second, "delay"
		c.Timeout.Close = 100 * time.Millisecond
	}), gfws.Handle(ws.HandlerFuncs{}))
	h := startHost(t, plugin)
	p := h.dial("/ws")
	for range 1000 {
		p.send(websocket.TextMessage, "x")
	}
	waitFor(t, "the delay", func() bool { return plugin.Stats().Warned["rate"] > 0 })
	_ = plugin.Shutdown(context.Background())
	if n := plugin.Stats().Sessions; n != 0 {
		t.Errorf("%d sessions are left", n)
	}
}
