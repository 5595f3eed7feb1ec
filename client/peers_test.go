package client_test

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

// patience is how long a test waits for what must happen.
const patience = 30 * time.Second

// direct uses no proxy, whatever the environment of the test says.
func direct() client.Options {
	return client.Options{Proxy: http.ProxyURL(nil)}
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// serve runs a gorilla server that hands every connection to session, and
// returns its ws URL. It waits for the sessions when the test ends.
func serve(t *testing.T, session func(*websocket.Conn, *http.Request)) string {
	t.Helper()
	return webSocketURL(startServer(t, httptest.NewServer, session).URL)
}

func startServer(t *testing.T, start func(http.Handler) *httptest.Server, session func(*websocket.Conn, *http.Request)) *httptest.Server {
	t.Helper()
	upgrader := websocket.Upgrader{
		CheckOrigin:  func(*http.Request) bool { return true },
		Subprotocols: []string{"v2.test", "v1.test"},
	}
	ended := make(chan struct{}, 1024)
	begun := make(chan struct{}, 1024)
	server := start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun <- struct{}{}
		defer func() { ended <- struct{}{} }()
		conn, err := upgrader.Upgrade(w, r, http.Header{"X-Trace": {"abc"}})
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		session(conn, r)
	}))
	t.Cleanup(func() {
		server.Close()
		for range len(begun) {
			await(t, ended, "the server's session to end")
		}
	})
	return server
}

func webSocketURL(httpURL string) string {
	return "ws" + strings.TrimPrefix(httpURL, "http")
}

// echo is a session that sends everything back.
func echo(conn *websocket.Conn, _ *http.Request) {
	for {
		kind, data, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if err := conn.WriteMessage(kind, data); err != nil {
			return
		}
	}
}

// drain reads until the connection ends and returns why.
func drain(conn *websocket.Conn) error {
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			return err
		}
	}
}

// listen runs a TCP server that gives every connection to handle and closes it
// after. It returns host:port.
func listen(t *testing.T, handle func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			handle(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		await(t, done, "the TCP server to end")
	})
	return listener.Addr().String()
}

// serveRaw runs a TCP server that makes a correct handshake and then hands the
// bare connection to session. It returns a ws URL.
func serveRaw(t *testing.T, session func(net.Conn, *bufio.Reader)) string {
	t.Helper()
	return "ws://" + listen(t, func(conn net.Conn) {
		reader := bufio.NewReader(conn)
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, switching(acceptKey(request)))
		session(conn, reader)
	})
}

// switching is a 101 answer with the given extra headers before its end.
func switching(accept string, extra ...string) string {
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Accept: " + accept + "\r\n" + strings.Join(extra, "") + "\r\n"
}

func acceptKey(r *http.Request) string {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Opcodes with and without the FIN bit.
const (
	finText     = 0x81
	finBinary   = 0x82
	finContinue = 0x80
	finClose    = 0x88
	finPing     = 0x89
	startText   = 0x01
	moreText    = 0x00
)

// frame is one frame as a server sends it.
func frame(first byte, payload []byte) []byte {
	switch n := len(payload); {
	case n < 126:
		return append([]byte{first, byte(n)}, payload...)
	case n < 1<<16:
		return append(binary.BigEndian.AppendUint16([]byte{first, 126}, uint16(n)), payload...)
	default:
		return append(binary.BigEndian.AppendUint64([]byte{first, 127}, uint64(n)), payload...)
	}
}

func closeFrame(code int, reason string) []byte {
	return frame(finClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

// readFrame reads one short frame as a client sends it.
func readFrame(reader io.Reader) (first byte, payload []byte, err error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(reader, head); err != nil {
		return 0, nil, err
	}
	if head[1]&0x80 == 0 {
		return 0, nil, errors.New("frame of a client without mask")
	}
	rest := make([]byte, 4+int(head[1]&0x7f))
	if len(rest) > 4+125 {
		return 0, nil, errors.New("longer frame than the test knows")
	}
	if _, err := io.ReadFull(reader, rest); err != nil {
		return 0, nil, err
	}
	payload = rest[4:]
	for i := range payload {
		payload[i] ^= rest[i%4]
	}
	return head[0], payload, nil
}

// dial connects, and cuts the connection when the test ends.
func dial(t *testing.T, url string, options client.Options) *client.Conn {
	t.Helper()
	conn, err := client.Dial(testContext(t), url, options)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	t.Cleanup(conn.CloseNow)
	return conn
}

// dialFails dials where that must fail, and returns the error's own type.
func dialFails(t *testing.T, ctx context.Context, url string, options client.Options) *client.DialError {
	t.Helper()
	conn, err := client.Dial(ctx, url, options)
	if err == nil {
		conn.CloseNow()
		t.Fatal("dial did not fail")
	}
	var dialError *client.DialError
	if !errors.As(err, &dialError) {
		t.Fatalf("error of type %T is no DialError: %v", err, err)
	}
	return dialError
}

func wantStage(t *testing.T, err *client.DialError, stage client.Stage) {
	t.Helper()
	if err.Stage != stage {
		t.Errorf("stage %q, want %q: %v", err.Stage, stage, err)
	}
}

func wantClose(t *testing.T, err error, code ws.Code, reason string) {
	t.Helper()
	var closed *ws.CloseError
	if !errors.As(err, &closed) {
		t.Fatalf("error holds no CloseError: %v", err)
	}
	if closed.Code != code || closed.Reason != reason {
		t.Fatalf("closed with %s %q, want %s %q", closed.Code, closed.Reason, code, reason)
	}
}

func wantMessage(t *testing.T, conn *client.Conn, kind ws.Type, data string) {
	t.Helper()
	m, err := conn.Read(testContext(t))
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if m.Type != kind || string(m.Data) != data {
		t.Fatalf("got %s %.80q, want %s %.80q", m.Type, m.Data, kind, data)
	}
}

// readError reads until there is an error.
func readError(t *testing.T, conn *client.Conn) error {
	t.Helper()
	ctx := testContext(t)
	for {
		if _, err := conn.Read(ctx); err != nil {
			return err
		}
	}
}

// await waits for one value, or for the channel to be closed.
func await[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(patience):
		t.Fatalf("waited in vain for %s", what)
	}
	panic("not reached")
}

func mustURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
