package guard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// TestGrace warns one who has 10 minutes of it, and lets him go on.
func TestGrace(t *testing.T) {
	const messages = 500
	s := binary(t, "rate: {messages: 1, burst: 1s, grace: 10m}")
	p := enter(t, s, "/ws")
	for n := range messages {
		p.say(fmt.Sprint(n))
	}
	for n := range messages {
		p.hear(fmt.Sprint(n))
	}
	wantLogged(t, s, "action=warned reason=rate")
}

// TestDelayOverTLS has a fast client wait, and nobody else.
func TestDelayOverTLS(t *testing.T) {
	const messages, rate, burst = 60, 50, 200 * time.Millisecond
	s := server.StartConfigured(t, fmt.Sprintf("websocket: {rate: {messages: %d, burst: %s, policy: delay}}\n", rate, burst), "--tls")
	fast, other := enter(t, s, "/wss"), enter(t, s, "/wss")
	began := time.Now()
	for n := range messages {
		fast.say(fmt.Sprint(n))
	}
	other.say("hello")
	other.hear("hello")
	for n := range messages {
		fast.hear(fmt.Sprint(n))
	}
	if took, least := time.Since(began), messages*time.Second/rate-burst-time.Second/rate; took < least {
		t.Errorf("%d messages took %s, want at least %s", messages, took, least)
	}
	wantLogged(t, s, "action=warned reason=rate")
}

// TestSharedBuckets has several connections send little each, and too much
// together. Burst and grace are as long as no machine takes for the test, so that
// what one of them sends is never too much by itself.
func TestSharedBuckets(t *testing.T) {
	const peers, messages, size = 10, 50, 1000
	for name, test := range map[string]struct{ rate, line, reason string }{
		"bytes of a user":        {"user: {bytes: 1KiB}", "", "1024 bytes a second of a user"},
		"messages of a user":     {"user: {messages: 1}", "", "1 messages a second of a user"},
		"bytes of an address":    {"ip: {bytes: 1KiB}", "X-Forwarded-For: 2001:db8::%d", "1024 bytes a second of an address"},
		"messages of an address": {"ip: {messages: 1}", "X-Forwarded-For: 2001:db8::%d", "1 messages a second of an address"},
	} {
		t.Run(name, func(t *testing.T) {
			key := newKey(t)
			s := binary(t, `message: {maxSize: 1KiB}
  proxy: {trusted: [127.0.0.1]}
  rate: {messages: unlimited, %s, burst: 100s, grace: 100s}
  auth: {methods: [bearer], required: false, jwt: %s}`, test.rate, key.configuration(""))
			line := func(i int) string {
				if test.line != "" {
					return fmt.Sprintf(test.line, i)
				}
				return bearer(key.sign(t, map[string]any{"sub": "ann"}))
			}
			text := strings.Repeat("x", size)
			first := enter(t, s, "/ws", line(0))
			for range messages {
				first.say(text)
				first.hear(text)
			}
			others := make([]*peer, peers)
			for i := range others {
				others[i] = enter(t, s, "/ws", line(i+1))
				for range messages {
					if others[i].Send(wire.TextFrame(text)) != nil {
						break // it is closed already
					}
				}
			}
			others[peers-1].closed(1008, test.reason)
			wantLogged(t, s, "action=warned reason=rate-")
			stranger := enter(t, s, "/ws", "X-Forwarded-For: 192.0.2.1")
			for range messages {
				stranger.say(text)
				stranger.hear(text)
			}
		})
	}
}
