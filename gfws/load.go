package gfws

import (
	"context"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/os/gcmd"
)

// nodeName is the node of the configuration that this package reads.
const nodeName = "websocket"

// loadConfig returns the configuration of the instance: the defaults, what the
// node says for all, what it says for this one, what the options say.
func loadConfig(ctx context.Context, o *options) (Config, error) {
	config := DefaultConfig()
	values, err := configValues(ctx)
	if err != nil {
		return config, err
	}
	if err = applyNode(&config, values, o.name); err != nil {
		return config, err
	}
	for _, change := range o.changes {
		change(&config)
	}
	config.fill()
	return config, config.validate()
}

// isConfigured reports whether the node has keys for an instance of that name.
func isConfigured(ctx context.Context, name string) (bool, error) {
	values, err := configValues(ctx)
	if err != nil {
		return false, err
	}
	named, _ := values["instances"].(map[string]any)
	_, ok := named[name]
	return ok, nil
}

// configValues returns the node. No configuration at all is an empty one; a
// file that was asked for and is not there, or cannot be read, is an error.
func configValues(ctx context.Context) (map[string]any, error) {
	source := g.Cfg()
	if source == nil {
		return nil, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"no configuration: is the folder of GF_GCFG_PATH %q there?", gcmd.GetOptWithEnv("gf.gcfg.path").String())
	}
	if !source.Available(ctx) {
		if asked := gcmd.GetOptWithEnv("gf.gcfg.file").String(); asked != "" {
			return nil, gerror.NewCodef(gcode.CodeInvalidConfiguration, "configuration file %q of GF_GCFG_FILE is not there", asked)
		}
		return nil, nil
	}
	value, err := source.Get(ctx, nodeName)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "configuration cannot be read")
	}
	if value.IsNil() {
		return nil, nil
	}
	values, isMap := value.Val().(map[string]any)
	if !isMap {
		return nil, gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s: expected keys below it, not %v", nodeName, value)
	}
	return values, nil
}

// applyNode reads the node into config. The paths, the page, the API and the
// description of the methods that it sets for all are the default instance's: two
// endpoints cannot share them.
func applyNode(config *Config, values map[string]any, name string) error {
	root := newNode(nodeName, values)
	readConfig(root, config)
	root.section(instancesKey, func(named *node) {
		if name != DefaultName {
			config.Paths, config.Console, config.AsyncAPI = []string{"/" + name}, ConsoleConfig{}, AsyncAPIConfig{}
			config.Push = DefaultConfig().Push
		}
		for each := range named.values {
			target := &Config{}
			if each == name {
				target = config
			}
			named.section(each, func(n *node) { readConfig(n, target) })
		}
	})
	return root.done()
}

// readConfig reads the keys that every instance has.
func readConfig(n *node, c *Config) {
	n.strings("paths", &c.Paths)
	n.strings("subprotocols", &c.Subprotocols)
	n.section("origin", func(n *node) {
		n.strings("allow", &c.Origin.Allow)
		n.bool("required", &c.Origin.Required)
	})
	n.section("proxy", func(n *node) { readProxy(n, &c.Proxy) })
	n.section("auth", func(n *node) { readAuth(n, &c.Auth) })
	n.section("message", func(n *node) {
		n.strings("types", &c.Message.Types)
		n.sizeOrUnlimited("maxSize", &c.Message.MaxSize)
		n.countOrUnlimited("maxFragments", &c.Message.MaxFragments)
		n.countOrOff("jsonDepth", &c.Message.JSONDepth)
		n.word("refuse", &c.Message.Refuse)
	})
	n.section("signature", func(n *node) { readSignature(n, &c.Signature) })
	readLimits(n, c)
	n.section("heartbeat", func(n *node) {
		n.durationOrOff("interval", &c.Heartbeat.Interval)
		n.duration("timeout", &c.Heartbeat.Timeout)
	})
	n.section("queue", func(n *node) {
		n.sizeOrUnlimited("maxSize", &c.Queue.MaxSize)
		n.countOrUnlimited("maxMessages", &c.Queue.MaxMessages)
		n.word("full", &c.Queue.Full)
	})
	n.section("room", c.Room.read)
	n.section("push", c.Push.read)
	n.section("compression", func(n *node) {
		n.bool("enabled", &c.Compression.Enabled)
		n.size("threshold", &c.Compression.Threshold)
		n.count("level", &c.Compression.Level)
	})
	n.section("timeout", func(n *node) {
		n.duration("handshake", &c.Timeout.Handshake)
		n.duration("write", &c.Timeout.Write)
		n.duration("close", &c.Timeout.Close)
	})
	n.section("drain", func(n *node) {
		n.duration("timeout", &c.Drain.Timeout)
		n.countOrUnlimited("rate", &c.Drain.Rate)
	})
	n.section("console", func(n *node) {
		n.path("path", &c.Console.Path)
	})
	n.section("asyncapi", func(n *node) {
		n.path("path", &c.AsyncAPI.Path)
	})
}
