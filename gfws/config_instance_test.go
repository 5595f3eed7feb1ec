package gfws_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/gfws"
)

const shared = `websocket:
  paths: ["/all"]
  message: {maxSize: 8KiB, types: [text]}
  drain: {timeout: 20s}
  console: {path: /page}
  instances:
    chat:
      message: {maxSize: 4KiB}
      timeout: {close: 1s}
    news:
      paths: ["/news", "/n"]
      console: {path: /news-page}
    default:
      subprotocols: [v1]
other: 1
`

// TestInstanceOverBase holds what a named instance takes from the base and what
// it does not.
func TestInstanceOverBase(t *testing.T) {
	withConfiguration(t, shared)
	for _, c := range []struct {
		name, paths, console, types string
		maxSize                     int64
		drain, closing              time.Duration
	}{
		{"", "/all", "/page", "text", 8 << 10, 20 * time.Second, 5 * time.Second},
		{"chat", "/chat", "", "text", 4 << 10, 20 * time.Second, time.Second},
		{"news", "/news /n", "/news-page", "text", 8 << 10, 20 * time.Second, 5 * time.Second},
		{"unmentioned", "/unmentioned", "", "text", 8 << 10, 20 * time.Second, 5 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := configOf(t, gfws.Name(c.name))
			if strings.Join(got.Paths, " ") != c.paths || got.Console.Path != c.console || strings.Join(got.Message.Types, " ") != c.types {
				t.Errorf("became %+v", got)
			}
			if got.Message.MaxSize != c.maxSize || got.Drain.Timeout != c.drain || got.Timeout.Close != c.closing {
				t.Errorf("became %+v", got)
			}
			if hasProtocol := len(got.Subprotocols) == 1; hasProtocol != (c.name == "") {
				t.Errorf("subprotocols are %q", got.Subprotocols)
			}
		})
	}
}

// TestOptionsOverConfiguration holds that code wins, the last option at the end.
func TestOptionsOverConfiguration(t *testing.T) {
	withConfiguration(t, shared)
	got := configOf(t, gfws.Name("chat"), gfws.Path("/x"), gfws.Path("/y"), gfws.Subprotocols("v2"), gfws.Console("off"),
		gfws.Origins("any"), gfws.Configure(func(c *gfws.Config) { c.Message.MaxSize *= 2 }))
	if strings.Join(got.Paths, " ") != "/y" || got.Subprotocols[0] != "v2" || got.Console.Path != "off" || got.Origin.Allow[0] != "any" || got.Message.MaxSize != 8<<10 {
		t.Errorf("became %+v", got)
	}
}

// TestBadOptions holds that code is checked as the configuration is.
func TestBadOptions(t *testing.T) {
	change := func(f func(*gfws.Config)) gfws.Option { return gfws.Configure(f) }
	for _, c := range []struct {
		key string
		opt gfws.Option
	}{
		{"paths", gfws.Path("ws")},
		{"paths", gfws.Path("/ws", "/ws")},
		{"instances.two words.paths", gfws.Name("two words")},
		{"console.path", gfws.Console("/ws")},
		{"origin.allow", gfws.Origins("example.com")},
		{"origin.allow", gfws.Origins("any", "null")},
		{"subprotocols", gfws.Subprotocols("a,b")},
		{"message.types", change(func(c *gfws.Config) { c.Message.Types = nil })},
		{"message.maxSize", change(func(c *gfws.Config) { c.Message.MaxSize = -2 })},
		{"message.maxFragments", change(func(c *gfws.Config) { c.Message.MaxFragments = -2 })},
		{"compression.level", change(func(c *gfws.Config) { c.Compression.Level = -1 })},
		{"compression.threshold", change(func(c *gfws.Config) { c.Compression.Threshold = -1 })},
		{"queue.full", change(func(c *gfws.Config) { c.Queue.Full = "x" })},
		{"queue.maxSize", change(func(c *gfws.Config) { c.Queue.MaxSize = 1 })},
		{"queue.maxSize", change(func(c *gfws.Config) { c.Queue.MaxSize = -5 })},
		{"queue.maxMessages", change(func(c *gfws.Config) { c.Queue.MaxMessages = -5 })},
		{"room.maxPerSession", change(func(c *gfws.Config) { c.Room.MaxPerSession = -5 })},
		{"room.maxSize", change(func(c *gfws.Config) { c.Room.MaxSize = -5 })},
		{"heartbeat.interval", change(func(c *gfws.Config) { c.Heartbeat.Interval = -time.Second })},
		{"heartbeat.timeout", change(func(c *gfws.Config) { c.Heartbeat.Timeout = gfws.Off })},
		{"timeout.handshake", change(func(c *gfws.Config) { c.Timeout.Handshake = -time.Second })},
		{"timeout.write", change(func(c *gfws.Config) { c.Timeout.Write = -time.Second })},
		{"timeout.close", change(func(c *gfws.Config) { c.Timeout.Close = -time.Second })},
		{"drain.timeout", change(func(c *gfws.Config) { c.Drain.Timeout = -time.Second })},
		{"drain.rate", change(func(c *gfws.Config) { c.Drain.Rate = -5 })},
	} {
		expectKey(t, gfws.New(c.opt).Check(), "websocket."+c.key)
	}
}

// TestZeroMeansDefault holds for a Config of the host's own, as ws.Config has it.
func TestZeroMeansDefault(t *testing.T) {
	got := configOf(t, gfws.Configure(func(c *gfws.Config) {
		*c = gfws.Config{Paths: c.Paths, Message: gfws.MessageConfig{Types: c.Message.Types}}
	}))
	want := gfws.DefaultConfig()
	if got.Message.MaxSize != want.Message.MaxSize || got.Queue != want.Queue || got.Heartbeat != want.Heartbeat || got.Timeout != want.Timeout || got.Drain != want.Drain {
		t.Errorf("became %+v", got)
	}
}
