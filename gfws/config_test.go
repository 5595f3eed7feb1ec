package gfws_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/gfws"
)

// configOf installs an instance under the configuration that is set, and
// returns what holds for it.
func configOf(t *testing.T, opts ...gfws.Option) gfws.Config {
	t.Helper()
	return install(t, newHost(t), opts...).Config()
}

// checkNode sets the node "websocket", indented as if it stood below it, and
// returns what Check says.
func checkNode(t *testing.T, node string, opts ...gfws.Option) error {
	t.Helper()
	withConfiguration(t, "websocket:\n  "+strings.ReplaceAll(node, "\n", "\n  ")+"\n")
	return gfws.New(opts...).Check()
}

// TestEveryKey sets each key to something else than its default and looks where
// it arrives.
func TestEveryKey(t *testing.T) {
	for _, c := range []struct {
		node string
		want func(c *gfws.Config)
	}{
		{`paths: ["/a", "/b/c"]`, func(c *gfws.Config) { c.Paths = []string{"/a", "/b/c"} }},
		{`paths: []`, func(c *gfws.Config) { c.Paths = []string{} }},
		{`subprotocols: ["v1", "v2"]`, func(c *gfws.Config) { c.Subprotocols = []string{"v1", "v2"} }},
		{`origin: {allow: ["https://a.example", "null"]}`, func(c *gfws.Config) { c.Origin.Allow = []string{"https://a.example", "null"} }},
		{`origin: {allow: []}`, func(c *gfws.Config) { c.Origin.Allow = []string{} }},
		{`origin: {required: true}`, func(c *gfws.Config) { c.Origin.Required = true }},
		{`proxy: {trusted: ["10.0.0.0/8"], forwardedHost: true}`, func(c *gfws.Config) {
			c.Proxy = gfws.ProxyConfig{Trusted: []string{"10.0.0.0/8"}, ForwardedHost: true}
		}},
		{`auth: {methods: [session], required: false, session: uid, timeout: 3s, warning: off}`, func(c *gfws.Config) {
			c.Auth.Methods, c.Auth.Required, c.Auth.Session = []string{"session"}, false, "uid"
			c.Auth.Timeout, c.Auth.Warning = 3*time.Second, gfws.Off
		}},
		{"auth:\n  methods: [cookie]\n  cookie: token\n  jwt: {algorithms: [HS256], secret: \"0123456789abcdef0123456789abcdef\"," +
			" refresh: 1m, audience: [a, b], issuer: me, leeway: off, userClaim: uid}", func(c *gfws.Config) {
			c.Auth.Methods, c.Auth.Cookie = []string{"cookie"}, "token"
			c.Auth.JWT = gfws.JWTConfig{
				Algorithms: []string{"HS256"}, Secret: "0123456789abcdef0123456789abcdef", Refresh: time.Minute,
				Audience: []string{"a", "b"}, Issuer: "me", Leeway: gfws.Off, UserClaim: "uid",
			}
		}},
		{`message: {types: ["binary"]}`, func(c *gfws.Config) { c.Message.Types = []string{"binary"} }},
		{`message: {maxSize: "4KiB"}`, func(c *gfws.Config) { c.Message.MaxSize = 4 << 10 }},
		{`message: {maxSize: 100}`, func(c *gfws.Config) { c.Message.MaxSize = 100 }},
		{`message: {maxSize: "100"}`, func(c *gfws.Config) { c.Message.MaxSize = 100 }},
		{`message: {maxSize: 1m}`, func(c *gfws.Config) { c.Message.MaxSize = 1 << 20 }},
		{"message: {maxSize: unlimited}\nqueue: {maxSize: unlimited}", func(c *gfws.Config) { c.Message.MaxSize, c.Queue.MaxSize = gfws.Unlimited, gfws.Unlimited }},
		{`heartbeat: {interval: 1m30s}`, func(c *gfws.Config) { c.Heartbeat.Interval = 90 * time.Second }},
		{`heartbeat: {interval: "off"}`, func(c *gfws.Config) { c.Heartbeat.Interval = gfws.Off }},
		{`heartbeat: {interval: off}`, func(c *gfws.Config) { c.Heartbeat.Interval = gfws.Off }},
		{`heartbeat: {interval: false}`, func(c *gfws.Config) { c.Heartbeat.Interval = gfws.Off }},
		{`heartbeat: {timeout: 500ms}`, func(c *gfws.Config) { c.Heartbeat.Timeout = 500 * time.Millisecond }},
		{`queue: {maxSize: 2MiB}`, func(c *gfws.Config) { c.Queue.MaxSize = 2 << 20 }},
		{`queue: {maxSize: unlimited}`, func(c *gfws.Config) { c.Queue.MaxSize = gfws.Unlimited }},
		{`queue: {maxMessages: 7}`, func(c *gfws.Config) { c.Queue.MaxMessages = 7 }},
		{`queue: {maxMessages: unlimited}`, func(c *gfws.Config) { c.Queue.MaxMessages = gfws.Unlimited }},
		{`message: {maxFragments: 3}`, func(c *gfws.Config) { c.Message.MaxFragments = 3 }},
		{`message: {maxFragments: unlimited}`, func(c *gfws.Config) { c.Message.MaxFragments = gfws.Unlimited }},
		{`queue: {full: drop-oldest}`, func(c *gfws.Config) { c.Queue.Full = "drop-oldest" }},
		{`queue: {full: drop-newest}`, func(c *gfws.Config) { c.Queue.Full = "drop-newest" }},
		{`queue: {full: close}`, func(*gfws.Config) {}},
		{`room: {maxPerSession: 3}`, func(c *gfws.Config) { c.Room.MaxPerSession = 3 }},
		{`room: {maxPerSession: unlimited}`, func(c *gfws.Config) { c.Room.MaxPerSession = gfws.Unlimited }},
		{`room: {maxSize: 7}`, func(c *gfws.Config) { c.Room.MaxSize = 7 }},
		{`room: {maxSize: unlimited}`, func(c *gfws.Config) { c.Room.MaxSize = gfws.Unlimited }},
		{`compression: {enabled: true}`, func(c *gfws.Config) { c.Compression.Enabled = true }},
		{`compression: {threshold: 2KiB}`, func(c *gfws.Config) { c.Compression.Threshold = 2 << 10 }},
		{`compression: {level: 9}`, func(c *gfws.Config) { c.Compression.Level = 9 }},
		{`timeout: {handshake: 1s}`, func(c *gfws.Config) { c.Timeout.Handshake = time.Second }},
		{`timeout: {write: 2s}`, func(c *gfws.Config) { c.Timeout.Write = 2 * time.Second }},
		{`timeout: {close: 3s}`, func(c *gfws.Config) { c.Timeout.Close = 3 * time.Second }},
		{`drain: {timeout: 6s}`, func(c *gfws.Config) { c.Drain.Timeout = 6 * time.Second }},
		{`drain: {rate: 10}`, func(c *gfws.Config) { c.Drain.Rate = 10 }},
		{`drain: {rate: unlimited}`, func(c *gfws.Config) { c.Drain.Rate = gfws.Unlimited }},
		{`console: {path: /console}`, func(c *gfws.Config) { c.Console.Path = "/console" }},
		{`console: {path: "/"}`, func(c *gfws.Config) { c.Console.Path = "/" }},
		{`console: {path: off}`, func(c *gfws.Config) { c.Console.Path = "off" }},
		{`asyncapi: {path: off}`, func(c *gfws.Config) { c.AsyncAPI.Path = "off" }},
		{`console: {path: false}`, func(c *gfws.Config) { c.Console.Path = "off" }},
		{"message:\nqueue:\n  maxSize:", func(*gfws.Config) {}},
	} {
		t.Run(c.node, func(t *testing.T) { expectConfig(t, c.node, c.want) })
	}
}

