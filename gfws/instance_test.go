package gfws_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gorilla/websocket"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// says answers each message with a word of its own.
func says(word string) ws.Handler {
	return ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, _ ws.Message) error {
		return s.Reply(ws.TextMessage(word))
	}}
}

// TestSeveralInstances holds that each has its own paths, policy, bounds,
// handler and sessions.
func TestSeveralInstances(t *testing.T) {
	h := startHost(t,
		gfws.New(gfws.Handle(says("default"))),
		gfws.New(gfws.Name("chat"), gfws.Handle(says("chat")), gfws.Origins("https://app.example.com")),
		gfws.New(gfws.Name("tiny"), gfws.Path("/a/tiny", "/b/tiny"), gfws.Handle(says("tiny")),
			gfws.Configure(func(c *gfws.Config) { c.Message.MaxSize = 4 })),
	)
	for path, word := range map[string]string{"/ws": "default", "/wss": "default", "/chat": "chat", "/a/tiny": "tiny", "/b/tiny": "tiny"} {
		p := h.dial(path)
		p.send(websocket.TextMessage, "abcd")
		p.expect(websocket.TextMessage, word)
		p.closeWith(websocket.CloseNormalClosure, "")
	}
	big := h.dial("/a/tiny")
	big.send(websocket.TextMessage, "abcde")
	big.expectClose(websocket.CloseMessageTooBig, "4")

	origin := []string{"Origin", "https://app.example.com"}
	peer := h.dial("/chat", origin...)
	peer.send(websocket.TextMessage, "abcde")
	peer.expect(websocket.TextMessage, "chat")
	peer.closeWith(websocket.CloseNormalClosure, "")
	if p, res, _ := h.tryDial("/ws", origin...); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("the policy of chat holds for the default instance: %s", res.Status)
	}
	if p, res, _ := h.tryDial("/chat", "Origin", "http://"+h.addr); p != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("the same host is in no list, and got %s", res.Status)
	}

	chat := gfws.InstanceOf(h.Server, "chat")
	if err := chat.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p, res, _ := h.tryDial("/chat"); p != nil || res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("chat is closed and answers %s", res.Status)
	}
	h.dial("/ws").send(websocket.TextMessage, "still open")
}

func TestTwoServers(t *testing.T) {
	first, second := gfws.New(gfws.Handle(says("first"))), gfws.New(gfws.Handle(says("second")))
	a, b := startHost(t, first), startHost(t, second)
	for h, word := range map[*host]string{a: "first", b: "second"} {
		p := h.dial("/ws")
		p.send(websocket.TextMessage, "x")
		p.expect(websocket.TextMessage, word)
		p.closeWith(websocket.CloseNormalClosure, "")
	}
	if gfws.InstanceOf(a.Server) != first || gfws.InstanceOf(b.Server) != second {
		t.Error("InstanceOf mixes the servers up")
	}
	if gfws.Instance() != first {
		t.Error("Instance is not the one installed first")
	}
	if err := a.Shutdown(); err != nil {
		t.Fatal(err)
	}
	if gfws.Instance() != second || gfws.InstanceOf(a.Server) != nil {
		t.Error("an instance is found that was removed")
	}
	p := b.dial("/ws")
	p.send(websocket.TextMessage, "x")
	p.expect(websocket.TextMessage, "second")
}

func TestFindingInstances(t *testing.T) {
	if gfws.Instance() != nil || gfws.Instance("chat") != nil {
		t.Fatal("an instance is found before there is one")
	}
	plugin, chat := gfws.New(gfws.Name("")), gfws.New(gfws.Name("chat"))
	if plugin.Hub() != nil || plugin.Config().Paths != nil {
		t.Error("an instance that is not installed has sessions")
	}
	h := startHost(t, plugin, chat)
	for _, found := range []*gfws.Plugin{gfws.Instance(), gfws.Instance(""), gfws.Instance("default"), gfws.InstanceOf(h.Server)} {
		if found != plugin {
			t.Errorf("found %v", found)
		}
	}
	if gfws.Instance("chat") != chat || gfws.InstanceOf(h.Server, "chat") != chat || gfws.Instance("nobody") != nil {
		t.Error("names are mixed up")
	}
	if plugin.Name() != "gfws" || chat.Name() != "gfws/chat" || plugin.Version() != gfws.Version || plugin.Author() == "" || plugin.Description() == "" {
		t.Error("the plugin does not say what it is")
	}
	if got := strings.Join(chat.Config().Paths, " "); got != "/chat" {
		t.Errorf("chat is at %s", got)
	}
}

