package client_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
)

// away makes a client whose connection is lost, with the given queue.
func away(t *testing.T, queue client.Queue) (*watched, *rpcServer) {
	t.Helper()
	w, server, s := calmly(t, client.ClientOptions{Queue: queue})
	w.until(client.PhaseOpen)
	_ = s.conn.Close()
	w.until(client.PhaseWaiting)
	return w, server
}

func (w *watched) notifyAll(numbers ...int) (errs []error) {
	for _, n := range numbers {
		errs = append(errs, w.Notify(testContext(w.t), "n", []int{n}))
	}
	return errs
}

func TestQueueRefusesNewest(t *testing.T) {
	w, server := away(t, client.Queue{Messages: 2})
	for i, err := range w.notifyAll(1, 2, 3) {
		if (i < 2) != (err == nil) || i == 2 && !errors.Is(err, client.ErrDropped) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, err := client.Call[any](testContext(t), w.Client, "call", nil); !errors.Is(err, client.ErrDropped) {
		t.Errorf("%v", err)
	}
	w.clock.fire(t, 200*time.Millisecond)
	s := server.accept()
	for _, want := range []string{"[1]", "[2]"} {
		if m := s.expect("n"); string(m.Params) != want {
			t.Errorf("got %s, want %s", m.Params, want)
		}
	}
	if len(w.dropped) > 0 {
		t.Errorf("dropped %+v", <-w.dropped)
	}
}

func TestQueueDropsOldest(t *testing.T) {
	w, server := away(t, client.Queue{Messages: 2, Policy: client.DropOldest})
	call := w.calling("call", []int{0})
	for n, displaced := 1, false; !displaced; n++ {
		w.notifyAll(n)
		select {
		case err := <-call:
			displaced = true
			if !errors.Is(err, client.ErrDropped) {
				t.Errorf("%v", err)
			}
		default:
		}
	}
	for _, method := range []string{"first", "second", "third"} {
		if err := w.Notify(testContext(t), method, nil); err != nil {
			t.Error(err)
		}
	}
	seen := map[string]bool{}
	for len(w.dropped) > 0 {
		d := <-w.dropped
		seen[d.Method+string(d.Params)] = true
		if d.Incoming {
			t.Errorf("dropped %+v", d)
		}
	}
	if !seen["call[0]"] || !seen["first"] || seen["second"] {
		t.Errorf("dropped %d messages", len(seen))
	}
	w.clock.fire(t, 200*time.Millisecond)
	s := server.accept()
	s.expect("second")
	s.expect("third")
}

func TestQueueKeepsNothing(t *testing.T) {
	w, server := away(t, client.Queue{Policy: client.KeepNothing})
	if err := w.notifyAll(1)[0]; !errors.Is(err, client.ErrDropped) {
		t.Errorf("%v", err)
	}
	w.clock.fire(t, 200*time.Millisecond)
	s := server.accept()
	w.until(client.PhaseOpen)
	if err := w.notifyAll(2)[0]; err != nil {
		t.Error(err)
	}
	if m := s.expect("n"); string(m.Params) != "[2]" {
		t.Errorf("got %s", m.Params)
	}
}

func TestQueueIsBoundedInBytes(t *testing.T) {
	w, _ := away(t, client.Queue{Bytes: 1000})
	text := strings.Repeat("x", 400)
	for i := range 3 {
		err := w.Notify(testContext(t), "n", []string{text})
		if (i < 2) != (err == nil) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err := w.Notify(testContext(t), "n", []string{text + text + text}); err == nil || errors.Is(err, client.ErrDropped) {
		t.Errorf("larger than the queue: %v", err)
	}
}

// What was cancelled before it was sent is never sent.
func TestQueueForgetsCancelledCalls(t *testing.T) {
	w, server := away(t, client.Queue{Messages: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := client.Call[any](ctx, w.Client, "call", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if err := w.notifyAll(1)[0]; err != nil {
		t.Error(err)
	}
	w.clock.fire(t, 200*time.Millisecond)
	server.accept().expect("n")
}

// What is left in the queue at the end is told.
func TestQueueAtTheEnd(t *testing.T) {
	w, _ := away(t, client.Queue{})
	call := w.calling("call", nil)
	w.notifyAll(1, 2)
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := await(t, call, "the call"); !errors.Is(err, client.ErrClosed) {
		t.Errorf("%v", err)
	}
	await(t, w.Done(), "the end")
	seen := map[string]bool{}
	for len(w.dropped) > 0 {
		d := <-w.dropped
		seen[fmt.Sprint(d.Method, string(d.Params))] = true
	}
	if !seen["n[1]"] || !seen["n[2]"] {
		t.Errorf("dropped %v", seen)
	}
}

func TestClientOptionsAreChecked(t *testing.T) {
	for name, options := range map[string]client.ClientOptions{
		"Backoff.Min":      {Backoff: client.Backoff{Min: -1}},
		"Backoff.Max":      {Backoff: client.Backoff{Min: 2, Max: 1}},
		"Queue.Messages":   {Queue: client.Queue{Messages: -1}},
		"Queue.Bytes":      {Queue: client.Queue{Bytes: -1}},
		"Queue.Policy":     {Queue: client.Queue{Policy: 3}},
		"MaxIncoming":      {MaxIncoming: -1},
		"MaxIncomingBytes": {MaxIncomingBytes: -1},
		"PingInterval":     {PingInterval: -1},
		"PongTimeout":      {PongTimeout: -1},
		"CloseTimeout":     {Dial: client.Options{CloseTimeout: -1}},
		"TokenIn":          {Dial: client.Options{TokenIn: 4}},
	} {
		if _, err := client.New("ws://localhost", options); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
