package client_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

func TestDialSchemes(t *testing.T) {
	url := serve(t, echo)
	for _, scheme := range []string{"ws", "WS", "http", "HTTP"} {
		conn := dial(t, scheme+strings.TrimPrefix(url, "ws"), direct())
		if err := conn.Write(testContext(t), ws.TextMessage(scheme)); err != nil {
			t.Fatal(err)
		}
		wantMessage(t, conn, ws.Text, scheme)
	}
}

func TestDialSendsWhatItIsGiven(t *testing.T) {
	requests := make(chan *http.Request, 1)
	url := serve(t, func(conn *websocket.Conn, r *http.Request) {
		requests <- r
		echo(conn, r)
	})
	options := direct()
	options.Header = http.Header{"authorization": {"Bearer t"}, "X-Many": {"1", "2"}}
	options.Origin = "https://example.com"
	options.Subprotocols = []string{"v1.test", "v0.test"}
	conn := dial(t, url+"/chat?token=s3cret", options)
	r := await(t, requests, "the request")
	if got := r.Header.Get("Authorization"); got != "Bearer t" {
		t.Errorf("authorization %q", got)
	}
	if got := r.Header["X-Many"]; len(got) != 2 {
		t.Errorf("repeated header arrived as %q", got)
	}
	if got := r.Header.Get("Origin"); got != options.Origin {
		t.Errorf("origin %q", got)
	}
	if r.URL.Path != "/chat" || r.URL.RawQuery != "token=s3cret" {
		t.Errorf("url %s", r.URL)
	}
	if got := conn.Subprotocol(); got != "v1.test" {
		t.Errorf("subprotocol %q", got)
	}
	if got := conn.Response().Header.Get("X-Trace"); got != "abc" {
		t.Errorf("header of the answer %q", got)
	}
	if conn.Response().Request != nil {
		t.Error("the answer keeps the request with its credentials")
	}
	if conn.RemoteAddr().String() != strings.TrimPrefix(url, "ws://") || conn.LocalAddr() == nil {
		t.Errorf("addresses %v %v", conn.RemoteAddr(), conn.LocalAddr())
	}
}

func TestDialContextDoesNotOutlive(t *testing.T) {
	url := serve(t, echo)
	ctx, cancel := context.WithCancel(t.Context())
	conn, err := client.Dial(ctx, url, direct())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	cancel()
	if err := conn.Write(testContext(t), ws.TextMessage("still here")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "still here")
}

