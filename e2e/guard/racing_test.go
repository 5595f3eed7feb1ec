package guard

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

const (
	// racers is how many dial at once, and places how many of them may come in.
	racers = 300
	places = 7
)

// dialled is what came of one dial.
type dialled struct {
	status int
	conn   *wire.Conn
}

// race dials n times at once. lines are those of each handshake. Whoever was let
// in stays until the test ends, or leave.
func race(t *testing.T, s *server.Server, n int, lines func(i int) string) []dialled {
	t.Helper()
	target, err := url.Parse(s.WebSocketURL("/ws"))
	if err != nil {
		t.Fatal(err)
	}
	came := make([]dialled, n)
	start := make(chan struct{})
	var busy sync.WaitGroup
	for i := range came {
		busy.Go(func() {
			conn, err := dial(target)
			if err != nil {
				t.Errorf("dial %d: %v", i, err)
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			<-start
			response, err := conn.Request(wire.Handshake(target, lines(i)))
			if err != nil {
				t.Errorf("handshake %d: %v", i, err)
				return
			}
			came[i] = dialled{response.StatusCode, conn}
		})
	}
	close(start)
	busy.Wait()
	return came
}

// entered counts who was let in of those that belong to group, and fails unless
// all others got 429.
func entered(t *testing.T, came []dialled, belongs func(i int) bool) int {
	t.Helper()
	n := 0
	for i, d := range came {
		switch {
		case !belongs(i):
		case d.status == http.StatusSwitchingProtocols:
			n++
		case d.status != http.StatusTooManyRequests:
			t.Errorf("dial %d was answered with %d", i, d.status)
		}
	}
	return n
}

func all(int) bool { return true }

// leave ends those who were let in, and waits until the server has them no more.
func leave(t *testing.T, o *operator, came []dialled) {
	t.Helper()
	for _, d := range came {
		if d.conn != nil {
			_ = d.conn.Close()
		}
	}
	await(t, "everybody's leave", func() bool { return o.figures().Sessions == 0 })
}

// TestRacingDialsOfAUser lets in as many as may be, exactly, and as many again
// once those have left.
func TestRacingDialsOfAUser(t *testing.T) {
	key, o := newKey(t), newOperator(t)
	s := binary(t, "connections: {user: %d}\n  auth: {methods: [bearer], jwt: %s}\n  push: {token: %q}", places, key.configuration(""), o.token)
	o.at(s)
	users := []string{bearer(key.sign(t, map[string]any{"sub": "ann"})), bearer(key.sign(t, map[string]any{"sub": "ben"}))}
	for range 2 {
		came := race(t, s, racers, func(i int) string { return users[i%2] })
		for user := range users {
			if n := entered(t, came, func(i int) bool { return i%2 == user }); n != places {
				t.Errorf("%d of user %d were let in, want %d", n, user, places)
			}
		}
		leave(t, o, came)
	}
}

// TestRacingMessagesOfAUser has the user become known later.
func TestRacingMessagesOfAUser(t *testing.T) {
	key := newKey(t)
	s := binary(t, "connections: {user: %d}\n  auth: {methods: [first-message], timeout: 5m, jwt: %s}", places, key.configuration(""))
	call := wire.TextFrame(authCall(key.sign(t, map[string]any{"sub": "ann"})))
	came := race(t, s, racers, func(int) string { return "X-None: x" })
	if n := entered(t, came, all); n != racers {
		t.Fatalf("%d were let in to say who they are, want %d", n, racers)
	}
	var in, closed atomic.Int64
	var busy sync.WaitGroup
	for _, d := range came {
		busy.Go(func() {
			_ = d.conn.Send(call)
			answer, err := d.conn.Receive()
			if err != nil {
				t.Errorf("no answer: %v", err)
				return
			}
			if strings.Contains(string(answer.Payload), `"result":`) {
				in.Add(1)
				return
			}
			if end, err := d.conn.Receive(); err == nil && end.CloseCode() == 1008 {
				closed.Add(1)
			}
		})
	}
	busy.Wait()
	if in.Load() != places || closed.Load() != racers-places {
		t.Errorf("%d are in and %d were closed, want %d and %d", in.Load(), closed.Load(), places, racers-places)
	}
}

// TestRacingDialsOfAddresses has a proxy tell of an address of IPv4 and of two
// networks of IPv6, in several spellings each.
func TestRacingDialsOfAddresses(t *testing.T) {
	o := newOperator(t)
	s := binary(t, "connections: {ip: %d}\n  proxy: {trusted: [127.0.0.1]}\n  push: {token: %q}", places, o.token)
	o.at(s)
	addresses := []func(i int) string{
		func(i int) string { return []string{"192.0.2.1", "::ffff:192.0.2.1", "10.9.9.9, 192.0.2.1"}[i%3] },
		func(i int) string { return fmt.Sprintf("2001:db8:0:1:%x::%x", i, i+1) },
		func(i int) string { return fmt.Sprintf("2001:0DB8:0:0002:%x:0:0:1", i) },
	}
	for range 2 {
		came := race(t, s, racers, func(i int) string {
			return "X-Forwarded-For: " + addresses[i%len(addresses)](i/len(addresses))
		})
		for address := range addresses {
			if n := entered(t, came, func(i int) bool { return i%len(addresses) == address }); n != places {
				t.Errorf("%d of address %d were let in, want %d", n, address, places)
			}
		}
		leave(t, o, came)
	}
}

// TestRacingDialsInAll counts everybody.
func TestRacingDialsInAll(t *testing.T) {
	s := binary(t, "connections: {total: %d}", places)
	n := 0
	for _, d := range race(t, s, racers, func(int) string { return "X-None: x" }) {
		switch d.status {
		case http.StatusSwitchingProtocols:
			n++
		case http.StatusServiceUnavailable:
		default:
			t.Errorf("answered with %d", d.status)
		}
	}
	if n != places {
		t.Errorf("%d were let in, want %d", n, places)
	}
}

// TestHandshakesASecond counts by the clock of the test, which never shows less
// time than that of the server.
func TestHandshakesASecond(t *testing.T) {
	s := binary(t, "connections: {handshakes: %d}\n  proxy: {trusted: [127.0.0.1]}", places)
	from := func(address string) string { return "X-Forwarded-For: " + address }
	began := time.Now()
	n := entered(t, race(t, s, racers, func(int) string { return from("192.0.2.1") }), all)
	if most := places + int(time.Since(began).Seconds()*places) + 1; n < places || n > most {
		t.Errorf("%d were let in, want from %d to %d", n, places, most)
	}
	enter(t, s, "/ws", from("192.0.2.2"))
	// A page of somebody else's takes none of its visitor's handshakes.
	for range 3 * places {
		refuse(t, s, http.StatusForbidden, "/ws", from("192.0.2.3"), "Origin: https://evil.example")
	}
	for range places {
		enter(t, s, "/ws", from("192.0.2.3"))
	}
	await(t, "one more handshake", func() bool {
		_, response := ask(t, s, "/ws", from("192.0.2.1"))
		if response.StatusCode != http.StatusSwitchingProtocols && response.Header.Get("Retry-After") != "1" {
			t.Errorf("answered with %s, and to come after %q", response.Status, response.Header.Get("Retry-After"))
		}
		return response.StatusCode == http.StatusSwitchingProtocols
	})
}