// TestNoInstance holds for a name that nobody has: nothing panics, and who sends
// is told.
func TestNoInstance(t *testing.T) {
	for name, plugin := range map[string]*gfws.Plugin{"of no name": gfws.Instance("nobody"), "not installed": gfws.New()} {
		if _, err := plugin.Hub().Room("lobby").Send(ws.TextMessage("x")); !errors.Is(err, ws.ErrNoHub) {
			t.Errorf("%s: sending ends with %v", name, err)
		}
		if plugin.Hub().Len() != 0 || plugin.Stats().Sessions != 0 || plugin.Config().Paths != nil || plugin.Shutdown(t.Context()) != nil {
			t.Errorf("%s: it has something", name)
		}
		if plugin.Name() != "gfws" || plugin.Version() != gfws.Version || plugin.Remove() != nil {
			t.Errorf("%s: it is %q, or cannot be removed", name, plugin.Name())
		}
	}
}

// TestNoInstanceAccepts nothing, and cannot be installed.
func TestNoInstanceAccepts(t *testing.T) {
	nobody := gfws.Instance("nobody")
	h := newHost(t)
	for what, err := range map[string]error{"Check": nobody.Check(), "Install": nobody.Install(h.Server)} {
		if gerror.Code(err) != gcode.CodeInvalidOperation || !strings.Contains(err.Error(), "gfws.New") {
			t.Errorf("%s says %v", what, err)
		}
	}
	h.BindHandler("/loop", func(r *ghttp.Request) {
		if conn, err := nobody.Accept(r); conn != nil || gerror.Code(err) != gcode.CodeInvalidOperation {
			t.Errorf("accepted %v, %v", conn, err)
		}
	})
	h.start()
	p, res, body := h.tryDial("/loop")
	if p != nil {
		t.Fatal("nobody has let a client in")
	}
	expectRefusal(t, res, body, http.StatusInternalServerError, gcode.CodeInternalError, "could not be upgraded")
}

