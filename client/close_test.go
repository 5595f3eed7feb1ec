package client_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gorilla/websocket"
)

func TestCloseSendsCodeAndReason(t *testing.T) {
	long := strings.Repeat("é", 100)
	for _, test := range []struct {
		code ws.Code
		sent string
		want string
	}{
		{ws.CodeNormal, "", ""},
		{ws.CodeGoingAway, "bye", "bye"},
		{ws.CodeInternalError, long, long[:122]},
		{3000, "\xff", "\ufffd"},
		{4999, "x", "x"},
	} {
		t.Run(test.code.String(), func(t *testing.T) {
			ends := make(chan error, 1)
			conn := dial(t, serve(t, func(conn *websocket.Conn, _ *http.Request) { ends <- drain(conn) }), direct())
			if err := conn.Close(test.code, test.sent); err != nil {
				t.Fatal(err)
			}
			var got *websocket.CloseError
			if err := await(t, ends, "the close frame"); !errors.As(err, &got) || got.Code != int(test.code) || got.Text != test.want {
				t.Errorf("the server got %v, want %d %q", err, test.code, test.want)
			}
			if !utf8.ValidString(test.want) || len(test.want) > ws.MaxReason {
				t.Fatal("the test itself is wrong")
			}
			_, err := conn.Read(testContext(t))
			wantClose(t, err, test.code, test.want)
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("read after Close: %v", err)
			}
			if err := conn.Write(testContext(t), ws.TextMessage("x")); !errors.Is(err, net.ErrClosed) {
				t.Errorf("write after Close: %v", err)
			}
			if err := conn.Ping(testContext(t)); !errors.Is(err, net.ErrClosed) {
				t.Errorf("ping after Close: %v", err)
			}
		})
	}
}

func TestCloseRefusesCodes(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	for _, code := range []ws.Code{-1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 66536} {
		if err := conn.Close(code, ""); gerror.Code(err) != gcode.CodeInvalidParameter {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := conn.Write(testContext(t), ws.TextMessage("alive")); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, conn, ws.Text, "alive")
}

func TestCloseByManyAtOnce(t *testing.T) {
	conn := dial(t, serve(t, echo), direct())
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if i%4 == 0 {
				_ = conn.Write(testContext(t), ws.TextMessage("x"))
			}
			if err := conn.Close(ws.CodeNormal, ""); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
	group.Wait()
	conn.CloseNow()
}

// The server never answers the close frame.
func TestCloseUnanswered(t *testing.T) {
	url, _ := stalling(t)
	options := direct()
	options.CloseTimeout = 50 * time.Millisecond
	conn := dial(t, url, options)
	err := conn.Close(ws.CodeNormal, "")
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "within 50ms") {
		t.Errorf("close: %v", err)
	}
	_, err = conn.Read(testContext(t))
	wantClose(t, err, ws.CodeNormal, "")
}

// A write is stuck in front of the close frame.
func TestCloseBehindStuckWrite(t *testing.T) {
	url, _ := stalling(t)
	options := direct()
	options.CloseTimeout = 50 * time.Millisecond
	conn := dial(t, url, options)
	written := make(chan error, 1)
	go func() { written <- conn.Write(t.Context(), enormous()) }()
	if err := conn.Close(ws.CodeNormal, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("close: %v", err)
	}
	if err := await(t, written, "the write"); err == nil {
		t.Error("the stuck write told nothing")
	}
}

// The server hangs up instead of answering.
func TestCloseAnsweredByHangup(t *testing.T) {
	url := serveRaw(t, func(_ net.Conn, reader *bufio.Reader) { _, _, _ = readFrame(reader) })
	conn := dial(t, url, direct())
	if err := conn.Close(ws.CodeNormal, ""); err == nil {
		t.Error("close told nothing")
	}
}

