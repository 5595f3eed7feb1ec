package gfws_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/gfws"
)

// TestRefusedPagesLeaveNothing refuses many pages over few connections, and holds
// that there is no goroutine, no place and no memory of theirs afterwards. Ten
// thousand sessions would be as many goroutines, and 50 MB.
func TestRefusedPagesLeaveNothing(t *testing.T) {
	const (
		clients = 4
		most    = 512 << 10 // bytes: some 50 of a page
		spare   = 50        // goroutines of the runtime and the server
	)
	const refusals = 10_000
	plugin := gfws.New()
	h := startHost(t, plugin)
	conns := make([]*refusedPage, clients)
	for i := range conns {
		conns[i] = h.refusedPage()
		conns[i].ask(t, 100) // what grows once has grown
	}
	goroutines, heap := footprint()
	var busy sync.WaitGroup
	for _, c := range conns {
		busy.Go(func() { c.ask(t, refusals/clients) })
	}
	busy.Wait()
	if stats := plugin.Stats(); stats.Sessions != 0 || stats.Connections != 0 || stats.Refused["origin"] != uint64(refusals+100*clients) {
		t.Errorf("after %d refusals: %+v", refusals, stats)
	}
	waitFor(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= goroutines+spare })
	if _, now := footprint(); now > heap+most {
		t.Errorf("%d bytes are kept, %d of each refused page", now-heap, (now-heap)/uint64(refusals))
	}
}

// footprint returns how many goroutines there are, and how many bytes are in use.
func footprint() (goroutines int, heap uint64) {
	runtime.GC()
	runtime.GC() // what a pool has kept goes with the second
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return runtime.NumGoroutine(), stats.HeapAlloc
}

// refusedPage is a page of somebody else's, on a connection that is kept.
type refusedPage struct {
	net.Conn
	reader *bufio.Reader
	text   string // of its handshake
}

func (h *host) refusedPage() *refusedPage {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = conn.Close() })
	return &refusedPage{conn, bufio.NewReader(conn), strings.Join([]string{
		"GET /ws HTTP/1.1", "Host: " + h.addr, "Origin: https://evil.example", "Connection: Upgrade", "Upgrade: websocket",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "",
	}, "\r\n")}
}

// ask makes a handshake n times.
func (p *refusedPage) ask(t *testing.T, n int) {
	for range n {
		_ = p.SetDeadline(time.Now().Add(patience))
		if _, err := io.WriteString(p.Conn, p.text); err != nil {
			t.Error(err)
			return
		}
		response, err := http.ReadResponse(p.reader, nil)
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if response.StatusCode != http.StatusForbidden {
			t.Errorf("answered with %s", response.Status)
			return
		}
	}
}
