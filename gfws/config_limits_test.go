package gfws_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/gfws"
)

// TestLimitKeys sets each key of the limits, and of the rules for messages, to
// something else than its default and looks where it arrives.
func TestLimitKeys(t *testing.T) {
	for _, c := range []struct {
		node string
		want func(c *gfws.Config)
	}{
		{`rate: {messages: 5}`, func(c *gfws.Config) { c.Rate.Messages = 5 }},
		{`rate: {messages: unlimited}`, func(c *gfws.Config) { c.Rate.Messages = gfws.Unlimited }},
		{`rate: {bytes: 1MiB}`, func(c *gfws.Config) { c.Rate.Bytes = 1 << 20 }},
		{`rate: {user: {messages: 6}}`, func(c *gfws.Config) { c.Rate.User.Messages = 6 }},
		{`rate: {user: {bytes: 2MiB}}`, func(c *gfws.Config) { c.Rate.User.Bytes = 2 << 20 }},
		{`rate: {ip: {messages: 7}}`, func(c *gfws.Config) { c.Rate.IP.Messages = 7 }},
		{`rate: {ip: {bytes: 3MiB}}`, func(c *gfws.Config) { c.Rate.IP.Bytes = 3 << 20 }},
		{`rate: {burst: 3s}`, func(c *gfws.Config) { c.Rate.Burst = 3 * time.Second }},
		{`rate: {policy: delay}`, func(c *gfws.Config) { c.Rate.Policy = "delay" }},
		{`rate: {grace: 100ms}`, func(c *gfws.Config) { c.Rate.Grace = 100 * time.Millisecond }},
		{`connections: {total: unlimited}`, func(c *gfws.Config) { c.Connections.Total = gfws.Unlimited }},
		{`connections: {ip: 8}`, func(c *gfws.Config) { c.Connections.IP = 8 }},
		{`connections: {user: 9}`, func(c *gfws.Config) { c.Connections.User = 9 }},
		{`connections: {handshakes: 10}`, func(c *gfws.Config) { c.Connections.Handshakes = 10 }},
		{`audit: {rate: 11}`, func(c *gfws.Config) { c.Audit.Rate = 11 }},
		{`audit: {rate: unlimited}`, func(c *gfws.Config) { c.Audit.Rate = gfws.Unlimited }},
		{`message: {jsonDepth: 32}`, func(c *gfws.Config) { c.Message.JSONDepth = 32 }},
		{`message: {jsonDepth: off}`, func(*gfws.Config) {}},
		{`message: {jsonDepth: "off"}`, func(*gfws.Config) {}},
		{`message: {refuse: answer}`, func(c *gfws.Config) { c.Message.Refuse = "answer" }},
		{`signature: {keys: ["0123456789abcdef"]}`, func(c *gfws.Config) { c.Signature.Keys = []gfws.Secret{"0123456789abcdef"} }},
		{`signature: {window: 1m}`, func(c *gfws.Config) { c.Signature.Window = time.Minute }},
	} {
		t.Run(c.node, func(t *testing.T) { expectConfig(t, c.node, c.want) })
	}
}

