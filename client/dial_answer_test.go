package client_test

import (
	"bufio"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gfws/gf-websocket/client"
)

func quietLog() *log.Logger { return log.New(io.Discard, "", 0) }

// answering runs a server that reads the request and answers with what text
// makes of it.
func answering(t *testing.T, text func(*http.Request) string) string {
	t.Helper()
	return "ws://" + listen(t, func(conn net.Conn) {
		request, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, text(request))
	})
}

func handshakeError(t *testing.T, err error) *client.HandshakeError {
	t.Helper()
	var answer *client.HandshakeError
	if !errors.As(err, &answer) {
		t.Fatalf("no HandshakeError in %v", err)
	}
	return answer
}

// refusedBy dials a server that answers with text, which is no handshake.
func refusedBy(t *testing.T, text string) (*client.HandshakeError, *client.DialError) {
	t.Helper()
	url := answering(t, func(*http.Request) string { return text })
	err := dialFails(t, testContext(t), url, direct())
	wantStage(t, err, client.StageHandshake)
	return handshakeError(t, err), err
}

func TestDialOtherStatus(t *testing.T) {
	tests := []struct {
		name, answer  string
		status, code  int
		message, text string
	}{
		{"ok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, 0, "", "the server answered 200 OK: hi"},
		{"refused in GoFrame's form",
			"HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" +
				`{"code":62,"message":"origin not allowed","data":null}`,
			403, 62, "origin not allowed", "the server answered 403 Forbidden: origin not allowed (code 62)"},
		{"json of another form", "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n" + `{"error":"x"}`,
			403, 0, "", "the server answered 403 Forbidden"},
		{"no websocket here", "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n", 426, 0, "", "426 Upgrade Required"},
		{"page", "HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\n<html>", 404, 0, "", "the server answered 404 Not Found"},
		{"redirect", "HTTP/1.1 302 Found\r\nLocation: ws://elsewhere.test/?token=s3cret\r\nContent-Length: 0\r\n\r\n", 302, 0, "", "302 Found"},
		{"terminal control", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n\x1b[2Jboo", 400, 0, "", "\ufffd[2Jboo"},
		{"unknown status without words", "HTTP/1.1 799\r\nConnection: close\r\n\r\n", 799, 0, "", "the server answered 799"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			answer, err := refusedBy(t, test.answer)
			if answer.StatusCode != test.status || answer.Code != test.code || answer.Message != test.message {
				t.Errorf("got %d %d %q", answer.StatusCode, answer.Code, answer.Message)
			}
			if !strings.Contains(err.Error(), test.text) || strings.ContainsAny(err.Error(), "\x1b\r\n") {
				t.Errorf("text %q, want %q in it", err, test.text)
			}
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("text %q shows the token", err)
			}
			if answer.Header == nil {
				t.Error("no header")
			}
		})
	}
}

func TestDialLongBodyIsCut(t *testing.T) {
	url := answering(t, func(*http.Request) string {
		return "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\n" + strings.Repeat("x", 1<<20)
	})
	err := dialFails(t, testContext(t), url, direct())
	if n := len(handshakeError(t, err).Body); n != 1<<10 {
		t.Errorf("%d bytes of body kept", n)
	}
	if n := len(err.Error()); n > 500 {
		t.Errorf("text of %d bytes", n)
	}
}

func TestDialWrongSwitch(t *testing.T) {
	tests := []struct {
		name   string
		answer func(accept string) string
		want   string
	}{
		{"accept of another key", func(string) string { return switching("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") }, "Sec-WebSocket-Accept"},
		{"no accept", func(string) string {
			return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
		}, "Sec-WebSocket-Accept"},
		{"no upgrade", func(accept string) string {
			return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n"
		}, "Upgrade header"},
		{"upgrade to another", func(accept string) string {
			return strings.Replace(switching(accept), "Upgrade: websocket", "Upgrade: h2c", 1)
		}, "Upgrade header"},
		{"no connection", func(accept string) string {
			return strings.Replace(switching(accept), "Connection: Upgrade\r\n", "", 1)
		}, "Connection header"},
		{"subprotocol not offered", func(accept string) string {
			return switching(accept, "Sec-WebSocket-Protocol: evil\r\n")
		}, "Sec-WebSocket-Protocol"},
		{"two subprotocols", func(accept string) string {
			return switching(accept, "Sec-WebSocket-Protocol: v1.test\r\n", "Sec-WebSocket-Protocol: v1.test\r\n")
		}, "Sec-WebSocket-Protocol"},
		{"compression not offered", func(accept string) string {
			return switching(accept, "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n")
		}, "Sec-WebSocket-Extensions"},
		{"half of a compression not offered", func(accept string) string {
			return switching(accept, "Sec-WebSocket-Extensions: permessage-deflate\r\n")
		}, "Sec-WebSocket-Extensions"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			url := answering(t, func(r *http.Request) string { return test.answer(acceptKey(r)) })
			options := direct()
			options.Subprotocols = []string{"v1.test"}
			err := dialFails(t, testContext(t), url, options)
			wantStage(t, err, client.StageHandshake)
			answer := handshakeError(t, err)
			if answer.StatusCode != 101 || answer.Err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %d, %v; want %q in it", answer.StatusCode, err, test.want)
			}
		})
	}
}

func TestDialNoHTTP(t *testing.T) {
	tests := []struct {
		name, answer string
		cause        error
	}{
		{"garbage", "SSH-2.0-OpenSSH_9.6\r\n", nil},
		{"nothing", "", io.ErrUnexpectedEOF},
		{"half a header", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n", io.ErrUnexpectedEOF},
		{"header without colon", "HTTP/1.1 101 Switching Protocols\r\nboo\r\n\r\n", nil},
		{"status that is no number", "HTTP/1.1 1o1 Switching\r\n\r\n", nil},
		{"endless line", strings.Repeat("x", 300<<10), nil},
		{"endless headers", "HTTP/1.1 101 Switching Protocols\r\n" + strings.Repeat("X-Filler: 0123456789\r\n", 20<<10), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			answer, err := refusedBy(t, test.answer)
			if answer.StatusCode != 0 || answer.Err == nil {
				t.Errorf("got %d, %v", answer.StatusCode, answer.Err)
			}
			if test.cause != nil && !errors.Is(err, test.cause) {
				t.Errorf("no %v in %v", test.cause, err)
			}
			if len(err.Error()) > 500 {
				t.Errorf("text of %d bytes", len(err.Error()))
			}
		})
	}
}
