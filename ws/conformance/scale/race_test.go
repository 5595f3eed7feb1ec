package scale_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// TestEndsThatRace lets clients leave while the server sends to them, closes
// them and shuts down: whoever wins, nothing stays. goleak sees to goroutines.
func TestEndsThatRace(t *testing.T) {
	const rounds, clients = connections / 100, 21
	for range rounds {
		h := serve(t, ws.Config{DrainRate: ws.Unlimited})
		conns := make([]*connection, clients)
		if err := spread(clients, func(i int) (err error) { conns[i], err = connect(h.addr); return err }); err != nil {
			t.Fatal(err)
		}
		await(t, "the sessions", func() bool { return h.opened.Load() == clients })
		sessions := h.sessions()

		var all sync.WaitGroup
		for i, c := range conns {
			all.Go(func() { _ = kills[i%len(kills)](c) })
		}
		for _, s := range sessions {
			all.Go(func() {
				for range 10 {
					_ = s.Send(ws.TextMessage("late"))
				}
			})
			all.Go(func() { _ = s.Close(ws.CodeNormal, "") })
		}
		all.Go(func() { _, _ = h.hub.All().Send(ws.TextMessage("to all")) })
		all.Go(func() { h.joinAndLeave() })
		all.Go(func() {
			if err := h.hub.Shutdown(context.Background()); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		h.checkEmpty(t, sessions)
	}
}

// sessions returns the open sessions.
func (h *host) sessions() []*ws.Session {
	var all []*ws.Session
	h.open.Range(func(s, _ any) bool {
		all = append(all, s.(*ws.Session))
		return true
	})
	return all
}

// joinAndLeave connects while the server shuts down and does not wait for an
// answer.
func (h *host) joinAndLeave() {
	for range 3 {
		if c, err := ask(h.addr); err == nil {
			c.reset()
		}
	}
}

func (h *host) checkEmpty(t *testing.T, sessions []*ws.Session) {
	t.Helper()
	if n := h.hub.Len(); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
	if opened, closed := h.opened.Load(), h.closed.Load(); opened != closed {
		t.Errorf("%d sessions opened, %d closed", opened, closed)
	}
	for _, s := range sessions {
		if err := s.Send(ws.TextMessage("too late")); !errors.Is(err, ws.ErrClosed) {
			t.Errorf("send behind the end: %v, want ErrClosed", err)
		}
		if s.Context().Err() == nil {
			t.Error("a context goes on")
		}
	}
}
