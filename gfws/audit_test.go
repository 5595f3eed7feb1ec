package gfws_test

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// TestForcedCloses holds that each way in which a peer makes the server close
// is told once, with its reason and whose session it was, and nothing else is.
func TestForcedCloses(t *testing.T) {
	ids := make(chan string, 1)
	handler := gfws.Handle(ws.HandlerFuncs{
		Open: func(_ context.Context, s *ws.Session) error {
			s.SetIdentity(ws.Identity{User: "ann"})
			ids <- s.ID()
			return nil
		},
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
			switch string(m.Data) {
			case "fail":
				return errors.New("handler is broken")
			case "refuse":
				return &ws.CloseError{Code: 4002, Reason: "own"}
			case "close":
				return s.Close(4003, "enough")
			}
			return s.Reply(m)
		},
	})
	says := func(data string) func(*peer) {
		return func(p *peer) { p.send(websocket.TextMessage, data) }
	}
	frame := func(bytes string) func(*peer) {
		return func(p *peer) { _, _ = p.NetConn().Write([]byte(bytes)) }
	}
	for _, c := range []struct {
		name   string
		does   func(*peer)
		close  int
		reason string // "" for none
		lines  int
	}{
		{"size", says(strings.Repeat("x", 70000)), 1009, "size", 1},
		{"text", says("\xff"), 1007, "encoding", 1},
		{"frame", frame("\x83\x80\x00\x00\x00\x00"), 1002, "protocol", 1},
		{"type", func(p *peer) { p.send(websocket.BinaryMessage, "x") }, 1003, "type", 1},
		{"handler refuses", says("refuse"), 4002, "handler", 1},
		{"handler fails", says("fail"), 1011, "internal", 0},
		{"handler closes", says("close"), 4003, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := &logs{}
			plugin := gfws.New(handler, gfws.Logger(own.logger()), gfws.Configure(func(c *gfws.Config) { c.Message.Types = []string{"text"} }))
			h := startHost(t, plugin)
			p := h.dial("/ws?access_token=secret", "Authorization", "Bearer secret")
			p.echo(websocket.TextMessage, "secret")
			id := receive(t, "OnOpen", ids)
			c.does(p)
			p.expectClose(c.close, "")
			waitFor(t, "the place", func() bool { return plugin.Stats().Connections == 0 })
			h.stop() // every OnClose has returned
			want := map[string]uint64{}
			if c.reason != "" {
				want[c.reason] = 1
			}
			if got := plugin.Stats().Closed; !maps.Equal(got, want) {
				t.Errorf("counted %v, want %v", got, want)
			}
			log := own.String()
			if strings.Count(log, "action=closed") != c.lines || strings.Contains(log, "secret") {
				t.Errorf("the log is\n%s", log)
			}
			for _, part := range []string{`path="/ws"`, `user="ann"`, `session="` + id + `"`, "remote=" + p.LocalAddr().String()} {
				if c.lines > 0 && !strings.Contains(log, part) {
					t.Errorf("%s is not in\n%s", part, log)
				}
			}
		})
	}
}

// TestSilentPeerIsTold is a peer that does not answer pings.
func TestSilentPeerIsTold(t *testing.T) {
	plugin := gfws.New(gfws.Configure(func(c *gfws.Config) {
		c.Heartbeat.Interval, c.Heartbeat.Timeout = 10*time.Millisecond, 10*time.Millisecond
	}))
	h := startHost(t, plugin)
	conn, _ := knock(t, h.addr) // and reads no more
	defer func() { _ = conn.Close() }()
	waitFor(t, "the audit", func() bool { return plugin.Stats().Closed["silent"] == 1 })
}

// TestFloodFillsNoLog refuses more than anybody reads.
func TestFloodFillsNoLog(t *testing.T) {
	own := &logs{}
	plugin := gfws.New(gfws.Logger(own.logger()), gfws.Configure(func(c *gfws.Config) { c.Audit.Rate = 1 }))
	h := startHost(t, plugin)
	const handshakes = 50
	began := time.Now()
	for range handshakes {
		h.tryDial("/ws", "Origin", "https://evil.example")
	}
	seconds := int(time.Since(began)/time.Second) + 2
	if n := strings.Count(own.String(), "action=refused reason=origin code="); n == 0 || n > seconds {
		t.Errorf("%d lines were written in %d s", n, seconds)
	}
	if n := plugin.Stats().Refused["origin"]; n != handshakes {
		t.Errorf("%d refusals were counted", n)
	}
	if err := plugin.Remove(); err != nil {
		t.Fatal(err)
	}
	told := strings.Count(own.String(), "code=403")
	for _, suppressed := range regexp.MustCompile(`suppressed=(\d+)`).FindAllStringSubmatch(own.String(), -1) {
		n, _ := strconv.Atoi(suppressed[1]) // digits
		told += n
	}
	if told != handshakes {
		t.Errorf("%d refusals were told of in the end: %s", told, own)
	}
}

// TestRefusalLine holds the form of a line, and whose address is in it.
func TestRefusalLine(t *testing.T) {
	own := &logs{}
	h := startHost(t, gfws.New(gfws.Name("chat"), gfws.Logger(own.logger()), gfws.Configure(func(c *gfws.Config) {
		c.Proxy.Trusted = []string{"127.0.0.1"}
	})))
	h.tryDial("/chat?secret", "Origin", "https://evil.example", "X-Forwarded-For", "192.0.2.1")
	form := regexp.MustCompile(`(?m)websocket action=refused reason=origin code=403 instance="chat" remote=127\.0\.0\.1:\d+ client="192\.0\.2\.1" path="/chat"$`)
	waitFor(t, "the log", func() bool { return own.String() != "" })
	if !form.MatchString(strings.TrimSpace(own.String())) {
		t.Errorf("the line is %s", own)
	}
}

// TestStatsBeforeInstall is an instance that has nothing to tell.
func TestStatsBeforeInstall(t *testing.T) {
	if stats := gfws.New().Stats(); stats.Sessions != 0 || stats.Refused != nil {
		t.Errorf("it tells %+v", stats)
	}
}
