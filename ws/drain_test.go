package ws_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// TestShutdownSaysGoodbye closes many clients: each sees 1001, none 1006.
func TestShutdownSaysGoodbye(t *testing.T) {
	const clients = 200
	s := serve(t, ws.Config{DrainRate: ws.Unlimited}, echo)
	codes := make(chan error, clients)
	for range clients {
		conn := s.dial(t)
		go func() {
			_, _, err := conn.ReadMessage()
			codes <- err
		}()
	}
	if err := s.hub.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	for range clients {
		if err := waitFor(t, "close", codes); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
			t.Fatalf("a client saw %v, want 1001", err)
		}
	}
	if got := s.hub.Stats(); got.Sessions != 0 || got.Drained != clients || got.Cut != 0 {
		t.Errorf("the figures are %+v", got)
	}
}

// TestShutdownOfOneIsQuick must not wait for a pace or a deadline.
func TestShutdownOfOneIsQuick(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		s := serveOnPipes(t, ws.Config{DrainRate: 1}, echo)
		p := s.connect(t)
		go func() {
			closing := p.read()
			p.sendFrames(frame{fin: true, opcode: opClose, payload: closing.payload})
		}()
		began := time.Now()
		if err := s.hub.Shutdown(context.Background()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("took %s", took)
		}
	})
}

// TestShutdownReachesAllInHalfTheTime needs a pace that no whole number of
// sessions a step makes.
func TestShutdownReachesAllInHalfTheTime(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		const drain, clients = 1500 * time.Millisecond, 149
		s := serveOnPipes(t, ws.Config{DrainTimeout: drain, DrainRate: 1}, echo)
		for range clients {
			p := s.connect(t)
			<-s.opened
			go func() {
				p.read()
				p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1001, "")})
			}()
		}
		began := time.Now()
		if err := s.hub.Shutdown(context.Background()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > drain/2 {
			t.Errorf("took %s of %s", took, drain)
		}
	})
}

// TestShutdownFlushesFirst has messages queued.
func TestShutdownFlushesFirst(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	for range 100 {
		if err := session.Send(ws.BinaryMessage(make([]byte, 1000))); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan error, 1)
	go func() { done <- s.hub.Shutdown(context.Background()) }()
	for range 100 {
		if f := p.read(); f.opcode != opBinary || len(f.payload) != 1000 {
			t.Fatalf("got frame of opcode %d with %d bytes", f.opcode, len(f.payload))
		}
	}
	p.checkClose(p.read(), ws.CodeGoingAway)
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1001, "")})
	if err := waitFor(t, "Shutdown", done); err != nil {
		t.Error(err)
	}
}

// TestShutdownWaitsForHandlers lets a handler finish its answer.
func TestShutdownWaitsForHandlers(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	finished := make(chan error, 1)
	s := serve(t, ws.Config{}, func(ctx context.Context, _ *ws.Session, _ ws.Message) error {
		close(started)
		<-release
		finished <- ctx.Err()
		return nil
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "work"})
	waitFor(t, "handler", started)
	done := make(chan error, 1)
	go func() { done <- s.hub.Shutdown(context.Background()) }()
	p.checkClose(p.read(), ws.CodeGoingAway)
	close(release)
	if err := waitFor(t, "end of the handler", finished); err != nil {
		t.Errorf("the handler's context was %v", err)
	}
	_ = p.conn.Close()
	if err := waitFor(t, "Shutdown", done); err != nil {
		t.Error(err)
	}
}

// TestShutdownIsBounded meets a handler that hangs and a peer that never
// answers.
func TestShutdownIsBounded(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		const drain, grace = time.Minute, time.Second
		release := make(chan struct{})
		started := make(chan struct{})
		s := serveOnPipes(t, ws.Config{DrainTimeout: drain, CloseTimeout: time.Hour}, func(context.Context, *ws.Session, ws.Message) error {
			close(started)
			<-release
			return nil
		})
		defer close(release)
		s.connect(t).sendFrames(frame{fin: true, opcode: opText, payload: "hang"})
		s.connect(t)
		<-started
		began := time.Now()
		if err := s.hub.Shutdown(context.Background()); err == nil {
			t.Error("a hanging handler was not reported")
		}
		if took := time.Since(began); took < drain || took > drain+grace {
			t.Errorf("took %s, want %s", took, drain)
		}
		hung, other := <-s.opened, <-s.opened
		if hung.Context().Err() == nil || other.Context().Err() == nil {
			t.Error("a cut session's context goes on")
		}
		if got := s.hub.Stats(); got.Sessions != 1 || got.Drained != 0 || got.Cut != 1 {
			t.Errorf("the figures are %+v", got)
		}
	})
}

// TestShutdownAgainAndTogether calls it from several goroutines.
func TestShutdownAgainAndTogether(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	conn := s.dial(t)
	go func() { _, _, _ = conn.ReadMessage() }()
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if err := s.hub.Shutdown(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	response, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

// TestConnectRacesShutdown leaves no ghost: whoever gets in is told to go.
func TestConnectRacesShutdown(t *testing.T) {
	for range 20 {
		s := serve(t, ws.Config{DrainRate: ws.Unlimited}, echo)
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http"), nil)
				if err != nil {
					return
				}
				defer conn.Close()
				_ = conn.SetReadDeadline(time.Now().Add(patience))
				if _, _, err = conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
					t.Errorf("a client that got in saw %v, want 1001", err)
				}
			})
		}
		if err := s.hub.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		all.Wait()
		if n := s.hub.Len(); n != 0 {
			t.Fatalf("%d sessions survived", n)
		}
	}
}

func TestServeRefusesWhileDraining(t *testing.T) {
	hub, err := ws.NewHub(ws.Config{Logger: silent()})
	if err != nil {
		t.Fatal(err)
	}
	if err = hub.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err = hub.Serve(context.Background(), nil, nil, ws.Opening{}, ws.HandlerFuncs{}); !errors.Is(err, ws.ErrDraining) {
		t.Errorf("got %v, want ErrDraining", err)
	}
}
