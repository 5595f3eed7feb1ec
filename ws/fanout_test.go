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

// TestFanoutAllocations sends to 10,000 sessions in memory.
func TestFanoutAllocations(t *testing.T) {
	const receivers, size = 10000, 128
	hub := newHub(t, ws.Config{})
	peers := make([]*sink, receivers)
	for i := range peers {
		_, peers[i] = enter(t, hub, "")
	}
	message := ws.BinaryMessage(make([]byte, size))
	sent := int64(0)
	send := func() {
		if queued, err := hub.All().Send(message); err != nil || queued != receivers {
			t.Errorf("queued for %d, %v, want %d", queued, err, receivers)
		}
		sent += size + 4 // 126 and two bytes of length
		for _, peer := range peers {
			for peer.took.Load() < sent {
				runtime.Gosched()
			}
		}
	}
	for range 3 {
		send() // goroutines and buffers to be used again
	}
	expectFewAllocations(t, send)
}

func expectFewAllocations(t *testing.T, send func()) {
	t.Helper()
	n := testing.AllocsPerRun(10, send)
	t.Logf("%.1f allocations", n)
	if n > mostAllocations {
		t.Errorf("%.0f allocations, want at most %d", n, mostAllocations)
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
	expectFewAllocations(t, send)
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
