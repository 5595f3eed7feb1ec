package client_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gorilla/websocket"
)

func TestEcho(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	for _, m := range []ws.Message{
		ws.TextMessage("hello word"),
		ws.TextMessage(""),
		ws.BinaryMessage(nil),
		ws.BinaryMessage([]byte{0, 0xff, 0xfe}),
		ws.TextMessage(strings.Repeat("é", 64<<10)),
		ws.BinaryMessage(bytes.Repeat([]byte{1, 2, 3}, 300_000)),
	} {
		before := string(m.Data)
		if err := conn.Write(testContext(t), m); err != nil {
			t.Fatal(err)
		}
		if string(m.Data) != before {
			t.Error("Write changed the data")
		}
		wantMessage(t, conn, m.Type, before)
	}
}

// A message belongs to the reader: later ones must not overwrite it.
func TestReadDataIsKept(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	var kept []ws.Message
	for i := range 10 {
		if err := conn.Write(testContext(t), ws.TextMessage(strings.Repeat(fmt.Sprint(i), 1000))); err != nil {
			t.Fatal(err)
		}
		m, err := conn.Read(testContext(t))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, m)
	}
	for i, m := range kept {
		if string(m.Data) != strings.Repeat(fmt.Sprint(i), 1000) {
			t.Errorf("message %d is now %.20q", i, m.Data)
		}
	}
}

func TestReadFragments(t *testing.T) {
	url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
		// A character is cut in two, and a ping comes between.
		_, _ = conn.Write(frame(startText, []byte("gr\xc3")))
		_, _ = conn.Write(frame(finPing, []byte("mid")))
		_, _ = conn.Write(frame(moreText, nil))
		first, payload, err := readFrame(reader)
		if err != nil || first != 0x8a || string(payload) != "mid" {
			t.Errorf("answer to the ping: %x %q %v", first, payload, err)
		}
		_, _ = conn.Write(frame(finContinue, []byte("\xbcn")))
		_, _, _ = readFrame(reader)
	})
	conn := dial(t, url, direct())
	wantMessage(t, conn, ws.Text, "grün")
	conn.CloseNow()
}

// What a server may not send closes with a code that the server gets to see,
// though it is still sending.
func TestReadViolations(t *testing.T) {
	tests := []struct {
		name string
		sent []byte
		code ws.Code
		text string
	}{
		{"text that is no UTF-8", frame(finText, []byte("a\xff")), ws.CodeInvalidData, "not valid UTF-8"},
		{"character cut at the end", frame(finText, []byte("\xe2\x82")), ws.CodeInvalidData, "not valid UTF-8"},
		{"surrogate", frame(finText, []byte("\xed\xa0\x80")), ws.CodeInvalidData, "not valid UTF-8"},
		{"larger than the limit", frame(finBinary, make([]byte, 1001)), ws.CodeMessageTooBig, "over the limit of 1000 bytes"},
		{"larger in fragments", append(frame(startText, make([]byte, 600)), frame(finContinue, make([]byte, 600))...),
			ws.CodeMessageTooBig, "over the limit of 1000 bytes"},
		{"huge length, little data", append(binary.BigEndian.AppendUint64([]byte{finBinary, 127}, 1<<62), make([]byte, 2000)...),
			ws.CodeMessageTooBig, "over the limit of 1000 bytes"},
		{"length over 63 bits", binary.BigEndian.AppendUint64([]byte{finBinary, 127}, 1<<63), ws.CodeProtocolError, "length"},
		{"masked", []byte{finText, 0x81, 0, 0, 0, 0, 'x'}, ws.CodeProtocolError, "MASK"},
		{"unknown opcode", frame(0x83, nil), ws.CodeProtocolError, "opcode"},
		{"compressed unasked", frame(finText|0x40, []byte("x")), ws.CodeProtocolError, "RSV1"},
		{"continuation of nothing", frame(finContinue, []byte("x")), ws.CodeProtocolError, "continuation"},
		{"text inside a text", append(frame(startText, []byte("x")), frame(finText, []byte("y"))...), ws.CodeProtocolError, "data before FIN"},
		{"fragmented ping", frame(0x09, nil), ws.CodeProtocolError, "FIN"},
		{"long ping", frame(finPing, make([]byte, 126)), ws.CodeProtocolError, "125"},
		{"close with 1006", closeFrame(1006, ""), ws.CodeProtocolError, "1006"},
		{"close with 999", closeFrame(999, ""), ws.CodeProtocolError, "999"},
		{"close reason that is no UTF-8", closeFrame(1000, "\xff"), ws.CodeInvalidData, "UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := make(chan ws.Code, 1)
			url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
				_, _ = conn.Write(test.sent)
				_, _ = conn.Write(make([]byte, 64<<10))
				_, payload, err := readFrame(reader)
				if err != nil || len(payload) < 2 {
					t.Errorf("no close frame: %q %v", payload, err)
					got <- 0
					return
				}
				got <- ws.Code(binary.BigEndian.Uint16(payload))
			})
			options := direct()
			options.MaxMessage = 1000
			conn := dial(t, url, options)
			err := readError(t, conn)
			var closed *ws.CloseError
			if !errors.As(err, &closed) || closed.Code != test.code || !strings.Contains(err.Error(), test.text) {
				t.Errorf("read: %v, want %s and %q", err, test.code, test.text)
			}
			if errors.Is(err, net.ErrClosed) {
				t.Error("told as if Close had been called")
			}
			if code := await(t, got, "the close frame"); code != test.code {
				t.Errorf("the server got %s, want %s", code, test.code)
			}
			if err := conn.Write(testContext(t), ws.TextMessage("x")); !errors.As(err, &closed) || closed.Code != test.code {
				t.Errorf("write: %v", err)
			}
		})
	}
}

