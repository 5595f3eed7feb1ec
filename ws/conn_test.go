package ws_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/ws"
)

// accept starts a server whose connections are read by loop, as a host does.
func accept(t *testing.T, config ws.Config, loop func(*ws.Conn)) *server {
	t.Helper()
	s := newServer(t, config)
	s.listen(t, s.loop(loop))
	return s
}

// loop opens connections that loop reads.
func (s *server) loop(loop func(*ws.Conn)) http.HandlerFunc {
	return s.checkedLoop(loop, refuseBinary)
}

// checkedLoop is loop with a check of the caller's.
func (s *server) checkedLoop(loop func(*ws.Conn), check ws.Check) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, err := s.hub.Accept(context.Background(), w, r, ws.Opening{}, check)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.opened <- conn.Session()
		loop(conn)
	}
}

// refuseBinary is a check that refuses one message, keeps one to itself and
// unwraps another.
func refuseBinary(_ context.Context, _ *ws.Session, m ws.Message) (ws.Message, error) {
	if m.Type != ws.Binary {
		return m, nil
	}
	switch string(m.Data) {
	case "refuse me":
		return ws.Message{}, &ws.CloseError{Code: ws.CodeUnsupportedData, Reason: "as asked"}
	case "for the check alone":
		return ws.Message{}, nil
	case "wrapped":
		return ws.TextMessage("unwrapped"), nil
	}
	return m, nil
}

// documentedLoop is the handler of GoFrame's WebSocket chapter.
func documentedLoop(conn *ws.Conn) {
	for {
		messageType, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err = conn.WriteMessage(messageType, message); err != nil {
			return
		}
	}
}

func TestConnEchoes(t *testing.T) {
	s := accept(t, ws.Config{}, documentedLoop)
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "hello"}, frame{fin: true, opcode: opBinary, payload: "\x00"})
	p.expect(frame{fin: true, opcode: opText, payload: "hello"})
	p.expect(frame{fin: true, opcode: opBinary, payload: "\x00"})
	p.sendFrames(frame{fin: true, opcode: opPing, payload: "p"})
	p.expect(frame{fin: true, opcode: opPong, payload: "p"})
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1000, "")})
	p.expectClose(ws.CodeNormal)
}

// TestConnCheckDecidesWhatIsRead holds that a loop reads what the check returns.
func TestConnCheckDecidesWhatIsRead(t *testing.T) {
	p := accept(t, ws.Config{}, documentedLoop).connect(t)
	p.sendFrames(
		frame{fin: true, opcode: opBinary, payload: "for the check alone"},
		frame{fin: true, opcode: opBinary, payload: "wrapped"},
		frame{fin: true, opcode: opBinary, payload: "as it is"},
	)
	p.expect(frame{fin: true, opcode: opText, payload: "unwrapped"})
	p.expect(frame{fin: true, opcode: opBinary, payload: "as it is"})
}

// TestConnSlowCheckIsNotASilentPeer holds that a check may take its time: nobody
// reads meanwhile, so a peer whose pongs are not seen is no silent one.
func TestConnSlowCheckIsNotASilentPeer(t *testing.T) {
	inVirtualTime(t, func(t *testing.T) {
		release := make(chan struct{})
		s := newServer(t, ws.Config{})
		readOne := func(conn *ws.Conn) {
			_, _, _ = conn.ReadMessage()
			_ = conn.Close()
		}
		s.listenOnPipes(t, s.checkedLoop(readOne, func(_ context.Context, _ *ws.Session, m ws.Message) (ws.Message, error) {
			<-release
			return m, nil
		}))
		defer close(release)
		p := s.connect(t)
		_ = p.conn.SetDeadline(time.Time{})
		p.sendFrames(frame{fin: true, opcode: opText, payload: "hello"})
		for range 50 {
			p.expect(frame{fin: true, opcode: opPing})
		}
	})
}

