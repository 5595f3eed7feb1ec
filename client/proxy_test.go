package client_test

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// tunnelProxy is an HTTP CONNECT proxy that wants user "ann", password "pass word".
type tunnelProxy struct {
	mu     sync.Mutex
	asked  []string
	active sync.WaitGroup
}

func (p *tunnelProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.active.Add(1)
	defer p.active.Done()
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
		return
	}
	// Authorization's reader serves for Proxy-Authorization, which is alike.
	r.Header.Set("Authorization", r.Header.Get("Proxy-Authorization"))
	if user, password, ok := r.BasicAuth(); !ok || user != "ann" || password != "pass word" {
		http.Error(w, "who are you", http.StatusProxyAuthRequired)
		return
	}
	p.mu.Lock()
	p.asked = append(p.asked, r.Host)
	p.mu.Unlock()
	server, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, "cannot reach it", http.StatusBadGateway)
		return
	}
	caller, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = server.Close()
		return
	}
	_, _ = io.WriteString(caller, "HTTP/1.1 200 Connection established\r\n\r\n")
	relay(caller, buffered.Reader, server)
}

// relay copies both ways until either side ends.
func relay(caller net.Conn, fromCaller io.Reader, server net.Conn) {
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(server, fromCaller)
		_ = server.Close()
	})
	both.Go(func() {
		_, _ = io.Copy(caller, server)
		_ = caller.Close()
	})
	both.Wait()
}

func (p *tunnelProxy) hosts() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.asked, " ")
}

func startProxy(t *testing.T, start func(http.Handler) *httptest.Server) (*tunnelProxy, *url.URL) {
	t.Helper()
	proxy := &tunnelProxy{}
	server := start(proxy)
	t.Cleanup(func() {
		server.Close()
		proxy.active.Wait()
	})
	return proxy, mustURL(t, server.URL)
}

