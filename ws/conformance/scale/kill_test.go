package scale_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/ws/conformance/rawframe"
)

// kills are the ways in which clients leave.
var kills = []func(*connection) error{
	func(c *connection) error { c.reset(); return nil },
	func(c *connection) error { return c.Close() },
	sayGoodbye,
	func(c *connection) error { // in the middle of a frame
		defer c.reset()
		return c.send(rawframe.Frame{Opcode: rawframe.Text, Announce: 1000, Payload: "half"})
	},
	func(c *connection) error { // between fragments
		defer c.Close()
		return c.send(rawframe.Frame{Opcode: rawframe.Binary, More: true, Payload: "part"})
	},
	func(c *connection) error { // with the answer on its way
		defer c.reset()
		return c.send(rawframe.Frame{Opcode: rawframe.Text, Payload: "unread"})
	},
	func(c *connection) error { // after breaking the protocol
		defer c.Close()
		return c.send(rawframe.Frame{Opcode: 3})
	},
}

// sayGoodbye makes the closing handshake.
func sayGoodbye(c *connection) error {
	defer c.Close()
	if err := c.send(rawframe.Frame{Opcode: rawframe.Close, Payload: rawframe.CloseBody(1000, "")}); err != nil {
		return err
	}
	for {
		f, err := rawframe.Read(c.in)
		if err != nil {
			return fmt.Errorf("no close frame: %w", err)
		}
		if f.Opcode == rawframe.Close {
			return nil
		}
	}
}

// TestKilledConnectionsLeaveNothing connects and kills in waves, while messages
// are sent to whoever is there.
func TestKilledConnectionsLeaveNothing(t *testing.T) {
	h := serve(t, ws.Config{})
	h.killWave(t) // fills pools
	goroutines, heap := measure()
	for range connections / wave {
		h.killWave(t)
	}
	await(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= goroutines })
	const slack = 1 << 20 // for caches; a session alone takes more than 1 KiB
	if _, after := measure(); after > heap+slack {
		t.Errorf("the heap grew from %d to %d bytes", heap, after)
	}
	if opened, closed := h.opened.Load(), h.closed.Load(); opened != closed || opened < connections {
		t.Errorf("%d sessions opened, %d closed", opened, closed)
	}
}

// killWave opens connections, all at once, and kills each in its way. Some of
// them do not wait for the answer to the handshake.
func (h *host) killWave(t *testing.T) {
	t.Helper()
	before := h.opened.Load()
	waiting := make([]*connection, wave)
	err := spread(wave, func(i int) (err error) {
		waiting[i], err = connect(h.addr)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	await(t, "the sessions", func() bool { return h.opened.Load() == before+wave })
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() { stopped <- h.broadcastUntil(stop) }()
	if err = spread(wave, func(i int) error { return kills[i%len(kills)](waiting[i]) }); err != nil {
		t.Error(err)
	}
	close(stop)
	if err = <-stopped; err != nil {
		t.Error(err)
	}
	await(t, "the sessions to end", func() bool { return h.hub.Len() == 0 && h.closed.Load() == h.opened.Load() })
}

func (h *host) broadcastUntil(stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		if _, err := h.hub.All().Send(ws.TextMessage("to all")); err != nil {
			return err
		}
		runtime.Gosched()
	}
}

// measure returns what is in use after collecting what is not.
func measure() (goroutines int, heap uint64) {
	runtime.GC()
	runtime.GC() // pools give theirs up at the second
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return runtime.NumGoroutine(), stats.HeapAlloc
}
