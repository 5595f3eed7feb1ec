package gfws_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
)

// TestErrorNamesTheKeyThatIsSet holds where a mistake is looked for: in the node
// that it stands in, or else where it would be set for the instance alone.
func TestErrorNamesTheKeyThatIsSet(t *testing.T) {
	for _, c := range []struct {
		name, node, want string
		opt              gfws.Option
	}{
		{"api", `instances: {api: {asyncapi: {path: /a.json}}}`, "websocket.instances.api.asyncapi.path: ", gfws.Path("/x")},
		{"api", `instances: {api: {asyncapi: {path: "a"}}}`, "websocket.instances.api.asyncapi.path: ", gfws.Path("/x")},
		{"api", `instances: {api: {queue: {full: x}}}`, "websocket.instances.api.queue.full: ", gfws.Path("/x")},
		{"api", `queue: {full: x}`, "websocket.queue.full: ", gfws.Path("/x")},
		{"api", "queue: {full: x}\n  instances: {api: {queue: {full: y}}}", `websocket.instances.api.queue.full: "y"`, gfws.Path("/x")},
		{"api", "paths: [/y]\n  instances: {api: {}}", "websocket.instances.api.paths: ", gfws.Path("x")},
		{"api", `drain: {rate: 7}`, "websocket.instances.api.push.path: ", gfws.Configure(func(c *gfws.Config) { c.Push.Path = "/" })},
		{"api", `origin: {allow: [nowhere]}`, "websocket.origin.allow: ", gfws.Path("/x")},
		{"api", `instances: {api: {proxy: {trusted: [nowhere]}}}`, "websocket.instances.api.proxy.trusted: ", gfws.Path("/x")},
		{"api", `instances: {api: {auth: {methods: [bearer], jwt: {algorithms: [HS256], secret: short}}}}`, "websocket.instances.api.auth.jwt.secret: ", gfws.Path("/x")},
		{"default", `instances: {default: {queue: {full: x}}}`, "websocket.instances.default.queue.full: ", gfws.Path("/x")},
		{"default", `paths: ["x"]`, "websocket.paths: ", gfws.Subprotocols()},
	} {
		t.Run(c.want, func(t *testing.T) {
			withConfiguration(t, "websocket:\n  "+c.node+"\n")
			err := gfws.New(gfws.Name(c.name), c.opt).Check()
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || gerror.Code(err) != gcode.CodeInvalidConfiguration {
				t.Errorf("the error is %v, want %s", err, c.want)
			}
		})
	}
}

// TestErrorNamesEachKey holds for several mistakes in several nodes.
func TestErrorNamesEachKey(t *testing.T) {
	withConfiguration(t, "websocket:\n  queue: {full: x}\n  instances: {api: {message: {types: [x]}}}\n")
	err := gfws.New(gfws.Name("api")).Check()
	if err == nil || !strings.Contains(err.Error(), "websocket.queue.full: ") || !strings.Contains(err.Error(), "websocket.instances.api.message.types: ") {
		t.Errorf("the error is %v", err)
	}
}

// TestTakenPathNamesTheKey holds for a path of the API that is taken, by the
// host and by another instance.
func TestTakenPathNamesTheKey(t *testing.T) {
	withConfiguration(t, "websocket:\n  instances: {api: {push: {token: "+strings.Repeat("t", 20)+"}}}\n")
	s := g.Server(t.Name())
	s.BindHandler(http.MethodGet+":/push/stats", func(*ghttp.Request) {})
	err := gfws.New(gfws.Name("api")).Install(s)
	if err == nil || !strings.Contains(err.Error(), "websocket.instances.api.push.path: ") {
		t.Errorf("with a handler of the host there, the error is %v", err)
	}

	s = g.Server(t.Name() + "-instances")
	first := gfws.New(withPush()...)
	if err = first.Install(s); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Remove() })
	err = gfws.New(gfws.Name("api")).Install(s)
	if err == nil || !strings.Contains(err.Error(), "websocket.instances.api.push.path: ") {
		t.Errorf("with another instance there, the error is %v", err)
	}
}