func TestProxyTunnel(t *testing.T) {
	plain := serve(t, echo)
	secured := webSocketURL(startServer(t, httptest.NewTLSServer, echo).URL)
	proxies := map[string]func(http.Handler) *httptest.Server{
		"http": httptest.NewServer, "https": httptest.NewTLSServer,
	}
	for name, start := range proxies {
		for _, target := range []string{plain, secured} {
			t.Run(name+" to "+target[:3], func(t *testing.T) {
				proxy, at := startProxy(t, start)
				at.User = url.UserPassword("ann", "pass word")
				conn := dial(t, target, client.Options{
					Proxy: http.ProxyURL(at),
					TLS:   &tls.Config{InsecureSkipVerify: true},
				})
				if err := conn.Write(testContext(t), ws.TextMessage("through")); err != nil {
					t.Fatal(err)
				}
				wantMessage(t, conn, ws.Text, "through")
				if got := proxy.hosts(); got != mustURL(t, target).Host {
					t.Errorf("the proxy was asked for %q", got)
				}
				if err := conn.Close(ws.CodeNormal, ""); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// The proxy function gets what http.ProxyFromEnvironment needs.
func TestProxyFunctionSeesHTTPURL(t *testing.T) {
	var got []string
	for _, target := range []string{"ws://one.test:81/a", "wss://two.test/b"} {
		options := client.Options{Proxy: func(r *http.Request) (*url.URL, error) {
			got = append(got, r.URL.String())
			return nil, errors.New("stop")
		}}
		wantStage(t, dialFails(t, testContext(t), target, options), client.StageProxy)
	}
	if strings.Join(got, " ") != "http://one.test:81/a https://two.test/b" {
		t.Errorf("asked for %q", got)
	}
}

func TestProxyRefusals(t *testing.T) {
	target := serve(t, echo)
	_, wantsPassword := startProxy(t, httptest.NewServer)
	wrong := *wantsPassword
	wrong.User = url.UserPassword("ann", "s3cret")
	closed := *wantsPassword
	closed.Host = closedPort(t)
	closed.User = url.UserPassword("ann", "s3cret")
	tests := []struct {
		name   string
		proxy  *url.URL
		status int
		text   string
	}{
		{"no password", wantsPassword, 407, "the proxy answered 407"},
		{"wrong password", &wrong, 407, "the proxy answered 407"},
		{"nothing listens", &closed, 0, "refused"},
		{"unknown scheme", mustURL(t, "gopher://ann:s3cret@127.0.0.1:1"), 0, `scheme "gopher"`},
		{"no host", mustURL(t, "http://"), 0, "names no host"},
		{"status without words", mustURL(t, "http://ann:s3cret@"+sayingAtOnce(t, "HTTP/1.1 407\r\n\r\n")), 407, "407"},
		{"no http", mustURL(t, "http://ann:s3cret@"+sayingAtOnce(t, "\x1b[2Jboo\r\n")), 0, "no valid answer of the proxy"},
		{"talks too early", mustURL(t, "http://"+sayingAtOnce(t, "HTTP/1.1 200 OK\r\n\r\nmore")), 0, "before it was asked"},
		{"no socks", mustURL(t, "socks5://ann:s3cret@"+sayingAtOnce(t, "HTTP/1.1 400 Bad Request\r\n\r\n")), 0, "protocol version"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := dialFails(t, testContext(t), target, client.Options{Proxy: http.ProxyURL(test.proxy)})
			wantStage(t, err, client.StageProxy)
			if !strings.Contains(err.Error(), test.text) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("text %q, want %q in it", err, test.text)
			}
			if strings.Contains(err.Error(), "\x1b") {
				t.Errorf("text %q has a control character", err)
			}
			var answer *client.HandshakeError
			if errors.As(err, &answer) != (test.status != 0) || answer != nil && answer.StatusCode != test.status {
				t.Errorf("answer %+v", answer)
			}
			if refused := test.name == "nothing listens"; err.Refused() != refused {
				t.Errorf("refused %v", err.Refused())
			}
		})
	}
}

// An environment with a broken proxy address must not show its password.
func TestProxyErrorTextIsNotShown(t *testing.T) {
	cause := errors.New(`invalid proxy address "http://ann:s3cret@%zz"`)
	options := client.Options{Proxy: func(*http.Request) (*url.URL, error) { return nil, cause }}
	err := dialFails(t, testContext(t), "ws://example.test", options)
	if strings.Contains(err.Error(), "s3cret") || !errors.Is(err, cause) {
		t.Errorf("text %q", err)
	}
}

func TestProxySocks(t *testing.T) {
	target := serve(t, echo)
	port := mustURL(t, target).Port()
	asked := make(chan string, 1)
	proxy := listen(t, func(conn net.Conn) { serveSocks(conn, asked) })
	options := client.Options{Proxy: http.ProxyURL(mustURL(t, "socks5://ann:pw@"+proxy))}
	conn := dial(t, "ws://localhost:"+port, options)
	if got := await(t, asked, "the proxy"); got != "ann:pw localhost" {
		t.Errorf("the proxy was asked %q", got)
	}
	if err := conn.Write(testContext(t), ws.TextMessage("through")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "through")
	conn.CloseNow()
}

// serveSocks speaks just enough of RFC 1928 and 1929 for one name and password.
func serveSocks(conn net.Conn, asked chan<- string) {
	r := bufio.NewReader(conn)
	field := func() []byte {
		n, _ := r.ReadByte()
		data := make([]byte, n)
		_, _ = io.ReadFull(r, data)
		return data
	}
	_, _ = r.ReadByte() // version
	field()             // methods
	_, _ = conn.Write([]byte{5, 2})
	_, _ = r.ReadByte()
	user, password := field(), field()
	_, _ = conn.Write([]byte{1, 0})
	_, _ = r.Discard(4) // version, connect, reserved, name
	host := field()
	port := make([]byte, 2)
	_, _ = io.ReadFull(r, port)
	asked <- string(user) + ":" + string(password) + " " + string(host)
	server, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(port[0])<<8 | int(port[1])})
	if err != nil {
		return
	}
	_, _ = conn.Write([]byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 1})
	relay(conn, r, server)
}

// closedPort is an address where nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// sayingAtOnce runs a server that reads a little, says text and hangs up.
func sayingAtOnce(t *testing.T, text string) string {
	t.Helper()
	return listen(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, text)
	})
}