// expectConfig holds that node is read as the defaults with that change.
func expectConfig(t *testing.T, node string, change func(*gfws.Config)) {
	t.Helper()
	withConfiguration(t, "websocket:\n  "+strings.ReplaceAll(node, "\n", "\n  "))
	want := gfws.DefaultConfig()
	change(&want)
	if got := configOf(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestBadNodes holds that each mistake is refused with an error that names the
// key, in a form that the user can do something with.
func TestBadNodes(t *testing.T) {
	for _, c := range []struct{ node, key, hint string }{
		{`heartbeat: {interval: 30}`, "heartbeat.interval", "unit"},
		{`heartbeat: {interval: "30"}`, "heartbeat.interval", "unit"},
		{`heartbeat: {interval: 0}`, "heartbeat.interval", `"off"`},
		{`heartbeat: {interval: "0"}`, "heartbeat.interval", `"off"`},
		{`heartbeat: {interval: "0s"}`, "heartbeat.interval", `"off"`},
		{`heartbeat: {interval: -1s}`, "heartbeat.interval", "above zero"},
		{`heartbeat: {interval: true}`, "heartbeat.interval", "unit"},
		{`heartbeat: {interval: [25s]}`, "heartbeat.interval", "unit"},
		{`heartbeat: {timeout: off}`, "heartbeat.timeout", "unit"},
		{`heartbeat: {timeout: false}`, "heartbeat.timeout", "unit"},
		{`heartbeat: {timeout: soon}`, "heartbeat.timeout", "unit"},
		{`heartbeat: {timeout: 300000h0}`, "heartbeat.timeout", ""},
		{`heartbeat: {timeout: 9999999h}`, "heartbeat.timeout", ""},
		{`timeout: {handshake: 5}`, "timeout.handshake", "unit"},
		{`timeout: {write: 0}`, "timeout.write", "unit"},
		{`timeout: {close: unlimited}`, "timeout.close", "unit"},
		{`drain: {timeout: 15}`, "drain.timeout", "unit"},
		{`drain: {timeout: 4s}`, "drain.timeout", "timeout.close"},
		{`drain: {rate: 0}`, "drain.rate", `"unlimited"`},
		{`drain: {rate: -1}`, "drain.rate", `"unlimited"`},
		{`drain: {rate: 1.5}`, "drain.rate", "whole number"},
		{`drain: {rate: 1000/s}`, "drain.rate", "whole number"},
		{`queue: {maxMessages: 0}`, "queue.maxMessages", `"unlimited"`},
		{`queue: {maxMessages: 99999999999}`, "queue.maxMessages", ""},
		{`queue: {maxMessages: off}`, "queue.maxMessages", `"unlimited"`},
		{`queue: {maxSize: 0}`, "queue.maxSize", `"unlimited"`},
		{`queue: {maxSize: 1KiB}`, "queue.maxSize", "message.maxSize"},
		{`queue: {full: 1013}`, "queue.full", ""},
		{`queue: {full: drop}`, "queue.full", `"drop-oldest"`},
		{`room: {maxPerSession: 0}`, "room.maxPerSession", `"unlimited"`},
		{`room: {maxSize: off}`, "room.maxSize", `"unlimited"`},
		{`room: {maxsize: 1}`, "room.maxsize", "maxSize"},
		{`compression: {enabled: on please}`, "compression.enabled", "true or false"},
		{`compression: {level: 10}`, "compression.level", "9"},
		{`compression: {level: 0}`, "compression.level", ""},
		{`compression: {level: unlimited}`, "compression.level", "whole number"},
		{`compression: {threshold: 0}`, "compression.threshold", ""},
		{`compression: {threshold: unlimited}`, "compression.threshold", ""},
		{`compression: {treshold: 1}`, "compression.treshold", "threshold"},
		{`message: {maxFragments: 0}`, "message.maxFragments", `"unlimited"`},
		{`message: {maxSize: 0}`, "message.maxSize", `"unlimited"`},
		{`message: {maxSize: -1}`, "message.maxSize", `"unlimited"`},
		{`message: {maxSize: -9223372036854775807k}`, "message.maxSize", ""},
		{`message: {maxSize: 64 parsecs}`, "message.maxSize", `"64KiB"`},
		{`message: {maxSize: 1.5MiB}`, "message.maxSize", ""},
		{`message: {maxSize: [1]}`, "message.maxSize", ""},
		{`message: {maxSize: true}`, "message.maxSize", ""},
		{`message: {maxSize: unlimited}`, "queue.maxSize", "message.maxSize"},
		{`message: {types: []}`, "message.types", `"text"`},
		{`message: {types: [json]}`, "message.types", `"json"`},
		{`message: {types: text}`, "message.types", "list"},
		{`message: {types: [1]}`, "message.types", "strings"},
		{`message: 64KiB`, "message", "below"},
		{`message: [1]`, "message", "below"},
		{`origin: {allow: "https://a.example"}`, "origin.allow", "list"},
		{`origin: {allow: [any, "https://a.example"]}`, "origin.allow", `"any"`},
		{`origin: {allow: [a.example]}`, "origin.allow", `"https://host"`},
		{`origin: {allow: ["*"]}`, "origin.allow", `"any"`},
		{`origin: {required: "yes"}`, "origin.required", "true or false"},
		{`origin: {required: 1}`, "origin.required", "true or false"},
		{`subprotocols: ["a b"]`, "subprotocols", `"a b"`},
		{`subprotocols: [""]`, "subprotocols", `""`},
		{`paths: /ws`, "paths", "list"},
		{`paths: [ws]`, "paths", `"ws"`},
		{`paths: [""]`, "paths", ""},
		{`paths: ["/"]`, "paths", "wildcards"},
		{`paths: ["/ws/"]`, "paths", ""},
		{`paths: ["/ws/*"]`, "paths", "wildcards"},
		{`paths: ["/ws/:room"]`, "paths", "wildcards"},
		{`paths: ["/ws/{room}"]`, "paths", "wildcards"},
		{`paths: ["GET:/ws"]`, "paths", ""},
		{`paths: ["/ws@host"]`, "paths", ""},
		{`paths: ["//ws"]`, "paths", ""},
		{`paths: ["/a/../ws"]`, "paths", ""},
		{`paths: ["/ws", "/ws"]`, "paths", "twice"},
		{`console: {path: /ws}`, "console.path", `"/ws"`},
		{`console: {path: /ws/}`, "console.path", `"/ws/"`},
		{`console: {path: console}`, "console.path", ""},
		{`console: {path: "/*"}`, "console.path", ""},
		{`console: {path: 1}`, "console.path", `"off"`},
		{`console: {path: true}`, "console.path", `"off"`},
		{`asyncapi: {path: "/"}`, "asyncapi.path", `"/"`},
		{`asyncapi: {path: 1}`, "asyncapi.path", `"off"`},
		{`asyncapi: {paths: /a}`, "asyncapi.paths", ""},
		{"paths: []\nconsole: {path: /console}", "console.path", ""},
		{`hearbeat: {interval: 25s}`, "hearbeat", "heartbeat"},
		{`heartbeat: {intervall: 25s}`, "heartbeat.intervall", "interval"},
		{`origin: {Allow: [any]}`, "origin.Allow", "allow"},
		{`instances: [chat]`, "instances", "below"},
		{`instances: {chat: 1}`, "instances.chat", "below"},
		{`instances: {chat: {mesage: {}}}`, "instances.chat.mesage", "message"},
		{`instances: {chat: {message: {maxSize: 0}}}`, "instances.chat.message.maxSize", `"unlimited"`},
		{`instances: {chat: {instances: {}}}`, "instances.chat.instances", "unknown"},
	} {
		t.Run(c.node, func(t *testing.T) {
			err := checkNode(t, c.node)
			expectKey(t, err, "websocket."+c.key)
			if err != nil && !strings.Contains(err.Error(), c.hint) {
				t.Errorf("%q does not say %s", err, c.hint)
			}
		})
	}
}

// TestNoWordIsOfferedThatIsRefused holds that an error does not send its reader
// to the next one.
func TestNoWordIsOfferedThatIsRefused(t *testing.T) {
	for _, node := range []string{"compression: {level: 0}", "compression: {threshold: 0}", "timeout: {write: 0}", "heartbeat: {timeout: 0s}"} {
		err := checkNode(t, node)
		if err == nil || strings.Contains(err.Error(), "unlimited") || strings.Contains(err.Error(), `"off"`) {
			t.Errorf("%s: %v", node, err)
		}
	}
}

// TestAllMistakesAtOnce tells the user of each, not of the first alone.
func TestAllMistakesAtOnce(t *testing.T) {
	err := checkNode(t, "heartbeat: {interval: 1, timeout: 2}\nnonsense: 1\nqueue: {maxSize: -1}")
	for _, key := range []string{"heartbeat.interval", "heartbeat.timeout", "nonsense", "queue.maxSize"} {
		expectKey(t, err, "websocket."+key)
	}
}

// TestErrorsHaveACode holds that a host can tell a bad configuration from other
// failures.
func TestErrorsHaveACode(t *testing.T) {
	for _, node := range []string{"heartbeat: {interval: 1}", "drain: {timeout: 1s}", "origin: {allow: [x]}", "console: {path: /ws}"} {
		if err := checkNode(t, node); gerror.Code(err) != gcode.CodeInvalidConfiguration {
			t.Errorf("%s: code is %v of %v", node, gerror.Code(err), err)
		}
	}
}

func TestWrongNode(t *testing.T) {
	for _, yaml := range []string{"websocket: 5\nx: 1", "websocket: [1]\nx: 1", "websocket: \"off\"\nx: 1"} {
		withConfiguration(t, yaml)
		expectKey(t, gfws.New().Check(), "websocket")
	}
}

func TestNothingConfigured(t *testing.T) {
	for _, yaml := range []string{"", "other: 1", "websocket:\nother: 1", "websocket: {}\nother: 1"} {
		withConfiguration(t, yaml)
		if got, want := configOf(t), gfws.DefaultConfig(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q became %+v", yaml, got)
		}
	}
}

// TestOtherFormats reads what YAML is not the only one to write.
func TestOtherFormats(t *testing.T) {
	for name, content := range map[string]string{
		"JSON": `{"websocket":{"message":{"maxSize":1024},"queue":{"maxMessages":9},"heartbeat":{"interval":"9s"},"paths":["/x"]}}`,
		"TOML": "[websocket]\npaths = [\"/x\"]\n[websocket.message]\nmaxSize = 1024\n[websocket.queue]\nmaxMessages = 9\n[websocket.heartbeat]\ninterval = \"9s\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			withConfiguration(t, content)
			got := configOf(t)
			if got.Message.MaxSize != 1024 || got.Queue.MaxMessages != 9 || got.Heartbeat.Interval != 9*time.Second || got.Paths[0] != "/x" {
				t.Errorf("became %+v", got)
			}
		})
	}
}

