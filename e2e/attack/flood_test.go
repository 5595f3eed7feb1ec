package attack

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

const (
	slowRate       = "  rate: {messages: 20, burst: 1s, grace: 1s}\n"
	fewConnections = "  connections: {ip: 10, user: 10}\n"
	fewHandshakes  = "  connections: {handshakes: 5}\n"
	// capacity and handshakes are what these let in.
	capacity   = 10
	handshakes = 5
)

// flood opens sessions, sends each these frames at once, and fails unless it is
// closed with code before it has heard that much.
func (a *arena) flood(what string, sessions int, frames []wire.Frame, code uint16) {
	a.Helper()
	a.each(sessions, func(int) {
		conn, ok := a.open()
		if !ok {
			return
		}
		_ = conn.Send(frames...) // it is closed in the middle of this
		if e := a.closed(what, conn, code); e.messages >= len(frames) {
			a.Errorf("%s: all %d were answered", what, e.messages)
		}
	})
}

func repeat(n int, f wire.Frame) []wire.Frame {
	frames := make([]wire.Frame, n)
	for i := range frames {
		frames[i] = f
	}
	return frames
}

func floodMessages(a *arena) {
	a.flood("messages", many(10, 100), repeat(2000, wire.TextFrame("flood")), 1008)
	a.flood("empty messages", many(10, 100), repeat(2000, wire.TextFrame("")), 1008)
}

func floodPings(a *arena) {
	a.flood("pings", many(10, 100), repeat(2000, wire.Frame{Opcode: wire.Ping, Payload: []byte("flood")}), 1008)
	a.flood("pongs", many(10, 100), repeat(2000, wire.Frame{Opcode: wire.Pong}), 1008)
}

func floodFragments(a *arena) {
	begin := wire.Frame{Opcode: wire.Text, More: true}
	for _, payload := range []string{"", "x"} {
		fragments := repeat(3000, wire.Frame{Opcode: wire.Continuation, Payload: []byte(payload), More: true})
		a.flood(fmt.Sprintf("fragments of %d bytes", len(payload)), many(10, 100), append([]wire.Frame{begin}, fragments...), 1009)
	}
}

// fill opens more connections at once than may be open, and fails unless exactly
// as many are let in as there may be. The lines are those of each handshake.
func (a *arena) fill(what string, attempts int, lines func(i int) []string) {
	a.Helper()
	var entered, refused atomic.Int64
	a.each(attempts, func(i int) {
		switch status, _ := a.ask(lines(i)...); status {
		case http.StatusSwitchingProtocols:
			entered.Add(1)
		case http.StatusTooManyRequests:
			refused.Add(1)
		default:
			a.Errorf("%s: answered with %d", what, status)
		}
	})
	a.count(attempts, int(entered.Load()), int(refused.Load()))
	if entered.Load() != capacity {
		a.Errorf("%s: %d were let in, not %d", what, entered.Load(), capacity)
	}
}

// somebody is the token of a new user.
func (a *arena) somebody(i int) string {
	return bearer(a.issue(map[string]any{"sub": fmt.Sprintf("mallory-%d", i)}))
}

func floodConnections(a *arena) {
	a.fill("one address", many(100, 1000), func(i int) []string {
		return []string{a.somebody(i), forwarded(attacker)}
	})
	a.fill("one network of IPv6", many(100, 1000), func(i int) []string {
		return []string{a.somebody(i), forwarded(fmt.Sprintf("2001:db8:0:1:%x::%x", i, i+1))}
	})
}

func floodUser(a *arena) {
	elsewhere := func(i int) string { return forwarded(fmt.Sprintf("203.0.113.%d", i%250+1)) }
	token := a.issue(map[string]any{"sub": "mallory"})
	a.keep("the token of one user", token)
	a.fill("one user", many(100, 1000), func(i int) []string { return []string{bearer(token), elsewhere(i)} })
	// Who he is becomes known later here.
	a.each(many(10, 100), func(i int) {
		status, conn := a.ask(elsewhere(i))
		if status != http.StatusSwitchingProtocols {
			a.Errorf("a stranger was answered with %d", status)
			return
		}
		_ = conn.Send(wire.TextFrame(authCall(token)), wire.TextFrame("am I in?"))
		a.closed("one more of the user, in a message", conn, 1008)
	})
}

// floodHandshakes counts by the attacker's clock, which never shows less time
// than the server's.
func floodHandshakes(a *arena) {
	n, began := many(200, 3000), time.Now()
	var entered, refused atomic.Int64
	a.each(n, func(i int) {
		switch status, conn := a.ask(a.somebody(i), forwarded(attacker)); status {
		case http.StatusSwitchingProtocols:
			entered.Add(1)
			_ = conn.Close()
		case http.StatusTooManyRequests:
			refused.Add(1)
		default:
			a.Errorf("answered with %d", status)
		}
	})
	a.count(n, int(entered.Load()), int(refused.Load()))
	if most := handshakes * (2 + int64(time.Since(began)/time.Second)); entered.Load() > most {
		a.Errorf("%d handshakes were let in within %s, more than %d", entered.Load(), time.Since(began), most)
	}
	if entered.Load()+refused.Load() != int64(n) {
		a.Errorf("%d let in and %d refused are not %d", entered.Load(), refused.Load(), n)
	}
}

func floodHeaders(a *arena) {
	tooLarge := []int{0, http.StatusBadRequest, http.StatusRequestHeaderFieldsTooLarge}
	lines := func(n int, format string) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf(format, i)
		}
		return all
	}
	token := bearer(a.issue(nil))
	for range many(3, 30) {
		a.refuse("2,000 headers", tooLarge, append(lines(2000, "X-Flood-%d: x"), token)...)
		a.refuse("2,000 lines of one header", tooLarge, append(lines(2000, "X-Flood: %d"), token)...)
		a.refuse("2,000 subprotocols", tooLarge, append(lines(2000, "Sec-WebSocket-Protocol: p%d"), token)...)
		a.refuse("2,000 extensions", tooLarge, append(lines(2000, "Sec-WebSocket-Extensions: permessage-deflate; x%d"), token)...)
		a.refuse("one header of 1 MiB", tooLarge, "X-Flood: "+strings.Repeat("x", 1<<20), token)
		a.refuse("one cookie of 1 MiB", tooLarge, "Cookie: x="+strings.Repeat("x", 1<<20), token)
		a.refuse("one name of 1 MiB", tooLarge, strings.Repeat("x", 1<<20)+": x", token)
		a.refuse("a line without a name", tooLarge, ": x", token)
		a.refuse("a line with a zero in it", tooLarge, "X-Zero: a\x00b", token)
		a.refuse("a line that is folded", tooLarge, "X-Folded: a\r\n b\r\n\x01", token)
	}
}
