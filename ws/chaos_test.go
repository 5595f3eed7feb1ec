package ws_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/ws"
)

// chaosVariable names how long the chaos goes on in the long form, as in "2m".
const chaosVariable = "GFWS_CHAOS"

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
		return extent{clients: 200, rooms: 12, duration: 2 * time.Second}
	}
	duration, err := time.ParseDuration(asked)
	if err != nil {
		t.Fatalf("%s: %v", chaosVariable, err)
	}
	return extent{clients: 3000, rooms: 150, duration: duration}
}

// TestChaos has sessions that join, leave, talk, change hands, stall, vanish and
// connect again, all at once. Afterwards nothing is left, and what was said in a
// room reached exactly those who were in it, in each sender's order.
//
// In each room a witness listens from the beginning to the end. Whoever was in
// the room for a while must have got an unbroken piece of what the witness got,
// with all that it said itself meanwhile, and nothing after it had left.
func TestChaos(t *testing.T) {
	e := chaosExtent(t)
	c := &chaos{t: t, rooms: make([]string, e.rooms), witnesses: make(map[string]*witness)}
	c.serve()
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
	stays := c.checkStays()
	t.Logf("%d clients, %d connections, %d stays in rooms, %d heard to their end, %d messages said",
		e.clients, c.connections.Load(), len(c.stays), stays, c.said.Load())
	if stays == 0 {
		t.Error("no stay was heard to its end")
	}
}

// serve starts the server.
func (c *chaos) serve() {
	c.t.Helper()
	c.hub = newHub(c.t, ws.Config{
		QueueMessages: ws.Unlimited,
		PingInterval:  ws.Off, // a machine that is busy is no peer that is gone
		OnPresence:    c.told.hear,
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := c.hub.Serve(context.Background(), w, r, ws.Opening{}, ws.HandlerFuncs{Message: c.obey})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	c.t.Cleanup(server.Close)
	c.url = "ws" + strings.TrimPrefix(server.URL, "http")
}

// run lets the clients loose and waits until all are done.
func (c *chaos) run(e extent) {
	end := time.Now().Add(e.duration)
	var clients sync.WaitGroup
	for i := range e.clients {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), uint64(e.clients)))
			for time.Now().Before(end) {
				c.live(random)
			}
		})
	}
	clients.Wait()
	// What a client that vanished has said last may still be on its way.
	untilWithin(c.t, chaosPatience, "end of the clients' sessions", func() bool { return c.hub.Len() == e.rooms })
	c.racing.Wait()
}

// obey does on the server what a client says: "join room", "leave room",
// "say room text", "user name", "flood", and "race room", which joins and leaves
// beside whatever ends the session.
func (c *chaos) obey(_ context.Context, s *ws.Session, m ws.Message) error {
	command, rest, _ := strings.Cut(string(m.Data), " ")
	switch command {
	case "join":
		if err := s.Join(rest); err != nil {
			return err
		}
		return s.Send(ws.TextMessage("joined " + rest))
	case "leave":
		s.Leave(rest)
		return s.Send(ws.TextMessage("left " + rest))
	case "say":
		room, _, _ := strings.Cut(rest, " ")
		c.said.Add(1)
		_, err := c.hub.Room(room).Send(ws.TextMessage("said " + rest))
		return err
	case "user":
		s.SetIdentity(ws.Identity{User: rest})
		_, err := c.hub.User(rest).Except(s).Send(ws.TextMessage("hello"))
		return err
	case "flood":
		for s.Send(ws.BinaryMessage(make([]byte, 64<<10))) == nil {
		}
		return nil
	case "race":
		c.racing.Go(func() { race(s, rest) })
		return nil
	}
	return s.Send(m)
}

// race joins and leaves while the session may end, and joins once more when it
// has.
func race(s *ws.Session, room string) {
	for range 20 {
		_ = s.Join(room)
		s.Leave(room)
	}
	_ = s.Join(room)
	<-s.Context().Done()
	_ = s.Join(room)
}

// checkNothingIsLeft waits until all sessions have ended and looks for traces.
// goleak looks for goroutines.
func (c *chaos) checkNothingIsLeft() {
	c.t.Helper()
	untilWithin(c.t, chaosPatience, "end of all sessions", func() bool { return c.hub.Stats() == ws.Stats{} })
	if rooms, users := c.hub.ListRooms(), c.hub.ListUsers(); len(rooms)+len(users) > 0 {
		c.t.Errorf("left are the rooms %v and the users %v", rooms, users)
	}
	if n := c.told.left(); n > 0 {
		c.t.Errorf("%d sessions that joined were not told to have left", n)
	}
	for _, wrong := range c.told.mistakes() {
		c.t.Errorf("presence cannot be: %s", wrong)
	}
}
