package cmd

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

func TestClientOneMessage(t *testing.T) {
	echo := servePeer(t, echoing)
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"text":           {[]string{"hello word"}, "1 hello word\n"},
		"empty":          {[]string{""}, "1 \n"},
		"long option":    {[]string{"hello", "--binary"}, "2 hello\n"},
		"short option":   {[]string{"-b", "hello"}, "2 hello\n"},
		"with a dash":    {[]string{"--timeout", "5s", "--", "-x"}, "1 -x\n"},
		"of lines":       {[]string{"a\nb"}, "1 a\nb\n"},
		"option of gf":   {[]string{"hello", "--gf.gcfg.file=none.yaml"}, "1 hello\n"},
		"gf with value":  {[]string{"--gf.gcfg.file", "none.yaml", "hello"}, "1 hello\n"},
		"binary no text": {[]string{"\xff\xfe", "-b"}, "2 \xff\xfe\n"},
	} {
		t.Run(name, func(t *testing.T) {
			clientSays(t, "", append([]string{echo.url}, test.args...)...).want(t, ExitOK, test.want, "")
			echo.closedWith(t, websocket.CloseNormalClosure)
		})
	}
	t.Run("near the server's limit and over a frame", func(t *testing.T) {
		long := strings.Repeat("é", 500_000)
		clientSays(t, "", echo.url, long).want(t, ExitOK, "1 "+long+"\n", "")
	})
}

func TestClientExitCodes(t *testing.T) {
	echo := servePeer(t, echoing)
	secure := startPeer(t, httptest.NewTLSServer, echoing)
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	form := `{"code":62,"message":"origin not allowed","data":null}`
	secureURL := "ws" + strings.TrimPrefix(secure.server.URL, "http")
	tests := []struct {
		name string
		args []string
		code int
		text string
	}{
		{"unknown option", []string{echo.url, "x", "--colour"}, ExitUsage, "no option --colour;"},
		{"unknown option with value", []string{echo.url, "x", "--token=s3cret"}, ExitUsage, "no option --token;"},
		{"unknown short option", []string{echo.url, "x", "-z"}, ExitUsage, "no option -z;"},
		{"option in other case", []string{echo.url, "x", "--Binary"}, ExitUsage, "no option --Binary;"},
		{"value for a switch", []string{echo.url, "x", "--insecure=yes"}, ExitUsage, "--insecure takes no value"},
		{"option without value", []string{echo.url, "x", "--origin"}, ExitUsage, "--origin needs a value"},
		{"option with empty value", []string{echo.url, "x", "--origin="}, ExitUsage, "--origin needs a value"},
		{"timeout without unit", []string{echo.url, "x", "--timeout", "10"}, ExitUsage, "write 10s"},
		{"timeout with point without unit", []string{echo.url, "x", "--timeout=1.5"}, ExitUsage, "write 1.5s"},
		{"timeout of zero", []string{echo.url, "x", "--timeout", "0s"}, ExitUsage, "more than 0"},
		{"timeout below zero", []string{echo.url, "x", "--timeout=-1s"}, ExitUsage, "more than 0"},
		{"timeout in words", []string{echo.url, "x", "--timeout", "soon"}, ExitUsage, "10s or 500ms"},
		{"too many arguments", []string{echo.url, "hello", "word"}, ExitUsage, "quotes"},
		{"header without colon", []string{echo.url, "x", "--header", "s3cret"}, ExitUsage, `"Name: value"`},
		{"header without name", []string{echo.url, "x", "--header", ": s3cret"}, ExitUsage, `"Name: value"`},
		{"header of the handshake", []string{echo.url, "x", "-H", "Upgrade: s3cret"}, ExitUsage, "Upgrade"},
		{"no such file", []string{echo.url, "x", "--ca", filepath.Join(t.TempDir(), "none.pem")}, ExitUsage, "--ca"},
		{"no certificate in the file", []string{echo.url, "x", "--ca", empty}, ExitUsage, "PEM"},
		{"no such scheme", []string{"ftp://example.test", "x"}, ExitUsage, "ws:// or wss://"},
		{"message that is no text", []string{echo.url, "\xff"}, ExitUsage, "UTF-8"},
		{"nothing listens", []string{nobody(t), "x"}, ExitRefused, "refused: nothing listens there"},
		{"no answer to the handshake", []string{silentTCP(t, ""), "x", "--timeout", "50ms"}, ExitTimeout, "timed out"},
		{"no certificate in time", []string{"wss" + strings.TrimPrefix(silentTCP(t, ""), "ws"), "x", "--timeout", "50ms"}, ExitTimeout, "timed out"},
		{"no echo", []string{servePeer(t, mute).url, "x", "--timeout=50ms"}, ExitTimeout, "timed out"},
		{"refused by the server", []string{answeringHTTP(t, 403, form), "x"}, ExitHandshake, "403 Forbidden: origin not allowed (code 62)"},
		{"no WebSocket there", []string{answeringHTTP(t, 426, ""), "x"}, ExitHandshake, "426 Upgrade Required"},
		{"a page", []string{answeringHTTP(t, 200, "hello\x1b[2J"), "x"}, ExitHandshake, "200 OK"},
		{"no HTTP", []string{silentTCP(t, "SSH-2.0-x\r\n"), "x"}, ExitHandshake, "bad handshake"},
		{"not trusted", []string{secureURL, "x"}, ExitHandshake, "--ca FILE trusts its issuer, --insecure trusts any"},
		{"no TLS there", []string{"wss" + strings.TrimPrefix(echo.url, "ws"), "x"}, ExitHandshake, "try ws://"},
		{"TLS there", []string{"ws" + strings.TrimPrefix(secureURL, "wss"), "x"}, ExitHandshake, "HTTP request to an HTTPS server"},
		{"closed", []string{servePeer(t, closing(1008, "not you \x1b[31m")).url, "x"}, ExitClosed, `closed with 1008 (policy violation): not you \x1b[31m`},
		{"closed normally", []string{servePeer(t, closing(1000, "")).url, "x"}, ExitClosed, "closed with 1000 (normal closure)"},
		{"closed with its own code", []string{servePeer(t, closing(4001, "later")).url, "x"}, ExitClosed, "closed with 4001: later"},
		{"broken", []string{servePeer(t, hangingUp).url, "x"}, ExitClosed, "closed with 1006 (abnormal closure)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := clientSays(t, "", test.args...)
			o.want(t, test.code, "", test.text)
			if strings.Contains(o.err.Error(), "s3cret") {
				t.Errorf("error %q shows a secret", o.err)
			}
		})
	}
}

