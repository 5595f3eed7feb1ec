package guard

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

const (
	// chunk is how long the texts are that fill a queue: few of them fill one that
	// holds few, and the kernel's buffers before it.
	chunk = 16 << 10
	// mostChunks is how many no queue of these tests takes, even with the kernel.
	mostChunks = 2000
	// waiting has the server be patient with a peer that does not read.
	waiting = "timeout: {write: 10m, close: 500ms}\n  heartbeat: {interval: off}\n  "
)

// enterWhole is enter for a peer that everybody knows of already.
func enterWhole(t *testing.T, s *server.Server) *peer {
	t.Helper()
	p := enter(t, s, "/ws")
	p.say("hello")
	p.hear("hello")
	return p
}

// numbered is the text with a number that is as long as a chunk.
func numbered(n int) string { return fmt.Sprintf("%06d", n) + strings.Repeat("x", chunk-6) }

// fill sends numbered texts to all, of which honest reads each, until full is
// true of how many sessions one was queued for, and returns how many there were.
func fill(o *operator, honest *peer, full func(queued int) bool) int {
	o.t.Helper()
	for n := range mostChunks {
		queued := o.sendAll(numbered(n))
		honest.hear(numbered(n)[:6])
		if full(queued) {
			return n + 1
		}
	}
	o.t.Fatalf("%d texts of %d bytes fill no queue", mostChunks, chunk)
	return 0
}

// TestSlowPeerIsClosed bounds a queue by messages, and by bytes. The other limit is
// off, so that it cannot be its default that bites.
func TestSlowPeerIsClosed(t *testing.T) {
	for name, bound := range map[string]string{
		"by messages": "maxMessages: 4, maxSize: unlimited",
		"by bytes":    "maxMessages: unlimited, maxSize: 64KiB",
	} {
		t.Run(name, func(t *testing.T) {
			o := newOperator(t)
			s := configured(t, waiting+"queue: {%s}\n  push: {token: %q}", bound, o.token)
			slow, honest := enterWhole(t, s), enterWhole(t, s)
			fill(o.at(s), honest, func(queued int) bool { return queued == 1 })
			wantLogged(t, s, "action=closed reason=slow code=1013")
			honest.say("still here")
			honest.hear("still here")
			_ = slow.Close()
		})
	}
}

// TestFullQueueDrops reads late what is left of many texts.
func TestFullQueueDrops(t *testing.T) {
	for policy, judge := range map[string]func(got []string, sent int) bool{
		"drop-oldest": func(got []string, sent int) bool {
			return got[0] == numbered(0)[:6] && got[len(got)-1] == numbered(sent - 1)[:6]
		},
		"drop-newest": func(got []string, _ int) bool { return got[len(got)-1] == numbered(len(got) - 1)[:6] },
	} {
		t.Run(policy, func(t *testing.T) {
			o := newOperator(t)
			s := configured(t, waiting+"queue: {maxMessages: 4, maxSize: unlimited, full: %s}\n  push: {token: %q}", policy, o.token)
			slow, honest := enterWhole(t, s), enterWhole(t, s)
			sent := fill(o.at(s), honest, func(int) bool { return o.figures().Dropped > 20 })
			got := slow.readUntilPong()
			if missing := sent - len(got); missing < 1 || uint64(missing) != o.figures().Dropped {
				t.Errorf("%d of %d are missing, and %d were dropped", missing, sent, o.figures().Dropped)
			}
			if !judge(got, sent) {
				t.Errorf("of %d got %q", sent, got)
			}
			o.sendAll("and then")
			slow.hear("and then")
		})
	}
}

// readUntilPong returns the numbers of the texts that have waited.
func (p *peer) readUntilPong() []string {
	p.t.Helper()
	if err := p.Send(wire.Frame{Opcode: wire.Ping, Payload: []byte("the end")}); err != nil {
		p.t.Fatal(err)
	}
	var numbers []string
	for {
		got, err := p.Receive()
		if err != nil {
			p.t.Fatalf("after %d texts: %v", len(numbers), err)
		}
		if got.Opcode == wire.Pong {
			return numbers
		}
		numbers = append(numbers, string(got.Payload[:6]))
	}
}

// TestUnboundedQueue keeps what no bounded queue would by default.
func TestUnboundedQueue(t *testing.T) {
	const texts = 2000 // 32 MiB, and more than 1024 of them beside the kernel's
	o := newOperator(t)
	s := configured(t, waiting+"queue: {maxMessages: unlimited, maxSize: unlimited}\n  push: {token: %q}", o.token)
	slow := enterWhole(t, s)
	o.at(s)
	for n := range texts {
		if o.sendAll(numbered(n)) != 1 {
			t.Fatalf("text %d was not queued", n)
		}
	}
	for n := range texts {
		slow.hear(numbered(n)[:6])
	}
}
