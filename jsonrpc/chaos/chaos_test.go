package chaos_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// chaosVariable names how long the chaos goes on in the long form, as in "2m".
const chaosVariable = "GFWS_CHAOS"

// patience bounds what must happen; it is long, since a slow machine has
// thousands of goroutines to run.
const patience = 3 * time.Minute

// extent is how much chaos there is.
type extent struct {
	clients, rooms int
	duration       time.Duration
}

// chaosExtent returns the short form, or the long one that is asked for.
func chaosExtent(t *testing.T) extent {
	t.Helper()
	asked := os.Getenv(chaosVariable)
	if asked == "" {
		return extent{clients: 100, rooms: 12, duration: time.Second}
	}
	duration, err := time.ParseDuration(asked)
	if err != nil {
		t.Fatalf("%s: %v", chaosVariable, err)
	}
	return extent{clients: 3000, rooms: 300, duration: duration}
}

// chaos is what all of it share.
type chaos struct {
	t         *testing.T
	server    *server
	rooms     []string
	witnesses map[string]*witness
	counts    counts

	mu    sync.Mutex
	stays []*stay
}

// counts tells how much there was of each.
type counts struct {
	connections, made, answered, lost, cancelled, late, batches, asked, stalled atomic.Int64
}

// TestChaos has sessions that join, leave, say, call, are called, cancel, change
// hands, stall, vanish and connect again, all at once. Afterwards nothing is
// left, and what was said in a room reached exactly those who were in it, in
// each sender's order.
//
// In each room a witness listens from the beginning to the end. Whoever was in
// the room for a while must have got an unbroken piece of what the witness got,
// with all that it said itself meanwhile, and nothing after it had left. Each
// call is answered once, with what it must be answered with, unless its
// connection is gone; a notification is never answered.
func TestChaos(t *testing.T) {
	e := chaosExtent(t)
	c := &chaos{t: t, server: startServer(t), rooms: make([]string, e.rooms), witnesses: make(map[string]*witness)}
	var listening sync.WaitGroup
	for i := range c.rooms {
		room := fmt.Sprintf("room%d", i)
		c.rooms[i], c.witnesses[room] = room, c.newWitness(room)
		listening.Go(c.witnesses[room].listen)
	}
	c.run(e)
	c.dismiss(&listening)
	c.checkNothingIsLeft()
	c.checkWitnesses()
	c.checkCounts(c.checkStays(), e)
}

// run lets the clients loose and waits until all are done.
func (c *chaos) run(e extent) {
	end := time.Now().Add(e.duration)
	var clients sync.WaitGroup
	for i := range e.clients {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), uint64(e.clients)))
			c.live(random)
			for time.Now().Before(end) {
				c.live(random)
			}
		})
	}
	clients.Wait()
	// What a client that vanished has said last may still be on its way.
	c.until("end of the clients' sessions", func() bool { return c.server.hub.Len() == e.rooms })
	c.server.hush()
}

// until waits until holds is true.
func (c *chaos) until(what string, holds func() bool) {
	c.t.Helper()
	deadline := time.After(patience)
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-deadline:
			c.t.Fatalf("no %s within %s", what, patience)
		case <-ticker.C:
		}
	}
}

// checkNothingIsLeft waits until all sessions and calls have ended and looks for
// traces. goleak looks for goroutines.
func (c *chaos) checkNothingIsLeft() {
	c.t.Helper()
	s := c.server
	c.until("end of all sessions", func() bool { return s.hub.Stats() == ws.Stats{} })
	c.until("end of all calls", func() bool { return s.running.Load() == 0 })
	if rooms, users := s.hub.ListRooms(), s.hub.ListUsers(); len(rooms)+len(users) > 0 {
		c.t.Errorf("left are the rooms %v and the users %v", rooms, users)
	}
	s.told.check(c.t)
}

// checkCounts makes sure that all of it has happened.
func (c *chaos) checkCounts(stays int, e extent) {
	c.t.Helper()
	n := &c.counts
	made, answered, lost := n.made.Load(), n.answered.Load(), n.lost.Load()
	if made != answered+lost {
		c.t.Errorf("%d calls were made, %d answered, and %d lost with their connections", made, answered, lost)
	}
	c.t.Logf("%d clients, %d connections, %d of them stalled; %d stays in %d rooms, %d heard to their end, %d messages said",
		e.clients, n.connections.Load(), n.stalled.Load(), len(c.stays), e.rooms, stays, c.server.said.Load())
	c.t.Logf("%d calls made, %d answered, %d lost with their connections; of those answered %d were cancelled, "+
		"%d too late, %d called the client back; %d batches", made, answered, lost, n.cancelled.Load(), n.late.Load(), n.asked.Load(), n.batches.Load())
	for what, count := range map[string]int64{
		"stay to its end": int64(stays), "call answered": answered, "call cancelled": n.cancelled.Load(),
		"call too late": n.late.Load(), "call of a client": n.asked.Load(), "batch": n.batches.Load(),
	} {
		if count == 0 {
			c.t.Errorf("there was no %s", what)
		}
	}
}