// TestBadLimits holds that each mistake is refused with an error that names the
// key, and shows no key of a signature.
func TestBadLimits(t *testing.T) {
	for _, c := range []struct{ node, key, hint string }{
		{`rate: {messages: 0}`, "rate.messages", `"unlimited"`},
		{`rate: {messages: off}`, "rate.messages", `"unlimited"`},
		{`rate: {messages: 1.5}`, "rate.messages", "whole number"},
		{`rate: {bytes: 0}`, "rate.bytes", `"unlimited"`},
		{`rate: {bytes: 1KiB}`, "rate.bytes", "message.maxSize"},
		{`rate: {user: {bytes: 1KiB}}`, "rate.user.bytes", "message.maxSize"},
		{`rate: {ip: {bytes: 1KiB}}`, "rate.ip.bytes", "message.maxSize"},
		{`rate: {ip: {messages: -1}}`, "rate.ip.messages", `"unlimited"`},
		{`rate: {user: 5}`, "rate.user", "keys below it"},
		{`rate: {user: {perSecond: 5}}`, "rate.user.perSecond", "messages"},
		{`rate: {burst: 2}`, "rate.burst", "unit"},
		{`rate: {burst: 0s}`, "rate.burst", "above zero"},
		{`rate: {grace: off}`, "rate.grace", "unit"},
		{`rate: {messages: 5, burst: 100ms, grace: 50ms}`, "rate.messages", "not one message"},
		{`rate: {user: {messages: 1}, burst: 999ms}`, "rate.user.messages", "not one message"},
		{`rate: {ip: {messages: 1}, burst: 999ms, policy: delay}`, "rate.ip.messages", "not one message"},
		{`rate: {policy: ""}`, "rate.policy", "means nothing"},
		{`message: {refuse: ""}`, "message.refuse", "means nothing"},
		{`queue: {full: ""}`, "queue.full", "means nothing"},
		{`push: {path: ""}`, "push.path", "means nothing"},
		{`rate: {policy: drop}`, "rate.policy", `"delay"`},
		{`connections: {total: 0}`, "connections.total", `"unlimited"`},
		{`connections: {ip: 0}`, "connections.ip", `"unlimited"`},
		{`connections: {user: many}`, "connections.user", `"unlimited"`},
		{`connections: {handshakes: 10/s}`, "connections.handshakes", "whole number"},
		{`connections: {perIP: 5}`, "connections.perIP", "ip"},
		{`audit: {rate: 0}`, "audit.rate", `"unlimited"`},
		{`message: {jsonDepth: 0}`, "message.jsonDepth", "above zero"},
		{`message: {jsonDepth: unlimited}`, "message.jsonDepth", `"off"`},
		{`message: {refuse: ignore}`, "message.refuse", `"answer"`},
		{`signature: {window: 30}`, "signature.window", "unit"},
		{`signature: {keys: ["secret"]}`, "signature.keys", "16 bytes"},
		{`signature: {keys: "secret"}`, "signature.keys", "list"},
		{`signature: {keys: [{a: secret}]}`, "signature.keys", "list"},
	} {
		t.Run(c.node, func(t *testing.T) {
			err := checkNode(t, c.node)
			expectKey(t, err, c.key)
			if err != nil && (!strings.Contains(err.Error(), c.hint) || strings.Contains(err.Error(), "secret")) {
				t.Errorf("%v does not say %q, or says too much", err, c.hint)
			}
		})
	}
}

// TestLimitsFromCode holds that zero is the default, and that no number below it
// passes which is no word.
func TestLimitsFromCode(t *testing.T) {
	want := gfws.DefaultConfig()
	got := configOf(t, gfws.Configure(func(c *gfws.Config) {
		c.Rate, c.Connections, c.Audit, c.Signature = gfws.RateConfig{}, gfws.ConnectionsConfig{}, gfws.AuditConfig{}, gfws.SignatureConfig{}
		c.Message.Refuse = ""
	}))
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for key, change := range map[string]func(*gfws.Config){
		"rate.messages":          func(c *gfws.Config) { c.Rate.Messages = -2 },
		"rate.burst":             func(c *gfws.Config) { c.Rate.Burst = -1 },
		"rate.grace":             func(c *gfws.Config) { c.Rate.Grace = gfws.Off },
		"connections.total":      func(c *gfws.Config) { c.Connections.Total = -2 },
		"connections.handshakes": func(c *gfws.Config) { c.Connections.Handshakes = -7 },
		"audit.rate":             func(c *gfws.Config) { c.Audit.Rate = -2 },
		"message.jsonDepth":      func(c *gfws.Config) { c.Message.JSONDepth = -1 },
		"signature.window":       func(c *gfws.Config) { c.Signature.Window = -time.Second },
		"rate.bytes": func(c *gfws.Config) {
			c.Rate.Bytes, c.Message.MaxSize, c.Queue.MaxSize = 1<<20, gfws.Unlimited, gfws.Unlimited
		},
	} {
		expectKey(t, gfws.New(gfws.Configure(change)).Check(), key)
	}
}
