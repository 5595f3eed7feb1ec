package gfws

import (
	"time"

	"github.com/gfws/gf-websocket/internal/limit"
)

// RateConfig tells how fast messages may come.
type RateConfig struct {
	// Messages and Bytes are a connection's in a second (rate.messages,
	// rate.bytes). Default 1,000 messages, and Unlimited bytes.
	Messages int
	Bytes    int64
	// User and IP are those of all connections of one user, and of one address,
	// together (rate.user, rate.ip). Default Unlimited. An IPv6 address stands
	// for its /64.
	User, IP Rate
	// Burst is how far ahead of its rate a client may be, in time at that rate:
	// with 2 s and 1,000 messages it may send 2,000 at once (rate.burst). Default
	// 2 s.
	Burst time.Duration
	// Policy is what happens beyond the burst (rate.policy): "close" closes with
	// 1008 after Grace, "delay" stops reading until the rate is kept. Default
	// "close".
	Policy string
	// Grace is how much further than Burst a client may go before it is closed,
	// again in time at its rate (rate.grace). Default 1 s.
	Grace time.Duration
}

// Rate bounds what is sent in a second.
type Rate struct {
	// Messages is a count. Default Unlimited.
	Messages int
	// Bytes is a size. Default Unlimited.
	Bytes int64
}

// ConnectionsConfig tells how many connections there may be.
type ConnectionsConfig struct {
	// Total is of the instance (connections.total). Default 100,000.
	Total int
	// IP is of one address, IPv6 by /64 (connections.ip). Default Unlimited,
	// since behind a proxy that is not in proxy.trusted all share one.
	IP int
	// User is of one user (connections.user). Default Unlimited.
	User int
	// Handshakes is how many a second one address may begin, without those from
	// pages of an origin that is refused (connections.handshakes). Default
	// Unlimited.
	Handshakes int
}

// AuditConfig tells how much is logged.
type AuditConfig struct {
	// Rate is how many lines a second are written for each reason (audit.rate).
	// Default 10.
	Rate int
}

// The words of rate.policy.
const (
	closeFast = "close"
	delayFast = "delay"
)

func defaultRate() RateConfig {
	unlimited := Rate{Messages: Unlimited, Bytes: Unlimited}
	return RateConfig{
		Messages: 1000,
		Bytes:    Unlimited,
		User:     unlimited,
		IP:       unlimited,
		Burst:    2 * time.Second,
		Policy:   closeFast,
		Grace:    time.Second,
	}
}

func defaultConnections() ConnectionsConfig {
	return ConnectionsConfig{Total: 100_000, IP: Unlimited, User: Unlimited, Handshakes: Unlimited}
}

// readLimits reads the sections of this file.
func readLimits(n *node, c *Config) {
	n.section("rate", func(n *node) {
		n.countOrUnlimited("messages", &c.Rate.Messages)
		n.sizeOrUnlimited("bytes", &c.Rate.Bytes)
		n.section("user", func(n *node) { readRate(n, &c.Rate.User) })
		n.section("ip", func(n *node) { readRate(n, &c.Rate.IP) })
		n.duration("burst", &c.Rate.Burst)
		n.word("policy", &c.Rate.Policy)
		n.duration("grace", &c.Rate.Grace)
	})
	n.section("connections", func(n *node) {
		n.countOrUnlimited("total", &c.Connections.Total)
		n.countOrUnlimited("ip", &c.Connections.IP)
		n.countOrUnlimited("user", &c.Connections.User)
		n.countOrUnlimited("handshakes", &c.Connections.Handshakes)
	})
	n.section("audit", func(n *node) {
		n.countOrUnlimited("rate", &c.Audit.Rate)
	})
}

func readRate(n *node, r *Rate) {
	n.countOrUnlimited("messages", &r.Messages)
	n.sizeOrUnlimited("bytes", &r.Bytes)
}

