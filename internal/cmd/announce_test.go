package cmd

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/util/guid"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/utility/devcert"
)

// startListening starts a server as l says, with a route so that it may.
func startListening(t *testing.T, l *listen) *ghttp.Server {
	t.Helper()
	s := g.Server(guid.S()) // a name of its own each time, since ghttp keeps servers
	l.apply(s)
	s.SetDumpRouterMap(false)
	s.Logger().SetStdoutPrint(false)
	s.BindHandler("/", func(*ghttp.Request) {})
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	l.waitUntilServing(s)
	t.Cleanup(func() { _ = s.Shutdown() })
	return s
}

func TestAnnounce(t *testing.T) {
	files, err := devcert.Ensure(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	one := gfws.DefaultConfig()
	one.Paths, one.Console.Path = []string{"/chat"}, "/console"
	two := gfws.DefaultConfig()
	two.Paths, two.Console.Path = []string{"/a", "/b"}, "off"
	page := gfws.DefaultConfig()
	page.Console.Path = "/"
	rooms := gfws.DefaultConfig()
	rooms.Paths, rooms.Push.Token = []string{"/rpc"}, "a token that is not shown"
	rooms.AsyncAPI.Path = "/asyncapi.json"
	silent := gfws.DefaultConfig()
	silent.Paths, silent.AsyncAPI.Path = []string{"/rpc"}, "off"
	for _, c := range []struct {
		name   string
		listen listen
		config gfws.Config
		rooms  gfws.Config
		want   string // HTTP and HTTPS stand for the ports
	}{
		{"plain", listen{address: "127.0.0.1:0"}, page, gfws.Config{},
			"echo ws://127.0.0.1:HTTP/ws, page http://127.0.0.1:HTTP/"},
		{"with rooms", listen{address: "127.0.0.1:0", httpsAddress: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath}, two, rooms,
			"echo ws://127.0.0.1:HTTP/a, echo ws://127.0.0.1:HTTP/b, rooms ws://127.0.0.1:HTTP/rpc, methods http://127.0.0.1:HTTP/asyncapi.json, push http://127.0.0.1:HTTP/push, " +
				"echo wss://127.0.0.1:HTTPS/a, echo wss://127.0.0.1:HTTPS/b, rooms wss://127.0.0.1:HTTPS/rpc, methods https://127.0.0.1:HTTPS/asyncapi.json, push https://127.0.0.1:HTTPS/push"},
		{"rooms without description", listen{address: "127.0.0.1:0"}, page, silent,
			"echo ws://127.0.0.1:HTTP/ws, rooms ws://127.0.0.1:HTTP/rpc, page http://127.0.0.1:HTTP/"},
		{"every address", listen{address: ":0"}, gfws.DefaultConfig(), gfws.Config{},
			"echo ws://127.0.0.1:HTTP/ws"},
		{"secure", listen{address: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath}, page, gfws.Config{},
			"echo wss://127.0.0.1:HTTPS/wss, page https://127.0.0.1:HTTPS/"},
		{"both", listen{address: "127.0.0.1:0", httpsAddress: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath}, page, gfws.Config{},
			"echo ws://127.0.0.1:HTTP/ws, page http://127.0.0.1:HTTP/, echo wss://127.0.0.1:HTTPS/wss, page https://127.0.0.1:HTTPS/"},
		{"one path, secure", listen{address: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath}, one, gfws.Config{},
			"echo wss://127.0.0.1:HTTPS/chat, page https://127.0.0.1:HTTPS/console"},
		{"other paths, secure", listen{address: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath}, two, gfws.Config{},
			"echo wss://127.0.0.1:HTTPS/a, echo wss://127.0.0.1:HTTPS/b"},
		{"development certificate", listen{address: "127.0.0.1:0", certPath: files.CertPath, keyPath: files.KeyPath, development: true}, two, gfws.Config{},
			"echo wss://127.0.0.1:HTTPS/a, echo wss://127.0.0.1:HTTPS/b, certificate " + files.CertPath + " (for development; browsers will warn)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startListening(t, &c.listen)
			var out bytes.Buffer
			c.listen.announce(&out, s, c.config, c.rooms)
			title, rest, _ := strings.Cut(out.String(), "\n")
			if title != "gfws "+gfws.Version {
				t.Errorf("begins with %q", title)
			}
			var lines []string
			for _, line := range strings.Split(strings.TrimSpace(rest), "\n") {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
			want := strings.NewReplacer("HTTPS", fmt.Sprint(s.GetListenedHTTPSPort()), "HTTP", fmt.Sprint(s.GetListenedPort())).Replace(c.want)
			if got := strings.Join(lines, ", "); got != want {
				t.Errorf("says %s\nwant %s", got, want)
			}
		})
	}
}
