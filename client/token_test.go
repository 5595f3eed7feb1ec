package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// tokens is a source that gives t1, t2 and so on.
func tokens() client.TokenSource {
	var asked atomic.Int64
	return func(context.Context) (string, error) { return fmt.Sprintf("t%d", asked.Add(1)), nil }
}

func withTokens(place client.TokenPlace) client.ClientOptions {
	return client.ClientOptions{Dial: client.Options{Token: tokens(), TokenIn: place}}
}

func TestTokenInHandshake(t *testing.T) {
	for _, test := range []struct {
		name  string
		place client.TokenPlace
		find  func(*http.Request) string
		want  string
	}{
		{"header", client.TokenInHeader, func(r *http.Request) string { return r.Header.Get("Authorization") }, "Bearer t1"},
		{"subprotocol", client.TokenInSubprotocol, func(r *http.Request) string { return r.Header.Get("Sec-WebSocket-Protocol") }, "v1.test, bearer.t1"},
		{"query", client.TokenInQuery, func(r *http.Request) string { return r.URL.RawQuery }, "a=b&access_token=t1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := startRPC(t)
			options := direct()
			options.Token, options.TokenIn, options.Subprotocols = tokens(), test.place, []string{"v1.test"}
			options.Header = http.Header{"Authorization": {"old"}}
			dial(t, server.url()+"?a=b", options)
			if got := test.find(<-server.requests); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if options.Header.Get("Authorization") != "old" || len(options.Subprotocols) != 1 {
				t.Error("the caller's options were changed")
			}
		})
	}
}

func TestTokenInMessage(t *testing.T) {
	server := startRPC(t)
	w := watch(t, server.url(), withTokens(client.TokenInMessage))
	connected := make(chan error, 1)
	go func() { connected <- w.Connect(testContext(t)) }()
	s := server.accept()
	m := s.expect("auth")
	if string(m.Params) != `{"token":"t1"}` || (<-server.requests).Header.Get("Authorization") != "" {
		t.Errorf("params %s", m.Params)
	}
	s.reply(m, `{"user":"42"}`)
	if err := await(t, connected, "the connection"); err != nil {
		t.Fatal(err)
	}
}

func TestTokenInMessageRefused(t *testing.T) {
	for _, test := range []struct{ answer, want string }{
		{`"error":{"code":61,"message":"unknown token"}`, "unknown token"},
		{`"method":"auth"`, "something else than an answer"},
	} {
		server := startRPC(t)
		go func() {
			s := <-server.sessions
			s.send(`{"jsonrpc":"2.0","id":` + string((<-s.received).ID) + `,` + test.answer + `}`)
		}()
		options := direct()
		options.Token, options.TokenIn = tokens(), client.TokenInMessage
		err := dialFails(t, testContext(t), server.url(), options)
		wantStage(t, err, client.StageAuth)
		if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %q", err, test.want)
		}
	}
}

// No token that cannot be sent is sent, nor shown.
func TestTokenThatCannotBeSent(t *testing.T) {
	server := startRPC(t)
	for _, token := range []string{"", "s3cret\r\nX: y", "s3cret\x00"} {
		for _, place := range []client.TokenPlace{client.TokenInHeader, client.TokenInSubprotocol} {
			options := direct()
			options.Token = func(context.Context) (string, error) { return token, nil }
			options.TokenIn = place
			err := dialFails(t, testContext(t), server.url(), options)
			wantStage(t, err, client.StageToken)
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%v", err)
			}
		}
	}
	options := direct()
	options.TokenIn = 99
	wantStage(t, dialFails(t, testContext(t), server.url(), options), client.StageOptions)
}

