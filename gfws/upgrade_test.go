package gfws_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
)

// TestDrainingBeginsDuringTheHandshake is a request that was found good just
// before the server began to leave: no session may survive the drain.
func TestDrainingBeginsDuringTheHandshake(t *testing.T) {
	var plugin *gfws.Plugin
	plugin = gfws.New(gfws.CheckRequest(func(*ghttp.Request) error { return plugin.Shutdown(context.Background()) }))
	h := startHost(t, plugin)
	h.expectLeaving("/ws")
}

// TestFramesBeforeTheAnswer is a client that does not wait for the 101: what it
// smuggles in must not be taken for frames of a session.
func TestFramesBeforeTheAnswer(t *testing.T) {
	own := &logs{}
	h := startHost(t, gfws.New(gfws.Logger(own.logger())))
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patience))
	request := strings.Join([]string{
		"GET /ws HTTP/1.1", "Host: " + h.addr, "Connection: Upgrade", "Upgrade: websocket",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "\x81\x80\x00\x00\x00\x00",
	}, "\r\n")
	if _, err = io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(bufio.NewReader(conn))
	if strings.Contains(string(answer), "101") {
		t.Errorf("it was answered with %q", answer)
	}
	waitFor(t, "the log", func() bool { return strings.Contains(own.String(), "refused") })
	if n := gfws.InstanceOf(h.Server).Hub().Len(); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}
