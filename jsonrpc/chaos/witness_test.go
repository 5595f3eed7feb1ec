package chaos_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/jsonrpc"
)

// lastWord is what is said last in every room.
const lastWord = "end 1"

// witness is in a room from the beginning to the end.
type witness struct {
	chaos *chaos
	room  string
	conn  *websocket.Conn
	heard []string
	err   error
}

func (c *chaos) newWitness(room string) *witness {
	c.t.Helper()
	conn, err := c.dial()
	if err != nil {
		c.t.Fatal(err)
	}
	w := &witness{chaos: c, room: room, conn: conn}
	request := fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":"join","params":{"room":%q}}`, "witness", room)
	if err = conn.WriteMessage(websocket.TextMessage, []byte(request)); err != nil {
		c.t.Fatal(err)
	}
	if _, data, err := conn.ReadMessage(); err != nil || !strings.Contains(string(data), `"result":true`) {
		c.t.Fatalf("the witness of %s got %s, %v", room, data, err)
	}
	return w
}

// listen notes what is said until the last word.
func (w *witness) listen() {
	for {
		_, data, err := w.conn.ReadMessage()
		if err != nil {
			w.err = err
			return
		}
		var m struct{ Params saying }
		if err = json.Unmarshal(data, &m); err != nil {
			w.err = err
			return
		}
		if m.Params.Text == lastWord {
			return
		}
		w.heard = append(w.heard, m.Params.Text)
	}
}

// dismiss says the last word in every room, and lets the witnesses go.
func (c *chaos) dismiss(listening *sync.WaitGroup) {
	c.t.Helper()
	for room, w := range c.witnesses {
		_ = w.conn.SetReadDeadline(time.Now().Add(patience))
		m, err := jsonrpc.Encode("said", saying{Room: room, Text: lastWord})
		if err == nil {
			_, err = c.server.hub.Room(room).Send(m)
		}
		if err != nil {
			c.t.Error(err)
		}
	}
	listening.Wait()
	for room, w := range c.witnesses {
		if w.err != nil {
			c.t.Errorf("the witness of %s: %v", room, w.err)
		}
		_ = w.conn.Close()
	}
}

// checkWitnesses holds that each sender's messages came in its order, and all
// of all rooms were heard.
func (c *chaos) checkWitnesses() {
	c.t.Helper()
	total := 0
	for room, w := range c.witnesses {
		total += len(w.heard)
		last := make(map[string]int)
		for _, text := range w.heard {
			name, turn := "", 0
			if _, err := fmt.Sscanf(text, "%s %d", &name, &turn); err != nil || turn <= last[name] {
				c.t.Errorf("%s: %q came after turn %d", room, text, last[name])
			}
			last[name] = turn
		}
	}
	if said := int(c.server.said.Load()); total != said {
		c.t.Errorf("%d messages were said, the witnesses heard %d", said, total)
	}
}

// checkStays compares each stay with what the witness heard, and returns how
// many went to their end.
func (c *chaos) checkStays() int {
	c.t.Helper()
	order := make(map[string]map[string]int) // by room and message
	for room, w := range c.witnesses {
		order[room] = make(map[string]int, len(w.heard))
		for i, text := range w.heard {
			order[room][text] = i
		}
	}
	whole := 0
	for _, s := range c.stays {
		if wrong := s.check(order[s.room]); wrong != "" {
			c.t.Errorf("a stay in %s: %s", s.room, wrong)
		}
		if s.left {
			whole++
		}
	}
	return whole
}

// check returns what is wrong with what was heard, order being where each
// message stands among all of the room.
func (s *stay) check(order map[string]int) string {
	if len(s.late) > 0 {
		return fmt.Sprintf("heard %q after it had left", s.late)
	}
	for i, text := range s.heard {
		at, said := order[text]
		if !said {
			return fmt.Sprintf("heard %q, which the witness did not", text)
		}
		if i > 0 && at != order[s.heard[i-1]]+1 {
			return fmt.Sprintf("heard %q after %q, not one after the other", text, s.heard[i-1])
		}
	}
	if !s.left {
		return "" // it was cut off: what it has heard is a beginning
	}
	own := slices.DeleteFunc(slices.Clone(s.heard), func(text string) bool {
		return len(s.said) == 0 || !strings.HasPrefix(text, nameOf(s.said[0])+" ")
	})
	if !slices.Equal(own, s.said) {
		return fmt.Sprintf("said %q and heard of it %q", s.said, own)
	}
	return ""
}

func nameOf(text string) string {
	name, _, _ := strings.Cut(text, " ")
	return name
}
