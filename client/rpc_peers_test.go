package client_test

import (
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gorilla/websocket"
)

// rpcServer is a JSON-RPC server without any method: a test takes its sessions
// and answers by hand. It can be killed and started again on the same port.
type rpcServer struct {
	t        *testing.T
	address  string
	sessions chan *rpcSession
	requests chan *http.Request

	mu     sync.Mutex
	refuse func(http.ResponseWriter) // answers instead of an upgrade; may be nil
	server *http.Server
	alive  bool
	conns  []*websocket.Conn
	group  sync.WaitGroup
}

// rpcSession is one connection of the server.
type rpcSession struct {
	t        *testing.T
	conn     *websocket.Conn
	received chan rpcMessage // closed when the connection ends
	ended    error           // set before
	writing  sync.Mutex
}

type rpcMessage struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *client.Error   `json:"error"`
}

func startRPC(t *testing.T) *rpcServer {
	t.Helper()
	s := &rpcServer{t: t, address: "127.0.0.1:0", sessions: make(chan *rpcSession, 1024), requests: make(chan *http.Request, 1024)}
	s.start()
	t.Cleanup(s.kill)
	return s
}

func (s *rpcServer) url() string { return "ws://" + s.address + "/rpc" }

// start listens, on the port of before if there was one. Another process may
// hold that for a moment.
func (s *rpcServer) start() {
	s.t.Helper()
	var listener net.Listener
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if listener, err = net.Listen("tcp", s.address); err == nil {
			break
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.address = listener.Addr().String()
	server := &http.Server{Handler: http.HandlerFunc(s.serve)}
	s.mu.Lock()
	s.server, s.alive = server, true
	s.mu.Unlock()
	s.group.Go(func() { _ = server.Serve(listener) })
}

// kill ends the server and cuts all of its connections.
func (s *rpcServer) kill() {
	s.mu.Lock()
	server, conns := s.server, s.conns
	s.conns, s.alive = nil, false
	s.mu.Unlock()
	_ = server.Close()
	for _, conn := range conns {
		_ = conn.Close()
	}
	s.group.Wait()
}

// answerHTTP makes the server answer without an upgrade; nil ends that.
func (s *rpcServer) answerHTTP(answer func(http.ResponseWriter)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = answer
}

func (s *rpcServer) serve(w http.ResponseWriter, r *http.Request) {
	refuse, alive := s.begin()
	if !alive {
		return
	}
	defer s.group.Done()
	s.requests <- r
	if refuse != nil {
		refuse(w)
		return
	}
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	if !s.keep(conn) {
		return
	}
	session := &rpcSession{t: s.t, conn: conn, received: make(chan rpcMessage, 4096)}
	s.sessions <- session
	session.read()
}

// begin counts a request in, unless the server has been killed.
func (s *rpcServer) begin() (refuse func(http.ResponseWriter), alive bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.alive {
		s.group.Add(1)
	}
	return s.refuse, s.alive
}

// keep notes a connection for kill, unless that has been.
func (s *rpcServer) keep(conn *websocket.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = append(s.conns, conn)
	return s.alive
}

// accept returns the next connection.
func (s *rpcServer) accept() *rpcSession {
	s.t.Helper()
	return await(s.t, s.sessions, "a connection of the client")
}

func (s *rpcSession) read() {
	defer close(s.received)
	for {
		_, data, err := s.conn.ReadMessage()
		if err != nil {
			s.ended = err
			return
		}
		var m rpcMessage
		if err := json.Unmarshal(data, &m); err != nil {
			s.ended = err
			return
		}
		s.received <- m
	}
}

// next returns what the client sends next.
func (s *rpcSession) next() rpcMessage {
	s.t.Helper()
	select {
	case m, ok := <-s.received:
		if !ok {
			s.t.Fatalf("the client has gone: %v", s.ended)
		}
		return m
	case <-time.After(patience):
		s.t.Fatal("the client sends nothing")
	}
	panic("not reached")
}

// expect returns the next message, which must be of the method.
func (s *rpcSession) expect(method string) rpcMessage {
	s.t.Helper()
	m := s.next()
	if m.Method != method {
		s.t.Fatalf("got %+v, want a call of %s", m, method)
	}
	return m
}

// gone waits until the client has gone, and returns how.
func (s *rpcSession) gone() error {
	s.t.Helper()
	for {
		select {
		case _, ok := <-s.received:
			if !ok {
				return s.ended
			}
		case <-time.After(patience):
			s.t.Fatal("the client stays")
		}
	}
}

// send sends text as it is. A client that has gone is none of its business.
func (s *rpcSession) send(text string) {
	s.writing.Lock()
	defer s.writing.Unlock()
	_ = s.conn.WriteMessage(websocket.TextMessage, []byte(text))
}

func (s *rpcSession) reply(m rpcMessage, result string) {
	s.send(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":` + result + `}`)
}

func (s *rpcSession) fail(m rpcMessage, problem string) {
	s.send(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"error":` + problem + `}`)
}

func (s *rpcSession) notify(method, params string) {
	s.send(`{"jsonrpc":"2.0","method":"` + method + `","params":` + params + `}`)
}

// close closes with a close frame, as a server does.
func (s *rpcSession) close(code int) {
	message := websocket.FormatCloseMessage(code, "")
	_ = s.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(patience))
}