// TestShippedConfiguration holds that the file which documents the defaults
// states them.
func TestShippedConfiguration(t *testing.T) {
	content, err := os.ReadFile("../manifest/config/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	withConfiguration(t, string(content))
	want := gfws.DefaultConfig()
	want.Subprotocols, want.Origin.Allow, want.Console.Path = []string{}, []string{}, "/"
	want.AsyncAPI.Path = "off"
	if got := configOf(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the file says\n%+v, the defaults are\n%+v", got, want)
	}
}

// TestNoConfigurationFile is a host that has none, where gf itself would panic.
func TestNoConfigurationFile(t *testing.T) {
	g.Cfg().SetAdapter(brokenAdapter{})
	t.Cleanup(func() { setConfiguration("") })
	if got := configOf(t); fmt.Sprint(got) != fmt.Sprint(gfws.DefaultConfig()) {
		t.Errorf("became %+v", got)
	}
}

// TestUnreadableConfiguration is a file that is there and cannot be read.
func TestUnreadableConfiguration(t *testing.T) {
	cause := errors.New("line 3: found a tab")
	g.Cfg().SetAdapter(brokenAdapter{cause})
	t.Cleanup(func() { setConfiguration("") })
	if err := gfws.New().Check(); !errors.Is(err, cause) || gerror.Code(err) != gcode.CodeInvalidConfiguration {
		t.Errorf("got %v", err)
	}
}