// Messages that arrive during the close are dropped, those before are kept, and
// a full queue does not hold the close up.
func TestCloseWithUnreadMessages(t *testing.T) {
	queued := make(chan struct{})
	url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
		for range 10 {
			_ = conn.WriteMessage(websocket.TextMessage, []byte("early"))
		}
		// Its pong says that the early ones have been read; the queue takes them all.
		conn.SetPongHandler(func(string) error {
			close(queued)
			return nil
		})
		_ = conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(patience))
		_ = drain(conn)
	})
	conn := dial(t, url, direct())
	await(t, queued, "the messages to arrive")
	if err := conn.Close(ws.CodeNormal, ""); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		wantMessage(t, conn, ws.Text, "early")
	}
	if _, err := conn.Read(testContext(t)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("read: %v", err)
	}
}

func TestCloseWithFullQueue(t *testing.T) {
	url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
		go func() { _ = drain(conn) }()
		for conn.WriteMessage(websocket.TextMessage, []byte("flood")) == nil {
		}
	})
	options := direct()
	options.MaxQueued = 1
	conn := dial(t, url, options)
	wantMessage(t, conn, ws.Text, "flood")
	if err := conn.Close(ws.CodeNormal, ""); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestCloseNow(t *testing.T) {
	ends := make(chan error, 1)
	conn := dial(t, serve(t, func(conn *websocket.Conn, _ *http.Request) { ends <- drain(conn) }), direct())
	reads := make(chan error, 1)
	go func() {
		_, err := conn.Read(t.Context())
		reads <- err
	}()
	for range 3 {
		conn.CloseNow()
	}
	err := await(t, reads, "the read")
	wantClose(t, err, ws.CodeAbnormal, "")
	if !errors.Is(err, net.ErrClosed) {
		t.Errorf("read: %v", err)
	}
	if err := await(t, ends, "the server"); websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("the server got %v", err)
	}
	if err := conn.Close(ws.CodeNormal, ""); err == nil {
		t.Error("Close after CloseNow told nothing")
	}
}

// CloseNow ends a Close that waits.
func TestCloseNowDuringClose(t *testing.T) {
	closing := make(chan struct{})
	url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
		_, _, _ = readFrame(reader)
		close(closing)
		_, _, _ = readFrame(reader)
	})
	conn := dial(t, url, direct())
	result := make(chan error, 1)
	go func() { result <- conn.Close(ws.CodeNormal, "") }()
	await(t, closing, "the close frame")
	conn.CloseNow()
	if err := await(t, result, "Close"); !errors.Is(err, net.ErrClosed) {
		t.Errorf("close: %v", err)
	}
}

// Both sides close at once.
func TestCloseCrossing(t *testing.T) {
	for range 50 {
		url := serve(t, func(conn *websocket.Conn, _ *http.Request) {
			_ = conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1001, "mine"))
			_ = drain(conn)
		})
		conn := dial(t, url, direct())
		if err := conn.Close(ws.CodeNormal, "yours"); err != nil {
			t.Fatalf("close: %v", err)
		}
		var closed *ws.CloseError
		if err := readError(t, conn); !errors.As(err, &closed) || closed.Code != 1000 && closed.Code != 1001 {
			t.Fatalf("read: %v", err)
		}
	}
}

// A host that cuts the connection as soon as it hears of the end does not cut
// the close frame off.
func TestCloseFrameComesBeforeCloseNow(t *testing.T) {
	tests := []struct {
		name string
		sent []byte
		code ws.Code
	}{
		{"answer to a close", closeFrame(4000, "bye"), 4000},
		{"bad text", frame(finText, []byte("\xff")), ws.CodeInvalidData},
		{"over the limit", frame(finBinary, make([]byte, 2000)), ws.CodeMessageTooBig},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 20 {
				got := make(chan []byte, 1)
				url := serveRaw(t, func(conn net.Conn, reader *bufio.Reader) {
					_, _ = conn.Write(test.sent)
					_, payload, _ := readFrame(reader)
					got <- payload
				})
				options := direct()
				options.MaxMessage = 1000
				conn := dial(t, url, options)
				_ = readError(t, conn)
				conn.CloseNow()
				payload := await(t, got, "the close frame")
				if len(payload) < 2 || ws.Code(binary.BigEndian.Uint16(payload)) != test.code {
					t.Fatalf("the server got %q, want %s", payload, test.code)
				}
			}
		})
	}
}
