package gfws_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gsession"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// roleVariable makes this binary a host that a test can signal. What it has to
// say to the test it says in lines that begin with roleMark.
const (
	roleVariable = "GFWS_TEST_ROLE"
	roleMark     = "@@ "
)

// roles are the hosts of the lifecycle table, by the way in which they stop.
var roles = map[string]func(){
	"run": func() {
		serveRole("one").Run()
	},
	"wait": func() {
		startRole(serveRole("one"))
		ghttp.Wait()
	},
	"wait, drain on signal": func() {
		startRole(serveRole("one", gfws.DrainOnSignal()))
		ghttp.Wait()
	},
	"wait, shutdown after it": func() {
		s := serveRole("one")
		startRole(s)
		plugin := gfws.InstanceOf(s)
		ghttp.Wait()
		say("shutdown", plugin.Shutdown(context.Background()))
	},
	"wait for two": func() {
		startRole(serveRole("one"))
		startRole(serveRole("two"))
		ghttp.Wait()
	},
	"wait for two, drain on signal": func() {
		startRole(serveRole("one", gfws.DrainOnSignal()))
		startRole(serveRole("two", gfws.DrainOnSignal()))
		ghttp.Wait()
	},
	"run, shut down": func() {
		s := serveRole("one")
		go func() {
			awaitWord("shutdown")
			say("shutdown", s.Shutdown())
		}()
		s.Run()
	},
	"start, shut down": func() {
		s := serveRole("one")
		startRole(s)
		awaitWord("shutdown")
		say("shutdown", s.Shutdown())
		awaitWord("exit")
	},
	"run, reload": func() {
		s := serveRole("one")
		s.SetGraceful(true)
		s.SetGracefulTimeout(1)
		s.Run()
	},
}

// runRole is main in such a process.
func runRole(role string) int {
	keepSignals()
	roles[role]()
	say("returned")
	return 0
}

// say tells the test a line.
func say(words ...any) {
	fmt.Print(roleMark + fmt.Sprintln(words...))
}

// awaitWord waits for a line from the test.
func awaitWord(word string) {
	for scanner := bufio.NewScanner(os.Stdin); scanner.Scan(); {
		if scanner.Text() == word {
			return
		}
	}
}

// serveRole returns a server with a plugin that tells of its life.
func serveRole(name string, opts ...gfws.Option) *ghttp.Server {
	s := g.Server(name)
	s.SetAddr("127.0.0.1:0")
	s.SetDumpRouterMap(false)
	s.SetSessionStorage(gsession.NewStorageMemory())
	opts = append(opts, quickDrain(5*time.Second), gfws.Handle(ws.HandlerFuncs{
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error { return s.Reply(m) },
		Close:   func(_ context.Context, _ *ws.Session, c ws.Close) { say("closed", int(c.Code)) },
	}))
	s.Plugin(&tellingPlugin{gfws.New(opts...), name})
	s.BindHandler("/pid", func(r *ghttp.Request) { r.Response.Write(os.Getpid()) })
	return s
}

func startRole(s *ghttp.Server) {
	if err := s.Start(); err != nil {
		panic(err)
	}
}

// tellingPlugin tells the test what ghttp does with it.
type tellingPlugin struct {
	*gfws.Plugin
	server string
}

func (p *tellingPlugin) Remove() error {
	say("remove", p.server)
	err := p.Plugin.Remove()
	say("removed", p.server, err)
	return err
}
