package chaos_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// client is one connection of a client.
type client struct {
	chaos  *chaos
	name   string
	conn   *websocket.Conn
	random *rand.Rand
	calls  calls
	turn   int              // counts what it says
	stays  map[string]*stay // by room, the last one
	racing string           // the room that it joins and leaves without looking
}

// stay is a time in a room, as its client has seen it.
type stay struct {
	room  string
	said  []string // by the client itself
	heard []string
	left  bool // the client has left and knows
	late  []string
}

// live is the life of one connection.
func (c *chaos) live(random *rand.Rand) {
	conn, err := c.dial()
	if err != nil {
		c.t.Errorf("dial: %v", err)
		return
	}
	defer conn.Close()
	client := &client{
		chaos: c, conn: conn, random: random,
		name:  fmt.Sprintf("c%d", c.counts.connections.Add(1)),
		calls: calls{waiting: make(map[int]kind)},
		stays: make(map[string]*stay),
	}
	defer client.lose()
	for range 1 + random.IntN(3) {
		if !client.visit() {
			return
		}
	}
	client.end()
}

func (c *chaos) dial() (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: patience}
	conn, response, err := dialer.Dial(c.server.url, nil)
	if err != nil {
		return nil, err
	}
	return conn, response.Body.Close()
}

// visit stays in some rooms for a while, and calls meanwhile. It returns false
// when the connection is over.
func (c *client) visit() bool {
	if c.random.IntN(3) == 0 {
		c.notify("user", map[string]string{"name": fmt.Sprintf("u%d", c.random.IntN(20))})
	}
	rooms := c.pick(1 + c.random.IntN(3))
	for _, room := range rooms {
		c.begin(room)
		c.call(join, inRoom{room})
	}
	if !c.settle() {
		return false
	}
	for range 1 + c.random.IntN(6) {
		c.say(rooms[c.random.IntN(len(rooms))])
		c.burst()
	}
	if c.random.IntN(10) == 0 {
		return false // vanishes from its rooms, and from its calls
	}
	if !c.settle() {
		return false
	}
	for _, room := range rooms {
		c.call(leave, inRoom{room})
		if !c.settle() {
			return false
		}
		c.stays[room].left = true
	}
	// Whatever was said to a room after it was left comes before the answer.
	for _, room := range rooms {
		c.notify("say", saying{room, c.text()})
	}
	c.call(ping, nil)
	return c.settle()
}

// end ends the connection in one of several ways.
func (c *client) end() {
	switch n := c.random.IntN(12); {
	case n == 0:
		c.stall()
	case n < 4: // vanishes while it joins and calls
		c.race()
		c.burst()
	case n < 7: // says goodbye while it joins and calls
		c.race()
		c.burst()
		c.goodbye()
	default:
		c.goodbye()
	}
}

// stall reads nothing until the server has had enough of it, and then what is
// still on its way.
func (c *client) stall() {
	full := make(chan struct{})
	c.chaos.server.stalls.Store(c.name, full)
	c.call(flood, map[string]string{"name": c.name})
	select {
	case <-full:
		c.chaos.counts.stalled.Add(1)
	case <-time.After(patience):
		c.chaos.t.Errorf("%s: the server goes on sending", c.name)
	}
	c.drain()
}

func (c *client) race() {
	c.racing = c.pick(1)[0]
	c.notify("race", inRoom{c.racing})
}

func (c *client) goodbye() {
	_ = c.conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
	c.drain()
}

// drain takes what comes until the connection is over.
func (c *client) drain() {
	for c.receive() == nil {
	}
}

// pick returns n rooms.
func (c *client) pick(n int) []string {
	rooms := slices.Clone(c.chaos.rooms)
	c.random.Shuffle(len(rooms), func(i, j int) { rooms[i], rooms[j] = rooms[j], rooms[i] })
	return rooms[:n]
}

// begin notes that from now on the client may hear the room.
func (c *client) begin(room string) {
	s := &stay{room: room}
	c.stays[room] = s
	c.chaos.mu.Lock()
	defer c.chaos.mu.Unlock()
	c.chaos.stays = append(c.chaos.stays, s)
}

func (c *client) text() string {
	c.turn++
	return fmt.Sprintf("%s %d", c.name, c.turn)
}

// say says something that everyone in the room must hear, this client included,
// as a call or as a notification.
func (c *client) say(room string) {
	said := saying{room, c.text()}
	c.stays[room].said = append(c.stays[room].said, said.Text)
	if c.random.IntN(2) == 0 {
		c.notify("say", said)
		return
	}
	c.call(say, said)
}

// hear notes what was said in a room.
func (c *client) hear(said saying) {
	if said.Room == c.racing {
		return
	}
	s := c.stays[said.Room]
	switch {
	case s == nil:
		c.chaos.t.Errorf("%s: heard %v and was never in the room", c.name, said)
	case s.left:
		s.late = append(s.late, said.Text)
	default:
		s.heard = append(s.heard, said.Text)
	}
}
