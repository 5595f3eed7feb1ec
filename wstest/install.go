package wstest

import (
	"crypto/rand"
	"sync"
	"testing"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// Install starts a plugin with these options on a server of its own, with all
// that belongs to it: configuration, checks, routes.
func Install(t testing.TB, opts ...gfws.Option) *Kit {
	t.Helper()
	return Start(t, newServer(), opts...)
}

// newServer returns a server that no other test has: ghttp keeps them by name.
func newServer() *ghttp.Server {
	starting.Lock()
	defer starting.Unlock()
	return g.Server("wstest-" + rand.Text())
}

// starting is held while a server is made or starts: ghttp keeps some of what it
// is told of any in variables of the process, such as the routes of all groups,
// and has no lock for these.
var starting sync.Mutex

// Start is [Install] on a server of the test's, which may have routes,
// middlewares and other plugins. It must not have been started; where it
// listens, its session storage and its log are the kit's. Groups of routes must
// not be made while another test starts a server, so tests that make some do
// not run in parallel.
func Start(t testing.TB, s *ghttp.Server, opts ...gfws.Option) *Kit {
	t.Helper()
	k := newKit(t)
	plugin := gfws.New(append([]gfws.Option{gfws.Logger(silent()), gfws.Recognize(k.recognize)}, opts...)...)
	if err := s.SetListener(k.listener); err != nil {
		t.Fatal(err)
	}
	s.SetDumpRouterMap(false)
	s.SetSessionStorage(gsession.NewStorageMemory())
	s.SetLogger(silent())
	s.SetLogStdout(false)
	s.Plugin(plugin)
	if err := plugin.Check(); err != nil {
		t.Fatal(err) // ghttp would end the process
	}
	if err := start(s); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Shutdown(); err != nil {
			t.Error(err)
		}
	})
	k.hub = plugin.Hub()
	if paths := plugin.Config().Paths; len(paths) > 0 {
		k.path = paths[0]
	}
	k.awaitServing()
	return k
}

func start(s *ghttp.Server) error {
	starting.Lock()
	defer starting.Unlock()
	return s.Start()
}

// awaitServing returns when the server answers, since ghttp shuts down only one
// that does.
func (k *Kit) awaitServing() {
	k.t.Helper()
	response, err := k.Client().Get("http://wstest/wstest-is-it-up")
	if err != nil {
		k.t.Fatal(err)
	}
	_ = response.Body.Close()
}

// recognize knows those who connect as somebody. The others are asked for what
// the options and the configuration say.
func (k *Kit) recognize(r *ghttp.Request) ws.Identity {
	return k.identityOf(r.RemoteAddr)
}
