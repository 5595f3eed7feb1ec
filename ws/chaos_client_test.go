package ws_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// chaos is what the clients of TestChaos share.
type chaos struct {
	t         *testing.T
	hub       *ws.Hub
	url       string
	rooms     []string
	witnesses map[string]*witness
	told      attendance
	racing    sync.WaitGroup

	connections, said atomic.Int64

	mu    sync.Mutex
	stays []*stay
}

// stay is a time in a room, as its client has seen it.
type stay struct {
	room  string
	said  []string // by the client itself
	heard []string
	left  bool // the client has left and knows
	late  []string
}

// chaosClient is one connection of a client.
type chaosClient struct {
	chaos  *chaos
	name   string
	conn   *websocket.Conn
	random *rand.Rand
	turn   int              // counts what it says
	stays  map[string]*stay // by room, the last one
	racing string           // the room that it joins and leaves without looking
}

// chaosPatience bounds what must happen in the chaos; it is long, since a slow
// machine has thousands of goroutines to run.
const chaosPatience = 60 * time.Second

// live is the life of one connection.
func (c *chaos) live(random *rand.Rand) {
	conn, err := c.dial()
	if err != nil {
		c.t.Errorf("dial: %v", err)
		return
	}
	defer conn.Close()
	client := &chaosClient{
		chaos: c, conn: conn, random: random,
		name:  fmt.Sprintf("c%d", c.connections.Add(1)),
		stays: make(map[string]*stay),
	}
	for range 1 + random.IntN(4) {
		if !client.visit() {
			return
		}
	}
	client.end()
}

func (c *chaos) dial() (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: chaosPatience}
	conn, response, err := dialer.Dial(c.url, nil)
	if err != nil {
		return nil, err
	}
	return conn, response.Body.Close()
}

// visit stays in some rooms for a while. It returns false when the connection
// is over.
func (c *chaosClient) visit() bool {
	if c.random.IntN(3) == 0 {
		c.send(fmt.Sprintf("user u%d", c.random.IntN(20)))
	}
	rooms := c.pick(1 + c.random.IntN(3))
	for _, room := range rooms {
		c.begin(room)
		if !c.ask("join "+room, "joined "+room) {
			return false
		}
	}
	for range 1 + c.random.IntN(6) {
		c.say(rooms[c.random.IntN(len(rooms))])
	}
	if c.random.IntN(10) == 0 {
		return false // vanishes from its rooms
	}
	for _, room := range rooms {
		if !c.ask("leave "+room, "left "+room) {
			return false
		}
		c.stays[room].left = true
	}
	// Whatever was said to a room after it was left comes before the answer.
	for _, room := range rooms {
		c.send("say " + room + " " + c.text())
	}
	return c.ask("ping", "ping")
}

// end ends the connection in one of several ways.
func (c *chaosClient) end() {
	switch n := c.random.IntN(12); {
	case n == 0: // stalls until the server has had enough of it
		c.send("flood")
		c.drain()
	case n < 4: // vanishes while it joins
		c.race()
	case n < 7: // says goodbye while it joins
		c.race()
		c.goodbye()
	default:
		c.goodbye()
	}
}

func (c *chaosClient) race() {
	c.racing = c.pick(1)[0]
	c.send("race " + c.racing)
}

func (c *chaosClient) goodbye() {
	_ = c.conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
	c.drain()
}

// pick returns n rooms.
func (c *chaosClient) pick(n int) []string {
	rooms := slices.Clone(c.chaos.rooms)
	c.random.Shuffle(len(rooms), func(i, j int) { rooms[i], rooms[j] = rooms[j], rooms[i] })
	return rooms[:n]
}

// begin notes that from now on the client may hear the room.
func (c *chaosClient) begin(room string) {
	s := &stay{room: room}
	c.stays[room] = s
	c.chaos.mu.Lock()
	defer c.chaos.mu.Unlock()
	c.chaos.stays = append(c.chaos.stays, s)
}

func (c *chaosClient) text() string {
	c.turn++
	return fmt.Sprintf("%s %d", c.name, c.turn)
}

// say says something that everyone in the room must hear, this client included.
func (c *chaosClient) say(room string) {
	text := c.text()
	c.stays[room].said = append(c.stays[room].said, text)
	c.send("say " + room + " " + text)
}

// send may fail: the server closes whom it will.
func (c *chaosClient) send(command string) {
	_ = c.conn.WriteMessage(websocket.TextMessage, []byte(command))
}

// ask sends a command and takes what comes until its answer. It returns false
// when the connection is over.
func (c *chaosClient) ask(command, answer string) bool {
	_ = c.conn.SetReadDeadline(time.Now().Add(chaosPatience))
	c.send(command)
	for {
		_, data, err := c.conn.ReadMessage()
		if err != nil {
			c.chaos.t.Errorf("%s: no answer to %q: %v", c.name, command, err)
			return false
		}
		if string(data) == answer {
			return true
		}
		c.hear(string(data))
	}
}

// drain takes what comes until the connection is over.
func (c *chaosClient) drain() {
	_ = c.conn.SetReadDeadline(time.Now().Add(chaosPatience))
	for {
		_, data, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.hear(string(data))
	}
}

// hear notes what was said in a room.
func (c *chaosClient) hear(message string) {
	room, text, ok := saidIn(message)
	if !ok || room == c.racing {
		return
	}
	s := c.stays[room]
	switch {
	case s == nil:
		c.chaos.t.Errorf("%s: heard %q and was never in the room", c.name, message)
	case s.left:
		s.late = append(s.late, text)
	default:
		s.heard = append(s.heard, text)
	}
}

// saidIn takes "said room text" apart.
func saidIn(message string) (room, text string, ok bool) {
	message, ok = strings.CutPrefix(message, "said ")
	if !ok {
		return "", "", false
	}
	room, text, ok = strings.Cut(message, " ")
	return room, text, ok
}
