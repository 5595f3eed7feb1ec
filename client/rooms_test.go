package client_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
)

func TestJoinRefused(t *testing.T) {
	w, _, s := calmly(t, client.ClientOptions{})
	for _, answer := range []string{`"error":{"code":1,"message":"full"}`, `"result":[1]`} {
		joined := make(chan error, 1)
		go func() {
			_, err := w.Join(testContext(t), "a")
			joined <- err
		}()
		s.send(`{"jsonrpc":"2.0","id":` + string(s.expect("room.join").ID) + `,` + answer + `}`)
		if err := await(t, joined, "the join"); err == nil || !strings.Contains(err.Error(), "join of room a") {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

// TestLeaveWhileJoining holds that the last of both counts, in the order in which
// the server gets them, whenever the answers come.
func TestLeaveWhileJoining(t *testing.T) {
	w, server, s := calmly(t, client.ClientOptions{})
	ended := make(chan error, 8)
	join := func(room string) { _, err := w.Join(testContext(t), room); ended <- err }
	leave := func(room string) { ended <- w.Leave(testContext(t), room) }
	var calls []rpcMessage
	for _, step := range []struct {
		do     func(string)
		room   string
		method string
	}{
		{join, "left", "room.join"}, {leave, "left", "room.leave"},
		{join, "joined", "room.join"}, {leave, "joined", "room.leave"}, {join, "joined", "room.join"},
	} {
		go step.do(step.room)
		calls = append(calls, s.expect(step.method))
	}
	for _, call := range calls {
		s.reply(call, "{}")
	}
	for range calls {
		if err := await(t, ended, "the call"); err != nil {
			t.Error(err)
		}
	}
	if rooms := w.Rooms(); !slices.Equal(rooms, []string{"joined"}) {
		t.Errorf("joined are %q", rooms)
	}
	_ = s.conn.Close()
	w.clock.fire(t, 200*time.Millisecond)
	s = server.accept()
	s.reply(s.expect("room.join"), "{}")
	if got := await(t, w.rejoined, "the room"); got != "joined" {
		t.Errorf("rejoined %s", got)
	}
}

// A server that takes the connection and answers no join is left again.
func TestRejoinUnanswered(t *testing.T) {
	w, server, s := calmly(t, client.ClientOptions{})
	joined := make(chan error, 1)
	go func() {
		_, err := w.Join(testContext(t), "a")
		joined <- err
	}()
	s.reply(s.expect("room.join"), "{}")
	if err := await(t, joined, "the join"); err != nil {
		t.Fatal(err)
	}
	s.close(1012)
	w.clock.fire(t, 200*time.Millisecond)
	s = server.accept()
	s.expect("room.join")
	w.clock.fire(t, client.DefaultHandshakeTimeout)
	if s.gone() == nil {
		t.Error("no reason")
	}
	w.clock.fire(t, 400*time.Millisecond)
	s = server.accept()
	s.reply(s.expect("room.join"), "{}")
	if got := await(t, w.rejoined, "the room"); got != "a" {
		t.Errorf("rejoined %s", got)
	}
}

// Handlers see what comes while the rooms are still joined.
func TestMessagesDuringRejoin(t *testing.T) {
	server := startRPC(t)
	w := watch(t, server.url(), client.ClientOptions{})
	got := make(chan string, 1)
	client.On(w.Client, "room.message", func(_ context.Context, m json.RawMessage) { got <- string(m) })
	s := w.connect(server)
	joined := make(chan error, 1)
	go func() {
		_, err := w.Join(testContext(t), "a")
		joined <- err
	}()
	s.reply(s.expect("room.join"), "{}")
	await(t, joined, "the join")
	_ = s.conn.Close()
	w.clock.fire(t, 200*time.Millisecond)
	s = server.accept()
	m := s.expect("room.join")
	s.notify("room.message", `{"seq":1}`)
	if text := await(t, got, "the message"); text != `{"seq":1}` {
		t.Errorf("got %s", text)
	}
	s.reply(m, "{}")
	await(t, w.rejoined, "the room")
}