// TestInstallRefuses holds that Install says which key, path or name is at
// fault, and that a refused instance leaves nothing behind.
func TestInstallRefuses(t *testing.T) {
	taken := func(pattern string) func(*host) {
		return func(h *host) { h.BindHandler(pattern, func(r *ghttp.Request) {}) }
	}
	with := func(opts ...gfws.Option) func(*host) {
		return func(h *host) { install(t, h, opts...) }
	}
	for _, c := range []struct {
		name  string
		setup func(*host)
		opts  []gfws.Option
		want  []string
	}{
		{"the same name twice", with(), []gfws.Option{gfws.Path("/other")}, []string{"gfws", `"default"`, "gfws.Name"}},
		{"the same name twice, named", with(gfws.Name("chat")), []gfws.Option{gfws.Name("chat"), gfws.Path("/other")}, []string{"gfws/chat", `"chat"`}},
		{"a path of the host", taken("GET:/ws"), nil, []string{"websocket.paths", `"/ws"`, "the server"}},
		{"a path of the host, every method", taken("/wss"), nil, []string{"websocket.paths", `"/wss"`}},
		{"a path of the host, another method", taken("POST:/ws"), nil, []string{"websocket.paths", `"/ws"`}},
		{"a path of the host, slash at its end", taken("/ws/"), nil, []string{"websocket.paths", `"/ws"`}},
		{"a path of another instance", with(), []gfws.Option{gfws.Name("chat"), gfws.Path("/chat", "/ws")}, []string{"gfws/chat", "websocket.instances.chat.paths", `"/ws"`, `"default"`}},
		{"the page at a path of the host", taken("/console"), []gfws.Option{gfws.Console("/console")}, []string{"websocket.console.path", `"/console"`}},
		{"a file of the page at a path of the host", taken("GET:/console/js/client/client.js"), []gfws.Option{gfws.Console("/console/")}, []string{"websocket.console.path", "client.js"}},
		{"the settings at a path of the host", taken("GET:/settings.json"), []gfws.Option{gfws.Console("/")}, []string{"websocket.console.path", "settings.json"}},
		{"the page at the host's own", taken("/"), []gfws.Option{gfws.Console("/")}, []string{"websocket.console.path", `"/"`}},
		{"the page at that of another instance", with(gfws.Console("/console")), []gfws.Option{gfws.Name("chat"), gfws.Console("/console")}, []string{"websocket.instances.chat.console.path", `"default"`}},
		{"a path at the page of another instance", with(gfws.Console("/console")), []gfws.Option{gfws.Name("chat"), gfws.Path("/console")}, []string{"websocket.instances.chat.paths", `"/console"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHost(t)
			c.setup(h)
			plugin := gfws.New(c.opts...)
			err := plugin.Install(h.Server)
			if err == nil {
				t.Fatal("it was installed")
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %s", err, part)
				}
			}
			if plugin.Hub() != nil || gfws.InstanceOf(h.Server, "chat") == plugin || gfws.InstanceOf(h.Server) == plugin {
				t.Error("the refused instance is there")
			}
		})
	}
}

// install installs an instance that must be good, until the test ends.
func install(t *testing.T, h *host, opts ...gfws.Option) *gfws.Plugin {
	t.Helper()
	plugin := gfws.New(opts...)
	if err := plugin.Install(h.Server); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = plugin.Remove() })
	return plugin
}

// TestPathsThatOnlyLookTaken are those of middlewares, other hosts and other
// methods.
func TestPathsThatOnlyLookTaken(t *testing.T) {
	h := newHost(t)
	pass := func(r *ghttp.Request) { r.Middleware.Next() }
	h.BindMiddleware("/ws", pass)
	h.BindHookHandler("/ws", ghttp.HookBeforeServe, func(*ghttp.Request) {})
	h.Domain("other.example").BindHandler("/ws", func(r *ghttp.Request) { r.Response.Write("other") })
	h.BindHandler("OPTIONS:/ws", func(r *ghttp.Request) { r.Response.Write("options") })
	h.BindHandler("/ws/history", func(r *ghttp.Request) { r.Response.Write("history") })
	h.Plugin(gfws.New())
	h.start()
	h.dial("/ws").echo(websocket.TextMessage, "hello")
	if _, body := h.ask(http.MethodGet, "/ws/history"); body != "history" {
		t.Errorf("/ws/history answers %q", body)
	}
	if _, body := h.ask(http.MethodOptions, "/ws"); body != "options" {
		t.Errorf("OPTIONS answers %q", body)
	}
}

func TestSamePluginOnTwoServers(t *testing.T) {
	plugin := gfws.New()
	startHost(t, plugin)
	err := plugin.Install(newHost(t).Server)
	if err == nil || !strings.Contains(err.Error(), "gfws.New()") {
		t.Errorf("got %v", err)
	}
}

// TestInstancesInParallel installs and finds on one server at once.
func TestInstancesInParallel(t *testing.T) {
	h := newHost(t)
	var wg sync.WaitGroup
	errs := make(chan error, 20)
	for range 20 {
		wg.Go(func() {
			plugin := gfws.New(gfws.Path())
			err := plugin.Install(h.Server)
			gfws.InstanceOf(h.Server)
			gfws.Instance()
			if err == nil {
				t.Cleanup(func() { _ = plugin.Remove() })
			}
			errs <- err
		})
	}
	wg.Wait()
	installed := 0
	for range 20 {
		if <-errs == nil {
			installed++
		}
	}
	if installed != 1 {
		t.Errorf("%d instances of one name were installed", installed)
	}
}
