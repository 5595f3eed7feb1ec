package ws_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// TestConcurrentSenders is what panics in gorilla (#390, #698, #913): 100
// goroutines that send, while pings and a close come in. Each sender's messages
// must keep their order.
func TestConcurrentSenders(t *testing.T) {
	const senders, each = 100, 50
	s := serve(t, ws.Config{QueueMessages: ws.Unlimited}, echo)
	conn := s.dial(t)
	session := waitFor(t, "OnOpen", s.opened)
	var all sync.WaitGroup
	for sender := range senders {
		all.Go(func() {
			for i := range each {
				if err := session.Send(ws.TextMessage(fmt.Sprintf("%d %d", sender, i))); err != nil {
					t.Errorf("sender %d: %v", sender, err)
				}
			}
		})
	}
	all.Go(func() {
		for range each {
			if err := conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(patience)); err != nil {
				t.Errorf("ping: %v", err)
			}
		}
	})
	next := make([]int, senders)
	for range senders * each {
		_, data, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		var sender, i int
		if _, err = fmt.Sscanf(string(data), "%d %d", &sender, &i); err != nil {
			t.Fatal(err)
		}
		if next[sender] != i {
			t.Fatalf("sender %d: got message %d, want %d", sender, i, next[sender])
		}
		next[sender]++
	}
	all.Wait()
}

// TestSendRacesTheEnd sends from many goroutines while the peer vanishes and
// the server closes: nothing panics, blocks or is left.
func TestSendRacesTheEnd(t *testing.T) {
	s := serve(t, ws.Config{CloseTimeout: 50 * time.Millisecond}, echo)
	for range 50 {
		conn := s.dial(t)
		session := waitFor(t, "OnOpen", s.opened)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for session.Send(ws.TextMessage("x")) == nil {
				}
			})
		}
		all.Go(func() { _ = conn.Close() })
		all.Go(func() { _ = session.Close(ws.CodeNormal, "") })
		all.Wait()
		waitFor(t, "OnClose", s.closed)
	}
	if n := s.hub.Len(); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
}

// TestSlowConsumer never reads: the sender is not held up, and the peer is
// closed with 1013 when its queue is full.
func TestSlowConsumer(t *testing.T) {
	tests := []struct {
		name   string
		config ws.Config
		size   int
	}{
		{"bytes", ws.Config{QueueBytes: 256 << 10, MaxMessage: 64 << 10}, 32 << 10},
		{"messages", ws.Config{QueueMessages: 64}, 16 << 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.config.CloseTimeout = 200 * time.Millisecond
			s := serve(t, tt.config, echo)
			s.connect(t)
			session := waitFor(t, "OnOpen", s.opened)
			message := ws.BinaryMessage(make([]byte, tt.size))
			began := time.Now()
			var err error
			for err == nil {
				err = session.Send(message)
			}
			if !errors.Is(err, ws.ErrQueueFull) {
				t.Errorf("Send: %v, want ErrQueueFull", err)
			}
			if took := time.Since(began); took > patience/2 {
				t.Errorf("the sender was held up for %s", took)
			}
			if got := waitFor(t, "OnClose", s.closed); got.Code != ws.CodeTryAgainLater || got.By != ws.ByServer {
				t.Errorf("OnClose got %s, want 1013 by the server", got)
			}
		})
	}
}

