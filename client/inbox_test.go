package client

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

func TestInboxBounds(t *testing.T) {
	tests := []struct {
		name       string
		count      int
		bytes      int64
		sizes      []int
		wantPlaces int
	}{
		{"count", 3, 1000, []int{1, 1, 1, 1}, 3},
		{"bytes", 10, 100, []int{40, 40, 40}, 2},
		{"bytes exactly", 10, 100, []int{50, 50, 1}, 2},
		{"one message over the bytes", 10, 100, []int{1000, 1}, 1},
		{"empty messages count", 2, 100, []int{0, 0, 0}, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newInbox(test.count, test.bytes)
			places := 0
			for _, size := range test.sizes {
				if !b.tryPut(ws.BinaryMessage(make([]byte, size))) {
					break
				}
				places++
			}
			if places != test.wantPlaces {
				t.Fatalf("%d messages fit, want %d", places, test.wantPlaces)
			}
			for range places {
				if _, err := b.take(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if !b.tryPut(ws.BinaryMessage(nil)) || b.bytes != 0 {
				t.Errorf("no room after all was taken: %d bytes", b.bytes)
			}
		})
	}
}

// A put that waits for room goes on after a take, and after refuse.
func TestInboxPutWaits(t *testing.T) {
	for name, free := range map[string]func(*inbox){
		"take":   func(b *inbox) { _, _ = b.take(t.Context()) },
		"refuse": func(b *inbox) { b.refuse() },
	} {
		t.Run(name, func(t *testing.T) {
			b := newInbox(1, 100)
			b.put(ws.TextMessage("first"))
			done := make(chan struct{})
			go func() {
				b.put(ws.TextMessage("second"))
				close(done)
			}()
			select {
			case <-done:
				t.Fatal("put did not wait")
			case <-time.After(10 * time.Millisecond):
			}
			free(b)
			<-done
		})
	}
}

// Every waiting taker learns of the end, and what was put is taken first.
func TestInboxEnd(t *testing.T) {
	over := errors.New("over")
	b := newInbox(10, 100)
	if b.reason() != nil {
		t.Error("a reason before the end")
	}
	results := make(chan error, 5)
	for range 5 {
		go func() {
			_, err := b.take(t.Context())
			results <- err
		}()
	}
	b.put(ws.TextMessage("last"))
	b.end(over)
	ended := 0
	for range 5 {
		if errors.Is(<-results, over) {
			ended++
		}
	}
	if ended != 4 || !errors.Is(b.reason(), over) {
		t.Errorf("%d takers learnt of the end, want 4", ended)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.take(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("take with a context that is over: %v", err)
	}
}
