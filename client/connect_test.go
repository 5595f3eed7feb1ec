package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
)

func TestHTTPAnswers(t *testing.T) {
	for _, test := range []struct {
		status     int
		retryAfter string
		wait       time.Duration // 0 for never
	}{
		{200, "", 200 * time.Millisecond},
		{302, "", 0},
		{400, "", 0},
		{401, "", 0},
		{403, "", 0},
		{404, "", 0},
		{426, "", 0},
		{408, "", 200 * time.Millisecond},
		{429, "7", 7200 * time.Millisecond},
		{500, "", 200 * time.Millisecond},
		{502, "soon", 200 * time.Millisecond},
		{503, "120", 2*time.Minute + 200*time.Millisecond},
		{503, "Fri, 02 Jan 2026 03:05:05 GMT", time.Minute + 200*time.Millisecond},
		{503, "Fri, 02 Jan 2026 03:04:00 GMT", 200 * time.Millisecond},
		{503, "99999999999999999999", 24*time.Hour + 200*time.Millisecond},
		{503, "-5", 200 * time.Millisecond},
	} {
		t.Run(fmt.Sprint(test.status, " ", test.retryAfter), func(t *testing.T) {
			server := startRPC(t)
			server.answerHTTP(func(w http.ResponseWriter) {
				w.Header().Set("Retry-After", test.retryAfter)
				w.WriteHeader(test.status)
			})
			w := watch(t, server.url(), client.ClientOptions{})
			connected := make(chan error, 1)
			go func() { connected <- w.Connect(testContext(t)) }()
			if test.wait == 0 {
				err := await(t, connected, "the refusal")
				var answer *client.HandshakeError
				if !errors.As(err, &answer) || answer.StatusCode != test.status || len(server.requests) != 1 {
					t.Errorf("%v, after %d requests", err, len(server.requests))
				}
				return
			}
			if waiting := w.until(client.PhaseWaiting); !waiting.Next.Equal(w.clock.Now().Add(test.wait)) {
				t.Errorf("next at %s, want in %s", waiting.Next, test.wait)
			}
			server.answerHTTP(nil)
			w.clock.fire(t, test.wait)
			if err := await(t, connected, "the connection"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestConnectGivesUpWithItsContext(t *testing.T) {
	server := startRPC(t)
	server.answerHTTP(func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) })
	w := watch(t, server.url(), client.ClientOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	connected := make(chan error, 1)
	go func() { connected <- w.Connect(ctx) }()
	w.until(client.PhaseWaiting)
	cancel()
	err := await(t, connected, "the end")
	var answer *client.HandshakeError
	if !errors.Is(err, context.Canceled) || !errors.As(err, &answer) || !errors.Is(err, client.ErrClosed) {
		t.Errorf("%v", err)
	}
	if err := w.Connect(testContext(t)); err == nil || !strings.Contains(err.Error(), "before") {
		t.Errorf("the second time: %v", err)
	}
}

// What is wrong here will not be better later.
func TestConnectFailsAtOnce(t *testing.T) {
	w := watch(t, "ftp://example.com", client.ClientOptions{})
	var dial *client.DialError
	if err := w.Connect(testContext(t)); !errors.As(err, &dial) || dial.Stage != client.StageURL {
		t.Errorf("%v", err)
	}
}