// TestConnKeepsDataOfTheCaller reads twice before it looks.
func TestConnKeepsDataOfTheCaller(t *testing.T) {
	got := make(chan string, 2)
	s := accept(t, ws.Config{}, func(conn *ws.Conn) {
		_, first, _ := conn.ReadMessage()
		_, second, _ := conn.ReadMessage()
		got <- string(first)
		got <- string(second)
		_ = conn.Close()
	})
	p := s.connect(t)
	p.sendFrames(frame{fin: true, opcode: opText, payload: "first"}, frame{fin: true, opcode: opText, payload: "other"})
	if first, second := waitFor(t, "first", got), waitFor(t, "second", got); first != "first" || second != "other" {
		t.Errorf("got %q and %q", first, second)
	}
}

// TestConnErrorsAreGorillas looks at what ReadMessage returns with gorilla's
// own functions, as hosts do.
func TestConnErrorsAreGorillas(t *testing.T) {
	tests := []struct {
		name string
		act  func(*peer)
		code int
	}{
		{"peer closes", func(p *peer) {
			p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1001, "left")})
		}, websocket.CloseGoingAway},
		{"bad text", func(p *peer) {
			p.sendFrames(frame{fin: true, opcode: opText, payload: "\xff"})
		}, websocket.CloseInvalidFramePayloadData},
		{"check refuses", func(p *peer) {
			p.sendFrames(frame{fin: true, opcode: opBinary, payload: "refuse me"}, frame{fin: true, opcode: opText, payload: "more"},
				frame{fin: true, opcode: opClose, payload: closePayload(1003, "")})
		}, websocket.CloseUnsupportedData},
		{"peer vanishes", func(p *peer) { _ = p.conn.Close() }, websocket.CloseAbnormalClosure},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			errs := make(chan error, 1)
			s := accept(t, ws.Config{}, func(conn *ws.Conn) {
				_, _, err := conn.ReadMessage()
				errs <- err
			})
			tt.act(s.connect(t))
			if err := waitFor(t, "error", errs); !websocket.IsCloseError(err, tt.code) {
				t.Errorf("got %v, want gorilla's close error %d", err, tt.code)
			}
		})
	}
}

// TestConnConcurrentWriters is what the drop-in must not panic in.
func TestConnConcurrentWriters(t *testing.T) {
	const writers, each = 100, 20
	s := accept(t, ws.Config{QueueMessages: 8}, func(conn *ws.Conn) {
		var all sync.WaitGroup
		for writer := range writers {
			all.Go(func() {
				for i := range each {
					if err := conn.WriteJSON(map[string]int{"writer": writer, "i": i}); err != nil {
						t.Errorf("writer %d: %v", writer, err)
						return
					}
				}
			})
		}
		all.Go(func() {
			for range each {
				if err := conn.WriteControl(websocket.PingMessage, nil, time.Time{}); err != nil {
					t.Errorf("ping: %v", err)
				}
			}
		})
		all.Wait()
		_ = conn.CloseWith(ws.CodeNormal, "done")
	})
	conn := s.dial(t)
	got := 0
	for {
		var message struct{ Writer, I int }
		if err := conn.ReadJSON(&message); err != nil {
			if !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
				t.Fatal(err)
			}
			break
		}
		got++
	}
	if got != writers*each {
		t.Errorf("got %d messages, want %d", got, writers*each)
	}
}

// TestConnWritesWaitForASlowPeer sends far more than the queue holds to a peer
// that takes its time: the loop is slowed down, the peer is not closed.
func TestConnWritesWaitForASlowPeer(t *testing.T) {
	const count = 200
	s := accept(t, ws.Config{QueueBytes: 64 << 10, MaxMessage: 32 << 10}, func(conn *ws.Conn) {
		for i := range count {
			if err := conn.WriteMessage(websocket.BinaryMessage, make([]byte, 32<<10)); err != nil {
				t.Errorf("message %d: %v", i, err)
				return
			}
		}
		_ = conn.Close()
	})
	p := s.connect(t)
	for range count {
		if f := p.read(); len(f.payload) != 32<<10 {
			t.Fatalf("got %d bytes", len(f.payload))
		}
	}
	p.checkClose(p.read(), ws.CodeNormal)
	p.sendFrames(frame{fin: true, opcode: opClose, payload: closePayload(1000, "")})
}

