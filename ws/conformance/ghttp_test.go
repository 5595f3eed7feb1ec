package conformance_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"
	"github.com/gogf/gf/v2/util/guid"

	"github.com/gfws/gf-websocket/gfws"
)

// TestServerInGhttp runs the sections with the most machinery behind them
// through the real thing: the plugin in a GoFrame server.
func TestServerInGhttp(t *testing.T) {
	s := serveGhttp(t)
	for _, section := range []section{
		{"RFC 6455 5.2 base framing: lengths", lengths()},
		{"RFC 6455 5.4 fragmentation", fragmentation()},
		{"RFC 6455 5.5 control frames", controlFrames()},
		{"RFC 6455 5.7 examples", examples()},
		{"RFC 6455 7.1 closing", closingHandshake()},
	} {
		t.Run(section.name, func(t *testing.T) { runCases(t, section.of(server), s.connect) })
	}
}

func serveGhttp(t *testing.T) *subject {
	t.Helper()
	told := &verdicts{}
	host := g.Server(guid.S()) // a name of its own each time, since ghttp keeps servers
	host.SetAddr("127.0.0.1:0")
	host.SetDumpRouterMap(false)
	host.SetSessionStorage(gsession.NewStorageMemory())
	host.SetLogger(silent())
	host.SetLogStdout(false)
	host.Plugin(gfws.New(
		gfws.Name("conformance"), gfws.Path("/ws"), gfws.Handle(told.handler()), gfws.Logger(silent()),
		gfws.Configure(func(c *gfws.Config) { c.Message.MaxSize, c.Message.MaxFragments = limit, maxFragments }),
	))
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	addr := fmt.Sprintf("127.0.0.1:%d", host.GetListenedPort())
	t.Cleanup(func() {
		if err := host.Shutdown(); err != nil {
			t.Error(err)
		}
		await(t, "the server to stop", func() bool { return host.Status() == ghttp.ServerStatusStopped })
	})
	await(t, "the server to answer", func() bool { return answers(addr) && host.Status() == ghttp.ServerStatusRunning })
	return &subject{addr: addr, path: "/ws", told: told}
}

func answers(addr string) bool {
	asking := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	response, err := asking.Get("http://" + addr + "/is-it-up")
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return true
}

// await asks done again and again until it is true.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-again.C:
		case <-deadline:
			t.Fatalf("waited %s for %s", patience, what)
		}
	}
}