func TestReadAtTheLimit(t *testing.T) {
	url := serve(t, func(conn *websocket.Conn, r *http.Request) {
		_ = conn.WriteMessage(websocket.BinaryMessage, make([]byte, client.DefaultMaxMessage))
		_ = conn.WriteMessage(websocket.BinaryMessage, make([]byte, client.DefaultMaxMessage+1))
		if err := drain(conn); !websocket.IsCloseError(err, websocket.CloseMessageTooBig) {
			t.Errorf("the server got %v", err)
		}
	})
	conn := dial(t, url, direct())
	wantMessage(t, conn, ws.Binary, strings.Repeat("\x00", client.DefaultMaxMessage))
	wantClose(t, readError(t, conn), ws.CodeMessageTooBig, "message is over the limit of 1048576 bytes")
}

// Messages sent before a close are all read, then the close, again and again.
func TestReadCodeOfServer(t *testing.T) {
	for _, code := range []ws.Code{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 4999, ws.CodeNoStatus} {
		t.Run(code.String(), func(t *testing.T) {
			answers := make(chan error, 1)
			reason := "because é"
			if code == ws.CodeNoStatus {
				reason = ""
			}
			url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
				for i := range 3 {
					_ = conn.WriteMessage(websocket.TextMessage, []byte{'0' + byte(i)})
				}
				_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(int(code), reason))
				answers <- drain(conn)
			})
			conn := dial(t, url, direct())
			if err := await(t, answers, "the answer"); !websocket.IsCloseError(err, int(code)) {
				t.Errorf("answered with %v", err)
			}
			for _, want := range []string{"0", "1", "2"} {
				wantMessage(t, conn, ws.Text, want)
			}
			for range 3 {
				_, err := conn.Read(testContext(t))
				wantClose(t, err, code, reason)
			}
			wantClose(t, conn.Write(testContext(t), ws.TextMessage("x")), code, reason)
			wantClose(t, conn.Ping(testContext(t)), code, reason)
			if err := conn.Close(ws.CodeNormal, ""); err != nil {
				t.Errorf("close after the server's: %v", err)
			}
		})
	}
}

func TestReadBrokenConnection(t *testing.T) {
	tests := []struct {
		name  string
		leave func(net.Conn)
	}{
		{"between messages", func(net.Conn) {}},
		{"in a header", func(conn net.Conn) { _, _ = conn.Write([]byte{finText}) }},
		{"in a message", func(conn net.Conn) { _, _ = conn.Write(frame(finText, []byte("hello"))[:4]) }},
		{"between fragments", func(conn net.Conn) { _, _ = conn.Write(frame(startText, []byte("hel"))) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conn := dial(t, serveRaw(t, func(conn net.Conn, _ *bufio.Reader) { test.leave(conn) }), direct())
			err := readError(t, conn)
			wantClose(t, err, ws.CodeAbnormal, "")
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("no cause in %v", err)
			}
			if err := conn.Close(ws.CodeNormal, ""); err == nil {
				t.Error("close of a broken connection told nothing")
			}
		})
	}
}