// fillLimits is fill for the sections of this file.
func (c *Config) fillLimits(def Config) {
	for _, r := range []struct{ value, def *Rate }{{&c.Rate.User, &def.Rate.User}, {&c.Rate.IP, &def.Rate.IP}} {
		fillZero(&r.value.Messages, r.def.Messages)
		fillZero(&r.value.Bytes, r.def.Bytes)
	}
	fillZero(&c.Rate.Messages, def.Rate.Messages)
	fillZero(&c.Rate.Bytes, def.Rate.Bytes)
	fillZero(&c.Rate.Burst, def.Rate.Burst)
	fillZero(&c.Rate.Policy, def.Rate.Policy)
	fillZero(&c.Rate.Grace, def.Rate.Grace)
	fillZero(&c.Connections.Total, def.Connections.Total)
	fillZero(&c.Connections.IP, def.Connections.IP)
	fillZero(&c.Connections.User, def.Connections.User)
	fillZero(&c.Connections.Handshakes, def.Connections.Handshakes)
	fillZero(&c.Audit.Rate, def.Audit.Rate)
}

// limitBounds are the numbers of this file for validateBounds.
func (c *Config) limitBounds() []bounded {
	return []bounded{
		{"rate.messages", int64(c.Rate.Messages), true},
		{"rate.bytes", c.Rate.Bytes, true},
		{"rate.user.messages", int64(c.Rate.User.Messages), true},
		{"rate.user.bytes", c.Rate.User.Bytes, true},
		{"rate.ip.messages", int64(c.Rate.IP.Messages), true},
		{"rate.ip.bytes", c.Rate.IP.Bytes, true},
		{"rate.burst", int64(c.Rate.Burst), false},
		{"rate.grace", int64(c.Rate.Grace), false},
		{"connections.total", int64(c.Connections.Total), true},
		{"connections.ip", int64(c.Connections.IP), true},
		{"connections.user", int64(c.Connections.User), true},
		{"connections.handshakes", int64(c.Connections.Handshakes), true},
		{"audit.rate", int64(c.Audit.Rate), true},
	}
}

// validateRate refuses words that are none, and rates at which a message that
// message.maxSize allows could never be sent.
func (c *Config) validateRate() error {
	if c.Rate.Policy != closeFast && c.Rate.Policy != delayFast {
		return invalid("rate.policy", `%q is neither "close" nor "delay"`, c.Rate.Policy)
	}
	for _, rate := range []struct {
		key      string
		messages int
	}{
		{"rate.messages", c.Rate.Messages}, {"rate.user.messages", c.Rate.User.Messages}, {"rate.ip.messages", c.Rate.IP.Messages},
	} {
		if rate.messages > 0 && float64(rate.messages)*c.Rate.Burst.Seconds() < 1 {
			return invalid(rate.key, "%d messages a second in rate.burst (%s) are not one message, so the first would be too many", rate.messages, c.Rate.Burst)
		}
	}
	for _, rate := range []struct {
		key   string
		bytes int64
	}{
		{"rate.bytes", c.Rate.Bytes}, {"rate.user.bytes", c.Rate.User.Bytes}, {"rate.ip.bytes", c.Rate.IP.Bytes},
	} {
		if rate.bytes <= 0 {
			continue
		}
		if burst := float64(rate.bytes) * c.Rate.Burst.Seconds(); c.Message.MaxSize == Unlimited || float64(c.Message.MaxSize) > burst {
			return invalid(rate.key, "%d bytes a second in rate.burst (%s) are not one message of message.maxSize", rate.bytes, c.Rate.Burst)
		}
	}
	return nil
}

// limits returns the part of c that keeps clients within their share.
func (c Config) limits() limit.Config {
	return limit.Config{
		Total:      c.Connections.Total,
		PerIP:      c.Connections.IP,
		PerUser:    c.Connections.User,
		Handshakes: c.Connections.Handshakes,
		Connection: limit.Rate{Messages: c.Rate.Messages, Bytes: c.Rate.Bytes},
		User:       limit.Rate(c.Rate.User),
		IP:         limit.Rate(c.Rate.IP),
		Burst:      c.Rate.Burst,
		Grace:      c.Rate.Grace,
		Delay:      c.Rate.Policy == delayFast,
	}
}
