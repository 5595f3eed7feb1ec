package gfws_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// quickDrain bounds what a test waits for peers that do not answer.
func quickDrain(timeout time.Duration) gfws.Option {
	return gfws.Configure(func(c *gfws.Config) { c.Drain.Timeout, c.Timeout.Close = timeout, timeout })
}

func TestRemoveIsIdempotent(t *testing.T) {
	plugin := gfws.New()
	h := startHost(t, plugin)
	peers := []*peer{h.dial("/ws"), h.dial("/wss")}
	done := make(chan error, 1)
	go func() { done <- plugin.Remove() }()
	for _, p := range peers {
		p.expectClose(websocket.CloseGoingAway, "shutting down")
	}
	if err := receive(t, "Remove", done); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := soon(t, "Remove of what is removed", plugin.Remove); err != nil {
			t.Fatal(err)
		}
	}
	if err := soon(t, "Shutdown of what is removed", func() error { return plugin.Shutdown(t.Context()) }); err != nil {
		t.Error(err)
	}
	if gfws.InstanceOf(h.Server) != nil {
		t.Error("the instance is still there")
	}
}

// soon returns what call does, and fails the test if that takes longer than
// patience, which is less than what drain.timeout is by default.
func soon(t *testing.T, what string, call func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- call() }()
	return receive(t, what, done)
}

func TestRemoveBeforeInstall(t *testing.T) {
	plugin := gfws.New()
	if err := plugin.Remove(); err != nil {
		t.Fatal(err)
	}
	if err := plugin.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	startHost(t, plugin).dial("/ws").echo(websocket.TextMessage, "installed after all")
}

// TestRemoveConcurrently waits in each call until all peers are gone.
func TestRemoveConcurrently(t *testing.T) {
	closed := make(chan struct{}, 10)
	plugin := gfws.New(gfws.Handle(ws.HandlerFuncs{Close: func(context.Context, *ws.Session, ws.Close) { closed <- struct{}{} }}))
	h := startHost(t, plugin)
	peers := make(chan error, 10)
	for range 10 {
		p := h.dial("/ws")
		go func() {
			_, _, err := p.ReadMessage()
			_ = p.Close()
			peers <- err
		}()
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := plugin.Remove(); err != nil {
				t.Error(err)
			}
			if len(closed) != 10 {
				t.Errorf("Remove returned when %d of 10 were closed", len(closed))
			}
		})
	}
	wg.Wait()
	for range 10 {
		if err := <-peers; !websocket.IsCloseError(err, websocket.CloseGoingAway) {
			t.Errorf("a peer saw %v, want 1001", err)
		}
	}
}

// expectLeaving holds what a server that leaves answers to a handshake, and
// that it says when to come again.
func (h *host) expectLeaving(path string) {
	h.t.Helper()
	p, res, body := h.tryDial(path)
	if p != nil {
		h.t.Fatal("a session was opened")
	}
	expectRefusal(h.t, res, body, http.StatusServiceUnavailable, gcode.CodeServerBusy, "shutting down")
	if res.Header.Get("Retry-After") == "" {
		h.t.Error("Retry-After is missing")
	}
}

// TestDrainingAnswers503 holds what a client gets that comes while the server
// goes, and when to come again.
func TestDrainingAnswers503(t *testing.T) {
	plugin := gfws.New(quickDrain(patience))
	h := startHost(t, plugin)
	p := h.dial("/ws")
	done := make(chan error, 1)
	go func() { done <- plugin.Remove() }()
	waitFor(t, "draining", plugin.Hub().Draining)

	h.expectLeaving("/ws")
	p.expectClose(websocket.CloseGoingAway, "")
	if err := receive(t, "Remove", done); err != nil {
		t.Error(err)
	}
}

// TestRemoveIsBounded holds that neither a peer that never answers nor a handler
// that never returns keeps the host alive beyond drain.timeout.
func TestRemoveIsBounded(t *testing.T) {
	const limit = 300 * time.Millisecond
	release, hanging := make(chan struct{}), make(chan struct{}, 2)
	t.Cleanup(func() { close(release) })
	hang := func() { hanging <- struct{}{}; <-release }
	for _, c := range []struct {
		name    string
		handler ws.Handler
		talk    func(p *peer)
		says    string
	}{
		{"a peer that never answers", nil, func(*peer) {}, ""},
		{"a peer that never reads what is queued", nil, func(p *peer) {
			go func() {
				for p.WriteMessage(websocket.BinaryMessage, make([]byte, 60<<10)) == nil {
				}
			}()
		}, ""},
		{"a handler that hangs", ws.HandlerFuncs{Message: func(context.Context, *ws.Session, ws.Message) error { hang(); return nil }}, func(p *peer) {
			p.send(websocket.TextMessage, "x")
			receive(t, "the handler", hanging)
		}, "1 still run a handler"},
		{"OnClose that hangs", ws.HandlerFuncs{Close: func(context.Context, *ws.Session, ws.Close) { hang() }}, func(p *peer) {
			p.closeWith(websocket.CloseNormalClosure, "")
			receive(t, "OnClose", hanging)
		}, "1 still run a handler"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plugin := gfws.New(quickDrain(limit), gfws.Handle(c.handler))
			h := startHost(t, plugin)
			c.talk(h.dial("/ws"))
			err := soon(t, "Remove", plugin.Remove)
			if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("Remove said %v, want %q in it", err, c.says)
			}
		})
	}
}

// TestShutdownHeedsItsContext ends with the host's own patience.
func TestShutdownHeedsItsContext(t *testing.T) {
	plugin := gfws.New(quickDrain(time.Hour))
	h := startHost(t, plugin)
	p := h.dial("/ws")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := soon(t, "Shutdown", func() error { return plugin.Shutdown(ctx) }); err == nil {
		t.Error("a peer that was cut was not told of")
	}
	_ = p.Close()
}

// TestHandlerContextEndsWhenCut lets a handler that heeds its context leave in time.
func TestHandlerContextEndsWhenCut(t *testing.T) {
	entered, left := make(chan struct{}), make(chan error, 1)
	plugin := gfws.New(quickDrain(200*time.Millisecond), gfws.Handle(ws.HandlerFuncs{
		Message: func(ctx context.Context, _ *ws.Session, _ ws.Message) error {
			close(entered)
			<-ctx.Done()
			left <- ctx.Err()
			return ctx.Err()
		},
	}))
	h := startHost(t, plugin)
	h.dial("/ws").send(websocket.TextMessage, "x")
	receive(t, "the handler", entered)
	_ = plugin.Remove()
	if err := receive(t, "the handler", left); err == nil {
		t.Error("the context has no error")
	}
}