func TestReadReset(t *testing.T) {
	dialled := make(chan struct{})
	url := serveRaw(t, func(conn net.Conn, _ *bufio.Reader) {
		<-dialled
		_ = conn.(*net.TCPConn).SetLinger(0)
	})
	conn := dial(t, url, direct())
	close(dialled)
	err := readError(t, conn)
	wantClose(t, err, ws.CodeAbnormal, "")
	var network *net.OpError
	if !errors.As(err, &network) {
		t.Errorf("no cause in %v", err)
	}
}

func TestReadServerKilledOverTLS(t *testing.T) {
	accepted := make(chan net.Conn, 1)
	server := startServer(t, httptest.NewTLSServer, func(conn *websocket.Conn, r *http.Request) {
		accepted <- conn.NetConn()
		echo(conn, r)
	})
	conn := dial(t, webSocketURL(server.URL), insecure())
	raw := await(t, accepted, "the connection").(interface{ NetConn() net.Conn }).NetConn()
	_ = raw.Close() // without TLS's own farewell
	err := readError(t, conn)
	wantClose(t, err, ws.CodeAbnormal, "")
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("no cause in %v", err)
	}
}

// A Read that is cancelled loses nothing and harms nothing.
func TestReadCancelled(t *testing.T) {
	release := make(chan struct{})
	url := serve(t, func(conn *websocket.Conn, r *http.Request) {
		<-release
		_ = conn.WriteMessage(websocket.TextMessage, []byte("late"))
		echo(conn, r)
	})
	conn := dial(t, url, direct())
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := conn.Read(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("read: %v", err)
	}
	for range 100 {
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error, 1)
		go func() {
			_, err := conn.Read(ctx)
			result <- err
		}()
		cancel()
		if err := await(t, result, "the cancelled read"); !errors.Is(err, context.Canceled) {
			t.Fatalf("read: %v", err)
		}
	}
	close(release)
	wantMessage(t, conn, ws.Text, "late")
	if err := conn.Write(testContext(t), ws.TextMessage("alive")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "alive")
}

func TestReadConcurrently(t *testing.T) {
	const messages = 500
	url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
		for i := range messages {
			_ = conn.WriteMessage(websocket.TextMessage, fmt.Append(nil, i))
		}
		_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
		_ = drain(conn)
	})
	conn := dial(t, url, direct())
	got := make(chan string, messages)
	ends := make(chan error, 10)
	for range 10 {
		go func() {
			for {
				m, err := conn.Read(t.Context())
				if err != nil {
					ends <- err
					return
				}
				got <- string(m.Data)
			}
		}()
	}
	for range 10 {
		wantClose(t, await(t, ends, "a reader to end"), ws.CodeNormal, "")
	}
	close(got)
	seen := map[string]bool{}
	for data := range got {
		seen[data] = true
	}
	if len(seen) != messages {
		t.Errorf("%d different messages, want %d", len(seen), messages)
	}
}

// Nobody reads: the server is held back instead of filling the memory, and
// nothing is lost.
func TestReadBackpressure(t *testing.T) {
	const messages = 2000
	sent := make(chan int, messages)
	url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
		payload := make([]byte, 64<<10)
		for i := range messages {
			binary.BigEndian.PutUint32(payload, uint32(i))
			if conn.WriteMessage(websocket.BinaryMessage, payload) != nil {
				return
			}
			sent <- i
		}
	})
	options := direct()
	options.MaxQueued = 3
	conn := dial(t, url, options)
	if stalled := waitUntilStalled(t, sent); stalled >= messages-1 {
		t.Fatal("the server was never held back")
	}
	for i := range messages {
		m, err := conn.Read(testContext(t))
		if err != nil {
			t.Fatal(err)
		}
		if got := binary.BigEndian.Uint32(m.Data); got != uint32(i) {
			t.Fatalf("message %d came as number %d", got, i)
		}
	}
}

// waitUntilStalled returns the last number that came before none came any more.
func waitUntilStalled(t *testing.T, sent <-chan int) int {
	t.Helper()
	last := -1
	for {
		select {
		case last = <-sent:
		case <-time.After(300 * time.Millisecond):
			return last
		}
	}
}

func insecure() client.Options {
	options := direct()
	options.TLS = insecureTLS()
	return options
}
