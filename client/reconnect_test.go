package client_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// A server that is killed and comes back on the same port: what was sent fails
// as lost, what was not is sent later, rooms come first.
func TestReconnect(t *testing.T) {
	w, server, s := calmly(t, client.ClientOptions{})
	for _, room := range []string{"b", "a", "c"} {
		joined := make(chan error, 1)
		go func() {
			j, err := w.Join(testContext(t), room)
			if err == nil && (len(j.Members) != 1 || j.Members[0].User != "42" || string(j.History[0]) != `{"seq":1}`) {
				err = fmt.Errorf("joined %+v", j)
			}
			joined <- err
		}()
		m := s.expect("room.join")
		if string(m.Params) != `{"room":"`+room+`"}` {
			t.Errorf("params %s", m.Params)
		}
		s.reply(m, `{"members":[{"session":"s","user":"42"}],"history":[{"seq":1}]}`)
		if err := await(t, joined, "the join"); err != nil {
			t.Fatal(err)
		}
	}
	left := make(chan error, 1)
	go func() { left <- w.Leave(testContext(t), "c") }()
	s.reply(s.expect("room.leave"), "{}")
	if err := await(t, left, "the leave"); err != nil {
		t.Fatal(err)
	}
	lost := w.calling("lost", nil)
	s.expect("lost")

	server.kill()
	err := await(t, lost, "the lost call")
	var closed *ws.CloseError
	if !errors.Is(err, client.ErrLost) || !errors.As(err, &closed) || closed.Code != ws.CodeAbnormal {
		t.Errorf("%v", err)
	}
	if waiting := w.until(client.PhaseWaiting); waiting.Attempt != 1 || !waiting.Next.Equal(w.clock.Now().Add(200*time.Millisecond)) || waiting.Err == nil {
		t.Errorf("%+v", waiting)
	}
	if err := w.Notify(testContext(t), "later", []int{1}); err != nil {
		t.Fatal(err)
	}
	if rooms := w.Rooms(); !slices.Equal(rooms, []string{"a", "b"}) {
		t.Errorf("rooms %q", rooms)
	}

	server.start()
	w.clock.fire(t, 200*time.Millisecond)
	s = server.accept()
	a, b := s.expect("room.join"), s.expect("room.join")
	if string(a.Params) != `{"room":"a"}` || string(b.Params) != `{"room":"b"}` {
		t.Errorf("joined %s and %s", a.Params, b.Params)
	}
	if phase := w.State().Phase; phase != client.PhaseConnecting {
		t.Errorf("%s before the rooms are joined", phase)
	}
	s.fail(b, `{"code":4403,"message":"not yours"}`)
	s.reply(a, `{"members":[],"history":[]}`)
	if got := await(t, w.rejoined, "the first room"); got != "a" {
		t.Errorf("rejoined %s", got)
	}
	if got := await(t, w.rejoined, "the second room"); got != "b: json-rpc error 4403: not yours" {
		t.Errorf("rejoined %s", got)
	}
	s.expect("later")
	w.until(client.PhaseOpen)
	if rooms := w.Rooms(); !slices.Equal(rooms, []string{"a"}) {
		t.Errorf("rooms %q", rooms)
	}
}

// The waits double up to the highest, and begin anew after a stable connection.
func TestBackoff(t *testing.T) {
	w, server, _ := calmly(t, client.ClientOptions{Backoff: client.Backoff{Min: time.Second, Max: 5 * time.Second}})
	w.until(client.PhaseOpen)
	server.kill()
	for _, wait := range []time.Duration{1, 2, 4, 5, 5} {
		w.until(client.PhaseWaiting)
		w.clock.fire(t, wait*time.Second)
	}
	w.until(client.PhaseWaiting)
	server.start()
	w.clock.fire(t, 5*time.Second)
	s := server.accept()
	if open := w.until(client.PhaseOpen); open.Attempt != 7 || open.Err != nil {
		t.Errorf("%+v", open)
	}
	s.close(1001)
	w.clock.fire(t, 5*time.Second)
	s = server.accept()
	w.until(client.PhaseOpen)
	w.clock.advance(10 * time.Second)
	s.close(1001)
	w.clock.fire(t, time.Second)
	server.accept()
}

func TestCloseCodesOfTheServer(t *testing.T) {
	for code, terminal := range map[int]bool{
		1000: true, 1001: false, 1002: true, 1003: true, 1007: true, 1008: true, 1009: true, 1010: true,
		1011: false, 1012: false, 1013: false, 1014: false, 3000: false, 4000: false, 4401: true, 4403: true, 4999: false,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			if client.IsTerminal(ws.Code(code)) != terminal {
				t.Error("IsTerminal says otherwise")
			}
			w, server, s := calmly(t, client.ClientOptions{})
			s.close(code)
			if !terminal {
				w.clock.fire(t, 200*time.Millisecond)
				server.accept()
				return
			}
			await(t, w.Done(), "the end")
			wantClose(t, w.Err(), ws.Code(code), "")
			if !errors.Is(w.Err(), client.ErrClosed) || w.State().Phase != client.PhaseClosed {
				t.Errorf("%v", w.Err())
			}
			if _, err := client.Call[any](testContext(t), w.Client, "m", nil); !errors.Is(err, client.ErrClosed) {
				t.Errorf("call: %v", err)
			}
			if err := w.Notify(testContext(t), "m", nil); !errors.Is(err, client.ErrClosed) {
				t.Errorf("notify: %v", err)
			}
		})
	}
}

func TestTerminalIsTheHosts(t *testing.T) {
	options := client.ClientOptions{Terminal: func(code ws.Code) bool { return code == 4000 }}
	w, server, s := calmly(t, options)
	s.close(1008)
	w.clock.fire(t, 200*time.Millisecond)
	server.accept().close(4000)
	await(t, w.Done(), "the end")
}
