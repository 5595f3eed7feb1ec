package guard

import (
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
)

// patience bounds every wait; it is long only because machines can be slow.
const patience = 30 * time.Second

// host is the application as a process, and the secrets that it knows.
type host struct {
	*server.Server
	t                *testing.T
	member, guest    string // tokens
	banned           string // the token of somebody who may not
	device, operator string
}

// hostConfiguration has the secrets where it says %q.
const hostConfiguration = `
server: {accessLogEnabled: true, errorLogEnabled: true}
logger: {level: all, stdout: true}
tokens: {%q: "42", %q: guest, %q: banned}
devices: {%q: door}
operators: {%q: root}
websocket:
  subprotocols: [v1]
  audit: {rate: unlimited}
  timeout: {close: 500ms}
  instances:
    member: {auth: {methods: [session], session: uid}}
    device: {auth: {methods: [bearer]}}
    token: {auth: {methods: [bearer, subprotocol, cookie, query, first-message], cookie: key}}
    known: {auth: {methods: [session], session: uid}}
    fragile: {auth: {methods: [bearer, subprotocol, cookie, query, first-message], cookie: key}}
    lenient: {message: {refuse: answer}}
    calls: {auth: {methods: [bearer]}, push: {path: /push}}
    loop: {auth: {methods: [first-message]}}
`

func startHost(t *testing.T) *host {
	t.Helper()
	h := &host{t: t}
	for _, secret := range []*string{&h.member, &h.guest, &h.banned, &h.device, &h.operator} {
		*secret = rand.Text() + rand.Text()
	}
	h.Server = server.StartProgram(t, os.Getenv(hostVariable),
		fmt.Sprintf(hostConfiguration, h.member, h.guest, h.banned, h.device, h.operator))
	return h
}

// leave ends the host, and looks for what it must not have logged.
func (h *host) leave(more ...string) {
	h.t.Helper()
	if code := h.Terminate(); code != 0 {
		h.t.Errorf("the host ended with %d", code)
	}
	logs := h.Logs()
	for _, secret := range append(more, h.member, h.guest, h.banned, h.device, h.operator) {
		if strings.Contains(logs, secret) || strings.Contains(logs, secret[len(secret)-20:]) {
			h.t.Errorf("the logs have the secret %s", secret)
		}
	}
}

// wantLogged fails unless the process logs a line with these words.
func wantLogged(t *testing.T, s *server.Server, words string) {
	t.Helper()
	await(t, "in the log: "+words, func() bool { return strings.Contains(s.Logs(), words) })
}