func TestClientUnknownHostIsNoOtherCode(t *testing.T) {
	err := clientExit(&client.DialError{Stage: client.StageConnect, Err: errors.New("no such host")})
	if ExitCode(err) != ExitFailure {
		t.Errorf("exit code %d", ExitCode(err))
	}
	if clientExit(nil) != nil {
		t.Error("nil became an error")
	}
	if err := clientExit(&ws.CloseError{Code: 1001}); ExitCode(err) != ExitClosed {
		t.Errorf("exit code %d", ExitCode(err))
	}
}

func TestClientHandshakeOptions(t *testing.T) {
	echo := servePeer(t, echoing)
	clientSays(t, "", echo.url, "x",
		"--header", "X-One: 1", "--header=X-Two: a:b", "-H", "x-one: 3", "-H=X-Three:3",
		"--origin", "https://example.com", "--subprotocol", "v1.test", "-s", "v2.test").want(t, ExitOK, "1 x\n", "")
	header := echo.lastHeader()
	for name, want := range map[string]string{
		"X-One": "1|3", "X-Two": "a:b", "X-Three": "3", "Origin": "https://example.com", "Sec-Websocket-Protocol": "v1.test, v2.test",
	} {
		if got := strings.Join(header[name], "|"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestClientCertificates(t *testing.T) {
	secure := startPeer(t, httptest.NewTLSServer, echoing)
	url := "ws" + strings.TrimPrefix(secure.server.URL, "http")
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.server.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--insecure"}, {"-k"}, {"--ca", file}, {"--ca=" + file}} {
		clientSays(t, "", append([]string{url, "hello word"}, args...)...).want(t, ExitOK, "1 hello word\n", "")
	}
}

func TestClientDefaults(t *testing.T) {
	o, err := parseClientOptions(nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.url != "ws://127.0.0.1:8199/ws" || o.message != nil || o.binary || o.timeout() != 10*time.Second || o.dial.TLS != nil {
		t.Errorf("got %+v", o)
	}
	o, err = parseClientOptions([]string{"--timeout", "1s", "-t", "2s"})
	if err != nil || o.timeout() != 2*time.Second || o.dial.CloseTimeout != 2*time.Second {
		t.Errorf("the last of a repeated option does not win: %+v, %v", o, err)
	}
}

func TestClientHelp(t *testing.T) {
	for _, flag := range []string{"--help", "-h"} {
		o := clientSays(t, "", flag)
		if o.err != nil || o.code != ExitOK {
			t.Errorf("%v", o.err)
		}
		for _, want := range []string{
			"ws://127.0.0.1:8199/ws", "--timeout", "--header", "--insecure", "--ca", "--origin", "--subprotocol", "--binary",
			"EXIT CODES", "3    refused", "4    timed out", "5    bad handshake", "6    closed", `default: "10s"`,
		} {
			if !strings.Contains(o.out, want) {
				t.Errorf("%s: no %q in\n%s", flag, want, o.out)
			}
		}
	}
}

func TestClientInterrupted(t *testing.T) {
	p := servePeer(t, func(conn *websocket.Conn) error { return mute(conn) })
	ctx, cancel := context.WithCancel(t.Context())
	timer := time.AfterFunc(50*time.Millisecond, cancel)
	defer timer.Stop()
	var out bytes.Buffer
	code, err := runClientWith(t, ctx, streams{out: &out}, p.url, "x")
	if code != ExitFailure || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("%d %v", code, err)
	}
}