// TestSlowPeerStallsNobodyElse holds one peer full while another talks.
func TestSlowPeerStallsNobodyElse(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	s.connect(t)
	stalled := waitFor(t, "OnOpen", s.opened)
	for stalled.Send(ws.BinaryMessage(make([]byte, 64<<10))) == nil {
	}
	other := s.dial(t)
	if err := other.WriteMessage(websocket.TextMessage, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if _, data, err := other.ReadMessage(); err != nil || string(data) != "hello" {
		t.Fatalf("got %q, %v", data, err)
	}
}

// TestReplyDoesNotWaitForTheNextHandler sends two messages in one segment; the
// second's handler waits until the test has the first's answer.
func TestReplyDoesNotWaitForTheNextHandler(t *testing.T) {
	answered := make(chan struct{})
	s := serve(t, ws.Config{}, func(ctx context.Context, s *ws.Session, m ws.Message) error {
		if string(m.Data) == "second" {
			select {
			case <-answered:
			case <-time.After(patience):
				return errors.New("the first answer did not leave")
			}
		}
		return s.Reply(m)
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "first"}, frame{fin: true, opcode: opText, payload: "second"})
	p.expect(frame{fin: true, opcode: opText, payload: "first"})
	close(answered)
	p.expect(frame{fin: true, opcode: opText, payload: "second"})
}

// TestReplyDoesNotWaitForHalfAMessage has the beginning of a second message in
// the same segment: the reader then waits with input in its buffer.
func TestReplyDoesNotWaitForHalfAMessage(t *testing.T) {
	s := serve(t, ws.Config{}, echo)
	p := s.connect(t)
	second := frame{fin: true, opcode: opText, payload: "second"}.bytes()
	p.send(append(frame{fin: true, opcode: opText, payload: "first"}.bytes(), second[:3]...))
	p.expect(frame{fin: true, opcode: opText, payload: "first"})
	p.send(second[3:])
	p.expect(frame{fin: true, opcode: opText, payload: "second"})
}

// TestSendFromInsideAHandlerLeavesAtOnce pushes while the handler still runs.
func TestSendFromInsideAHandlerLeavesAtOnce(t *testing.T) {
	seen := make(chan struct{})
	s := serve(t, ws.Config{}, func(ctx context.Context, s *ws.Session, m ws.Message) error {
		if err := s.Send(ws.TextMessage("working")); err != nil {
			return err
		}
		select {
		case <-seen:
			return nil
		case <-time.After(patience):
			return errors.New("the message did not leave")
		}
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "go"})
	p.expect(frame{fin: true, opcode: opText, payload: "working"})
	close(seen)
}

func TestSendRefuses(t *testing.T) {
	s := serve(t, ws.Config{MaxMessage: 100, QueueBytes: 1000}, echo)
	p := s.connect(t)
	session := waitFor(t, "OnOpen", s.opened)
	if err := session.Send(ws.Message{Type: 8}); err == nil {
		t.Error("a message of type 8 was accepted")
	}
	if err := session.Send(ws.BinaryMessage(make([]byte, 1001))); !errors.Is(err, ws.ErrTooBig) {
		t.Errorf("a message larger than the queue: %v, want ErrTooBig", err)
	}
	p.sendFrames(frame{fin: true, opcode: opText, payload: "fine"})
	p.expect(frame{fin: true, opcode: opText, payload: "fine"})
}

// TestDataIsValidOnlyDuringOnMessage keeps a message with and without Clone.
func TestDataIsValidOnlyDuringOnMessage(t *testing.T) {
	var kept, cloned []ws.Message
	s := serve(t, ws.Config{}, func(_ context.Context, s *ws.Session, m ws.Message) error {
		kept, cloned = append(kept, m), append(cloned, m.Clone())
		return s.Reply(m)
	})
	p := s.connect(t)
	for _, text := range []string{"first", "other"} {
		p.sendFrames(frame{fin: true, opcode: opText, payload: text})
		p.expect(frame{fin: true, opcode: opText, payload: text})
	}
	p.sendFrames(frame{fin: true, opcode: opClose})
	waitFor(t, "OnClose", s.closed)
	if string(cloned[0].Data) != "first" || string(cloned[1].Data) != "other" {
		t.Errorf("clones hold %q and %q", cloned[0].Data, cloned[1].Data)
	}
	if !strings.Contains("first other", string(kept[1].Data)) {
		t.Errorf("the last message holds %q", kept[1].Data)
	}
}
