package ws_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/ws"
)

// mostAllocations is how many a message to 10,000 sessions may take in all.
const mostAllocations = 25

// TestFanoutAllocations sends to many sessions in memory, plain and compressed. To
// encode, frame or compress for each of them would take thousands.
func TestFanoutAllocations(t *testing.T) {
	for _, test := range []struct {
		name, offer     string
		config          ws.Config
		size, frame     int64
		receivers, most int
	}{
		{"plain", "", ws.Config{}, 128, 128 + 4, 10000, mostAllocations}, // 126 and two bytes of length
		// The race detector has pools lose a compressor now and then, and a new
		// one is twenty allocations.
		{"compressed", "permessage-deflate", compressing, 4096, 0, 2000, 4 * mostAllocations},
	} {
		t.Run(test.name, func(t *testing.T) {
			hub := newHub(t, test.config)
			peers := make([]*sink, test.receivers)
			for i := range peers {
				_, peers[i] = enterOffering(t, hub, "", test.offer)
			}
			message := ws.BinaryMessage(make([]byte, test.size))
			frame := test.frame
			if frame == 0 {
				frame = frameSize(t, hub, message, test.offer)
			}
			expectFewAllocations(t, test.most, fanout(t, hub, peers, message, frame))
		})
	}
}

// frameSize returns how many bytes a small compressed message has on the wire.
func frameSize(t *testing.T, hub *ws.Hub, m ws.Message, offer string) int64 {
	t.Helper()
	s, peer := enterOffering(t, hub, "", offer)
	if err := s.Send(m); err != nil {
		t.Fatal(err)
	}
	until(t, "message", func() bool { return peer.took.Load() > 0 })
	if peer.took.Load() > int64(len(m.Data))/2 {
		t.Fatal("the message is not compressed")
	}
	size := peer.took.Load()
	_ = peer.Close()
	until(t, "end of the session", func() bool { return s.Context().Err() != nil })
	return size
}

// fanout returns a function that sends to all and waits until they have it, once
// all goroutines and buffers are there that are used again.
func fanout(t *testing.T, hub *ws.Hub, peers []*sink, message ws.Message, frame int64) func() {
	t.Helper()
	sent := int64(0)
	send := func() {
		if queued, err := hub.All().Send(message); err != nil || queued != len(peers) {
			t.Errorf("queued for %d, %v, want %d", queued, err, len(peers))
		}
		sent += frame
		for _, peer := range peers {
			for peer.took.Load() < sent {
				runtime.Gosched()
			}
		}
	}
	for range 3 {
		send()
	}
	return send
}

// expectFewAllocations takes the least of several, as the collector and the race
// detector empty pools when they like.
func expectFewAllocations(t *testing.T, most int, send func()) {
	t.Helper()
	n := testing.AllocsPerRun(10, send)
	for tries := 1; n > float64(most) && tries < 5; tries++ {
		n = min(n, testing.AllocsPerRun(10, send))
	}
	t.Logf("%.1f allocations", n)
	if n > float64(most) {
		t.Errorf("%.0f allocations, want at most %d", n, most)
	}
}

// TestFanoutAllocationsOverTCP sends to sockets, which are written to without a
// goroutine each.
func TestFanoutAllocationsOverTCP(t *testing.T) {
	const receivers = 200
	hub, peers := subscribers(t, receivers)
	message := ws.BinaryMessage(make([]byte, 128))
	got := make([]byte, 128+4)
	send := func() {
		if queued, err := hub.All().Send(message); err != nil || queued != receivers {
			t.Errorf("queued for %d, %v, want %d", queued, err, receivers)
		}
		for _, peer := range peers {
			if _, err := io.ReadFull(peer, got); err != nil {
				t.Error(err)
			}
		}
	}
	send()
	expectFewAllocations(t, mostAllocations, send)
}

// BenchmarkFanout sends to 1,000 sockets and reads at their other ends; an
// operation is one delivery.
func BenchmarkFanout(b *testing.B) {
	const receivers = 1000
	for _, size := range []struct {
		name  string
		bytes int
	}{{"128B", 128}, {"4KiB", 4 << 10}} {
		b.Run(size.name, func(b *testing.B) {
			hub, peers := subscribers(b, receivers)
			message := ws.BinaryMessage(make([]byte, size.bytes))
			got := make([]byte, size.bytes+4)
			b.ReportAllocs()
			for n := 0; n < b.N; n += receivers {
				if _, err := hub.All().Send(message); err != nil {
					b.Fatal(err)
				}
				for _, peer := range peers {
					if _, err := io.ReadFull(peer, got); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// subscribers returns a hub with n sessions over TCP, and their peers.
func subscribers(t testing.TB, n int) (*ws.Hub, []net.Conn) {
	t.Helper()
	hub := newHub(t, ws.Config{PingInterval: ws.Off})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = hub.Serve(context.Background(), w, r, ws.Opening{}, ws.HandlerFuncs{})
	}))
	t.Cleanup(server.Close)
	peers := make([]net.Conn, n)
	for i := range peers {
		peers[i] = dialRaw(t, strings.TrimPrefix(server.URL, "http://"))
	}
	until(t, "open sessions", func() bool { return hub.Len() == n })
	return hub, peers
}
