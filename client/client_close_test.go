package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/client"
	"github.com/gorilla/websocket"
)

// What is queued when the client is closed still leaves, and then the close
// frame.
func TestClientCloseSendsTheQueue(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	const count = 300
	for range count {
		if err := w.Notify(testContext(t), "n", nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	for range count {
		s.expect("n")
	}
	var ended *websocket.CloseError
	if err := s.gone(); !errors.As(err, &ended) || ended.Code != 1000 {
		t.Errorf("%v", err)
	}
	await(t, w.Done(), "the end")
	if err := w.Err(); !errors.Is(err, client.ErrClosed) || !errors.Is(err, net.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestClientCloseByManyAtOnce(t *testing.T) {
	w, _, _ := calmly(t, client.ClientOptions{})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if err := w.Notify(testContext(t), "n", nil); err != nil && !errors.Is(err, client.ErrClosed) {
				t.Errorf("notify: %v", err)
			}
			if err := w.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			if _, err := client.Call[any](testContext(t), w.Client, "m", nil); !errors.Is(err, client.ErrClosed) {
				t.Errorf("call: %v", err)
			}
		})
	}
	group.Wait()
}

func TestClientCloseEndsCallsAndHandlers(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	ended := make(chan struct{})
	begun := make(chan struct{})
	client.On(w.Client, "n", func(ctx context.Context, _ json.RawMessage) {
		close(begun)
		<-ctx.Done()
		close(ended)
	})
	s.notify("n", "{}")
	await(t, begun, "the handler")
	call := w.calling("m", nil)
	s.expect("m")
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := await(t, call, "the call"); !errors.Is(err, client.ErrLost) && !errors.Is(err, client.ErrClosed) {
		t.Errorf("%v", err)
	}
	await(t, ended, "the handler to end")
	await(t, w.Done(), "the end")
}

// Close may be called where the client itself calls.
func TestClientCloseInsideCallbacks(t *testing.T) {
	t.Run("notification", func(t *testing.T) {
		w, _, s := calmly(t, client.ClientOptions{})
		client.On(w.Client, "n", func(context.Context, json.RawMessage) { _ = w.Close() })
		s.notify("n", "{}")
		await(t, w.Done(), "the end")
	})
	t.Run("call", func(t *testing.T) {
		w, _, s := calmly(t, client.ClientOptions{})
		client.Handle(w.Client, "m", func(context.Context, json.RawMessage) (any, error) { return nil, w.Close() })
		s.send(`{"jsonrpc":"2.0","id":1,"method":"m"}`)
		await(t, w.Done(), "the end")
	})
	for phase := client.PhaseConnecting; phase <= client.PhaseWaiting; phase++ {
		t.Run(phase.String(), func(t *testing.T) {
			server := startRPC(t)
			var c *client.Client
			options := client.ClientOptions{Dial: direct(), OnState: func(s client.State) {
				if s.Phase == phase {
					_ = c.Close()
				}
			}}
			var err error
			if c, err = client.New(server.url(), options); err != nil {
				t.Fatal(err)
			}
			go func() {
				select {
				case s := <-server.sessions:
					s.close(1001)
				case <-c.Done():
				}
			}()
			if err := c.Connect(testContext(t)); err != nil && !errors.Is(err, client.ErrClosed) {
				t.Error(err)
			}
			await(t, c.Done(), "the end")
		})
	}
}

func TestClientCloseBeforeConnect(t *testing.T) {
	w := watch(t, "ws://localhost", client.ClientOptions{})
	if err := w.Notify(testContext(t), "n", nil); err != nil {
		t.Error(err)
	}
	if w.State().Phase != client.PhaseIdle || w.Err() != nil {
		t.Errorf("%+v", w.State())
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	await(t, w.Done(), "the end")
	if err := w.Connect(testContext(t)); err == nil {
		t.Error("connected after Close")
	}
}

func TestPhaseNames(t *testing.T) {
	for phase, want := range map[client.Phase]string{
		client.PhaseIdle: "idle", client.PhaseConnecting: "connecting", client.PhaseOpen: "open",
		client.PhaseWaiting: "waiting", client.PhaseClosed: "closed", 9: "phase 9",
	} {
		if phase.String() != want {
			t.Errorf("%d is %s", int(phase), phase)
		}
	}
}