// TestConnCloses covers the ways a host says goodbye.
func TestConnCloses(t *testing.T) {
	tests := []struct {
		name   string
		close  func(*ws.Conn) error
		code   ws.Code
		reason string
	}{
		{"Close", func(c *ws.Conn) error { return c.Close() }, ws.CodeNormal, ""},
		{"CloseWith", func(c *ws.Conn) error { return c.CloseWith(4000, "enough") }, 4000, "enough"},
		{"WriteMessage", func(c *ws.Conn) error {
			return c.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1001, "bye"))
		}, ws.CodeGoingAway, "bye"},
		{"WriteControl without a code", func(c *ws.Conn) error {
			return c.WriteControl(websocket.CloseMessage, nil, time.Now().Add(time.Second))
		}, ws.CodeNormal, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := accept(t, ws.Config{}, func(conn *ws.Conn) {
				if err := tt.close(conn); err != nil {
					t.Error(err)
				}
				_, _, _ = conn.ReadMessage()
			})
			p := s.connect(t)
			f := p.read()
			if reason := p.checkClose(f, tt.code); reason != tt.reason {
				t.Errorf("reason %q, want %q", reason, tt.reason)
			}
			p.sendFrames(frame{fin: true, opcode: opClose, payload: f.payload})
			if _, err := p.next(); err == nil {
				t.Error("the connection goes on")
			}
		})
	}
}

// TestConnIsDrained closes a loop that waits for a message, and one that does
// not read at all.
func TestConnIsDrained(t *testing.T) {
	release := make(chan struct{})
	tests := []struct {
		name string
		loop func(*ws.Conn)
	}{
		{"reading", documentedLoop},
		{"busy", func(conn *ws.Conn) { <-release; _ = conn.Close() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := accept(t, ws.Config{CloseTimeout: 300 * time.Millisecond}, tt.loop)
			conn := s.dial(t)
			waitFor(t, "connection", s.opened)
			done := make(chan error, 1)
			go func() { done <- s.hub.Shutdown(context.Background()) }()
			if _, _, err := conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("the client saw %v, want 1001", err)
			}
			if err := waitFor(t, "Shutdown", done); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
}

// TestConnThatIsDropped lets the loop return without Close.
func TestConnThatIsDropped(t *testing.T) {
	s := accept(t, ws.Config{}, func(conn *ws.Conn) {})
	conn := s.dial(t)
	waitFor(t, "connection", s.opened)
	closed := make(chan error, 1)
	go func() {
		_, _, err := conn.ReadMessage()
		closed <- err
	}()
	deadline := time.After(patience)
	for {
		runtime.GC()
		select {
		case err := <-closed:
			if !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("the client saw %v, want 1001", err)
			}
			return
		case <-deadline:
			t.Fatal("the connection was never closed")
		case <-time.After(time.Millisecond):
		}
	}
}

// TestConnHandlers keeps a host's own ping, pong and close handlers working
// beside the session's.
func TestConnHandlers(t *testing.T) {
	events := make(chan string, 10)
	s := accept(t, ws.Config{}, func(conn *ws.Conn) {
		conn.SetPingHandler(func(data string) error { events <- "ping " + data; return nil })
		conn.SetPongHandler(func(data string) error { events <- "pong " + data; return nil })
		conn.SetCloseHandler(func(code int, reason string) error {
			events <- fmt.Sprintf("close %d %s", code, reason)
			return nil
		})
		_, _, _ = conn.ReadMessage()
	})
	p := s.connect(t)
	p.sendFrames(
		frame{fin: true, opcode: opPing, payload: "a"},
		frame{fin: true, opcode: opPong, payload: "b"},
		frame{fin: true, opcode: opClose, payload: closePayload(1000, "c")},
	)
	p.expect(frame{fin: true, opcode: opPong, payload: "a"})
	p.expectClose(ws.CodeNormal)
	for _, want := range []string{"ping a", "pong b", "close 1000 c"} {
		if got := waitFor(t, want, events); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
