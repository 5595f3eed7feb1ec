package cmd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gogf/gf/v2/os/gcmd"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

// clientPatience is how long these tests wait for what must happen.
const clientPatience = 30 * time.Second

// outcome is what a run of the command left behind.
type outcome struct {
	out  string
	code int
	err  error
}

// runClientWith runs the command as the executable does, and checks that no
// goroutine stays.
func runClientWith(t *testing.T, ctx context.Context, s streams, args ...string) (int, error) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	root := &gcmd.Command{Name: "gf-websocket"}
	if err := root.AddCommand(newClientCommand(s)); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"gf-websocket", "client"}, args...)
	_, err := root.RunWithSpecificArgs(withArguments(ctx, args), args)
	if leak := goleak.Find(before, ignoreServers()); leak != nil {
		t.Error(leak)
	}
	return ExitCode(err), err
}

// ignoreServers lets the peers of a test go on.
func ignoreServers() goleak.Option {
	return goleak.IgnoreAnyFunction("net/http.(*conn).serve")
}

func clientContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), clientPatience)
	t.Cleanup(cancel)
	return ctx
}

// clientSays runs the command with in as its input.
func clientSays(t *testing.T, in string, args ...string) outcome {
	t.Helper()
	var out bytes.Buffer
	code, err := runClientWith(t, clientContext(t), streams{in: strings.NewReader(in), out: &out}, args...)
	return outcome{out: out.String(), code: code, err: err}
}

func (o outcome) want(t *testing.T, code int, out, text string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit code %d, want %d: %v", o.code, code, o.err)
	}
	if o.out != out {
		t.Errorf("printed %.300q, want %.300q", o.out, out)
	}
	switch {
	case text == "" && o.err != nil:
		t.Errorf("error %v", o.err)
	case text != "" && (o.err == nil || !strings.Contains(o.err.Error(), text)):
		t.Errorf("error %v, want %q in it", o.err, text)
	}
	if o.err != nil && strings.ContainsAny(o.err.Error(), "\x1b\x07") {
		t.Errorf("error %q could drive a terminal", o.err)
	}
}

// peer is a WebSocket server of a test.
type peer struct {
	url    string
	server *httptest.Server
	mu     sync.Mutex
	header http.Header // of the last handshake
	ended  error       // why the last session's reads ended
}

func startPeer(t *testing.T, start func(http.Handler) *httptest.Server, session func(*websocket.Conn) error) *peer {
	t.Helper()
	p := &peer{}
	var sessions sync.WaitGroup
	upgrader := websocket.Upgrader{
		CheckOrigin:  func(*http.Request) bool { return true },
		Subprotocols: []string{"v2.test"},
	}
	p.server = start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sessions.Add(1)
		defer sessions.Done()
		p.mu.Lock()
		p.header = r.Header
		p.mu.Unlock()
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		err = session(conn)
		p.mu.Lock()
		p.ended = err
		p.mu.Unlock()
	}))
	p.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.url = "ws" + strings.TrimPrefix(p.server.URL, "http") + "/ws"
	t.Cleanup(func() {
		p.server.Close()
		sessions.Wait()
	})
	return p
}

// servePeer runs a plain server.
func servePeer(t *testing.T, session func(*websocket.Conn) error) *peer {
	t.Helper()
	return startPeer(t, httptest.NewServer, session)
}

func (p *peer) lastHeader() http.Header {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.header
}

// closedWith waits until the last session has ended with a close frame.
func (p *peer) closedWith(t *testing.T, code int) {
	t.Helper()
	deadline := time.Now().Add(clientPatience)
	for {
		p.mu.Lock()
		ended := p.ended
		p.mu.Unlock()
		if ended != nil || time.Now().After(deadline) {
			var closed *websocket.CloseError
			if !errors.As(ended, &closed) || closed.Code != code {
				t.Errorf("the server's session ended with %v, want %d", ended, code)
			}
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// echoing sends everything back until the connection ends.
func echoing(conn *websocket.Conn) error {
	for {
		kind, data, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if err := conn.WriteMessage(kind, data); err != nil {
			return err
		}
	}
}

// mute reads and never answers.
func mute(conn *websocket.Conn) error {
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			return err
		}
	}
}

// closing answers the first message with a close frame.
func closing(code int, reason string) func(*websocket.Conn) error {
	return func(conn *websocket.Conn) error {
		if _, _, err := conn.ReadMessage(); err != nil {
			return err
		}
		_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason))
		return mute(conn)
	}
}

// hangingUp ends the TCP connection at the first message.
func hangingUp(conn *websocket.Conn) error {
	_, _, err := conn.ReadMessage()
	return err
}

// answeringHTTP runs a server that gives one HTTP answer.
func answeringHTTP(t *testing.T, status int, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return "ws" + strings.TrimPrefix(server.URL, "http")
}

// silentTCP runs a server that accepts, says text if there is any, and then
// waits until the peer leaves.
func silentTCP(t *testing.T, text string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, text)
			_, _ = io.Copy(io.Discard, conn)
			_ = conn.Close()
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		group.Wait()
	})
	return "ws://" + listener.Addr().String()
}

// nobody returns an address where nothing listens.
func nobody(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return "ws://" + listener.Addr().String()
}
