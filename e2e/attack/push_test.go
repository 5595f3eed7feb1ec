package attack

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gfws/gf-websocket/e2e/wire"
)

// pushToken lets in whoever shows it to the HTTP API that sends to sessions.
var pushToken = rand.Text() + rand.Text()

// withPush switches that API on.
var withPush = fmt.Sprintf("  push: {path: /push, token: %q}\n", pushToken)

// auditRate is how many lines a second the audit writes for one reason.
const auditRate = 10

// toNobody is the body of a request that reaches no session.
const toNobody = `{"user":"nobody","type":"text","data":"evil"}`

// guessPush asks the API without its token, and with what is nearly one.
func guessPush(a *arena) {
	began := time.Now()
	a.keep("the token of push", pushToken)
	if status := a.askPush("POST /push/messages", bearer(pushToken)); status != http.StatusOK {
		a.Errorf("with its token: answered with %d", status)
	}
	user := a.issue(nil)
	a.keep("a good token of a user", user)
	guesses := []struct{ what, line string }{
		{"nothing", "X-Nothing: x"},
		{"an empty token", "Authorization: Bearer "},
		{"a user's token", bearer(user)},
		{"the beginning of the token", bearer(pushToken[:len(pushToken)-1])},
		{"more than the token", bearer(pushToken + "x")},
		{"the token in small letters", bearer(strings.ToLower(pushToken))},
		{"the token and another scheme", "Authorization: Basic " + pushToken},
		{"the token without a scheme", "Authorization: " + pushToken},
		{"the token as a cookie", "Cookie: access_token=" + pushToken},
		{"the token in another header", "X-Token: " + pushToken},
		{"a path that the router is told", "X-Url-Path: /push/stats"},
	}
	requests := []string{"GET /push/stats", "GET /push/sessions", "GET /push/rooms", "GET /push/users", "POST /push/messages", "POST /push/disconnect"}
	for _, guess := range guesses {
		for _, request := range requests {
			status := a.askPush(request, guess.line)
			a.try(status == http.StatusUnauthorized || status == http.StatusMethodNotAllowed || status == http.StatusNotFound,
				"%s with %s: answered with %d", request, guess.what, status)
		}
	}
	a.each(many(200, 5000), func(int) {
		status := a.askPush("POST /push/messages", bearer(rand.Text()))
		a.try(status == http.StatusUnauthorized, "a guess: answered with %d", status)
	})
	if lines, most := strings.Count(a.server.Logs(), "reason=push"), auditRate*(2+int(time.Since(began)/time.Second)); lines < 1 || lines > most {
		a.Errorf("a flood of guesses has written %d lines, want from 1 to %d", lines, most)
	}
}

// askPush sends a request and returns the status of the answer; 0 for none.
func (a *arena) askPush(request, line string) int {
	conn, err := wire.Dial(a.target.Host, patience)
	if err != nil {
		a.Errorf("connect: %v", err)
		return 0
	}
	defer func() { _ = conn.Close() }()
	body := fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(toNobody), toNobody)
	if strings.HasPrefix(request, http.MethodGet) {
		body = "Content-Length: 0"
	}
	response, err := conn.Request([]string{request + " HTTP/1.1", "Host: " + a.target.Host, line, forwarded(attacker), "Content-Type: application/json", body})
	if err != nil {
		return 0
	}
	return response.StatusCode
}