func TestDialOverTLS(t *testing.T) {
	server := startServer(t, httptest.NewTLSServer, echo)
	url := webSocketURL(server.URL)
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	for name, config := range map[string]*tls.Config{
		"trusted":              {RootCAs: pool},
		"insecure":             {InsecureSkipVerify: true},
		"shared with net/http": {RootCAs: pool, NextProtos: []string{"h2", "http/1.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			options := direct()
			options.TLS = config
			conn := dial(t, url, options)
			if conn.Response().TLS == nil || conn.Response().TLS.Version < tls.VersionTLS12 {
				t.Errorf("tls state %+v", conn.Response().TLS)
			}
			big := strings.Repeat("é", 100_000)
			if err := conn.Write(testContext(t), ws.TextMessage(big)); err != nil {
				t.Fatal(err)
			}
			wantMessage(t, conn, ws.Text, big)
			if err := conn.Close(ws.CodeNormal, ""); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDialUntrustedCertificates(t *testing.T) {
	server := startServer(t, httptest.NewTLSServer, echo)
	server.Config.ErrorLog = quietLog()
	url := webSocketURL(server.URL)

	err := dialFails(t, testContext(t), url, direct())
	wantStage(t, err, client.StageTLS)
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		t.Errorf("no UnknownAuthorityError in %v", err)
	}

	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	options := direct()
	options.TLS = &tls.Config{RootCAs: pool, ServerName: "elsewhere.test"}
	err = dialFails(t, testContext(t), url, options)
	wantStage(t, err, client.StageTLS)
	var hostname x509.HostnameError
	if !errors.As(err, &hostname) {
		t.Errorf("no HostnameError in %v", err)
	}
}

func TestDialTLSToPlainServer(t *testing.T) {
	url := "wss" + strings.TrimPrefix(serve(t, echo), "ws")
	err := dialFails(t, testContext(t), url, direct())
	wantStage(t, err, client.StageTLS)
	var record tls.RecordHeaderError
	if !errors.As(err, &record) {
		t.Errorf("no RecordHeaderError in %v", err)
	}
}

func TestDialRefused(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	refused := dialFails(t, testContext(t), "ws://"+address+"/ws?token=s3cret", direct())
	wantStage(t, refused, client.StageConnect)
	if !refused.Refused() || refused.Timeout() {
		t.Errorf("refused %v, timeout %v: %v", refused.Refused(), refused.Timeout(), refused)
	}
	if strings.Contains(refused.Error(), "s3cret") || !strings.Contains(refused.Error(), "ws://"+address+"/ws") {
		t.Errorf("text %q", refused)
	}
	if gerror.Code(refused) != gcode.CodeOperationFailed {
		t.Errorf("code %v", gerror.Code(refused))
	}
}

// The peer accepts and says nothing, at each stage where that can happen.
func TestDialTimesOut(t *testing.T) {
	silent := func(conn net.Conn) {
		buffer := make([]byte, 4096)
		for {
			if _, err := conn.Read(buffer); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name, url string
		proxy     string
		stage     client.Stage
	}{
		{"before the answer", "ws://" + listen(t, silent), "", client.StageHandshake},
		{"before the certificate", "wss://" + listen(t, silent), "", client.StageTLS},
		{"in the http proxy", "ws://example.test", "http://" + listen(t, silent), client.StageProxy},
		{"in the https proxy", "ws://example.test", "https://" + listen(t, silent), client.StageProxy},
		{"in the socks proxy", "ws://example.test", "socks5://" + listen(t, silent), client.StageProxy},
	}
	for _, test := range tests {
		options := client.Options{Proxy: http.ProxyURL(nil)}
		if test.proxy != "" {
			options.Proxy = http.ProxyURL(mustURL(t, test.proxy))
		}
		t.Run(test.name+" by the option", func(t *testing.T) {
			wantTimeout(t, timeOutIn(test.stage, func(limit time.Duration) *client.DialError {
				options := options
				options.HandshakeTimeout = limit
				return dialFails(t, testContext(t), test.url, options)
			}), test.stage)
		})
		t.Run(test.name+" by the context", func(t *testing.T) {
			wantTimeout(t, timeOutIn(test.stage, func(limit time.Duration) *client.DialError {
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				defer cancel()
				return dialFails(t, ctx, test.url, options)
			}), test.stage)
		})
	}
}

// timeOutIn dials until the time is over in stage, or was enough to get there: on
// a busy machine a short one may be over before.
func timeOutIn(stage client.Stage, dial func(limit time.Duration) *client.DialError) *client.DialError {
	for limit := 100 * time.Millisecond; ; limit *= 4 {
		if err := dial(limit); err.Stage == stage || limit > patience/4 {
			return err
		}
	}
}

func wantTimeout(t *testing.T, err *client.DialError, stage client.Stage) {
	t.Helper()
	wantStage(t, err, stage)
	var network net.Error
	if !err.Timeout() || !errors.Is(err, context.DeadlineExceeded) || !errors.As(error(err), &network) {
		t.Errorf("not told as a timeout: %v", err)
	}
}

func TestDialCancelled(t *testing.T) {
	asked := make(chan struct{}, 1)
	address := listen(t, func(conn net.Conn) {
		buffer := make([]byte, 4096)
		for {
			if _, err := conn.Read(buffer); err != nil {
				return
			}
			asked <- struct{}{}
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		<-asked
		cancel()
	}()
	err := dialFails(t, ctx, "ws://"+address, direct())
	wantStage(t, err, client.StageHandshake)
	if !errors.Is(err, context.Canceled) || err.Timeout() {
		t.Errorf("not told as cancelled: %v", err)
	}
}

func TestDialWithContextThatIsOver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := dialFails(t, ctx, serve(t, echo), direct()); !errors.Is(err, context.Canceled) {
		t.Errorf("not told as cancelled: %v", err)
	}
}