// A refused token is worth one more try with a new one, however it is refused.
func TestTokenRefused(t *testing.T) {
	w, server, s := calmly(t, withTokens(client.TokenInHeader))
	for _, want := range []string{"t1", "t2"} {
		if got := (<-server.requests).Header.Get("Authorization"); got != "Bearer "+want {
			t.Errorf("got %q, want %s", got, want)
		}
		s.close(4401)
		if want == "t1" {
			w.clock.fire(t, 200*time.Millisecond)
			s = server.accept()
		}
	}
	await(t, w.Done(), "the end")
	wantClose(t, w.Err(), ws.Code(4401), "")
}

// A token that was good for a while may expire again.
func TestTokenRefusedLater(t *testing.T) {
	w, server, s := calmly(t, withTokens(client.TokenInHeader))
	for range 3 {
		w.until(client.PhaseOpen)
		w.clock.advance(time.Minute)
		s.close(4401)
		w.clock.fire(t, 200*time.Millisecond)
		s = server.accept()
	}
}

func TestTokenRefusedByHTTP(t *testing.T) {
	server := startRPC(t)
	server.answerHTTP(func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) })
	w := watch(t, server.url(), withTokens(client.TokenInHeader))
	connected := make(chan error, 1)
	go func() { connected <- w.Connect(testContext(t)) }()
	w.clock.fire(t, 200*time.Millisecond)
	var answer *client.HandshakeError
	if err := await(t, connected, "the refusal"); !errors.As(err, &answer) || answer.StatusCode != 401 || len(server.requests) != 2 {
		t.Errorf("%v, after %d requests", err, len(server.requests))
	}
}

func TestTokenSourceFails(t *testing.T) {
	server := startRPC(t)
	var asked atomic.Int64
	options := client.ClientOptions{Dial: client.Options{Token: func(context.Context) (string, error) {
		if asked.Add(1) == 1 {
			return "", gerror.NewCode(gcode.CodeServerBusy, "no token now")
		}
		return "t", nil
	}}}
	w := watch(t, server.url(), options)
	connected := make(chan error, 1)
	go func() { connected <- w.Connect(testContext(t)) }()
	var dial *client.DialError
	if err := w.until(client.PhaseWaiting).Err; !errors.As(err, &dial) || dial.Stage != client.StageToken {
		t.Errorf("%v", err)
	}
	w.clock.fire(t, 200*time.Millisecond)
	if err := await(t, connected, "the connection"); err != nil {
		t.Error(err)
	}
}

func TestTokenRenewed(t *testing.T) {
	w, _, s := calmly(t, withTokens(client.TokenInHeader))
	s.notify("auth.expiring", `{"expires":"2026-01-02T03:04:35Z","seconds":30}`)
	m := s.expect("auth")
	if string(m.Params) != `{"token":"t2"}` {
		t.Errorf("params %s", m.Params)
	}
	s.reply(m, `{"user":"42"}`)
	// Once the client knows the answer, it heeds another warning.
	for m.Method = ""; m.Method != "auth"; {
		s.notify("auth.expiring", `{"seconds":30}`)
		s.send(`{"jsonrpc":"2.0","id":"probe","method":"none"}`)
		m = s.next()
	}
	s.fail(m, `{"code":61,"message":"unknown token"}`)
	if err := await(t, w.problems, "the problem"); !strings.Contains(err.Error(), "new token: json-rpc error 61") {
		t.Errorf("%v", err)
	}
}

// Whoever has no token source is told, and does nothing.
func TestTokenWarningWithoutSource(t *testing.T) {
	server := startRPC(t)
	w := watch(t, server.url(), client.ClientOptions{})
	warned := make(chan int, 1)
	client.On(w.Client, "auth.expiring", func(_ context.Context, p struct{ Seconds int }) { warned <- p.Seconds })
	s := w.connect(server)
	s.notify("auth.expiring", `{"seconds":30}`)
	if seconds := await(t, warned, "the warning"); seconds != 30 {
		t.Errorf("%d seconds", seconds)
	}
	if err := w.Notify(testContext(t), "first", nil); err != nil {
		t.Fatal(err)
	}
	s.expect("first")
}
