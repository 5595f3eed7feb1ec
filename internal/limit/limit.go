// Package limit keeps one client from taking what belongs to all: it counts the
// sessions of an endpoint, of each address and of each user, and how fast they
// talk. What it holds is bounded, whatever comes in.
package limit

import (
	"net/netip"
	"sync/atomic"
	"time"
)

// Config says how much is allowed. A number that is zero or below is no limit.
type Config struct {
	// Total, PerIP and PerUser are how many sessions may be open at once. An IP
	// of version 6 stands for its network of 64 bits.
	Total, PerIP, PerUser int
	// Handshakes is how many handshakes a second one IP may begin, and how many
	// at once.
	Handshakes int
	// Connection, User and IP bound messages.
	Connection, User, IP Rate
	// Burst is how far ahead of its rate a client may be, in time at that rate:
	// with 2 s and 1,000 messages a second it may send 2,000 at once.
	Burst time.Duration
	// Grace is how much further it may go before it is over, again in time.
	Grace time.Duration
	// Delay makes the client wait instead.
	Delay bool
}

// Rate bounds what is sent in a second.
type Rate struct {
	Messages int
	Bytes    int64
}

// limited reports whether r bounds anything.
func (r Rate) limited() bool { return r.Messages > 0 || r.Bytes > 0 }

// Limits is the state of one endpoint. It is safe for concurrent use.
type Limits struct {
	config     Config
	clock      func() time.Time
	epoch      time.Time // what the buckets of connections count from
	messages   pace
	bytes      pace
	total      atomic.Int64
	addresses  *table[netip.Addr] // nil where nothing is asked of addresses
	users      *table[string]     // nil where nothing is asked of users
	perMessage bool               // whether users or addresses bound messages
}

// New returns the state for config, with nobody in.
func New(config Config) *Limits {
	return newLimits(config, time.Now)
}

func newLimits(config Config, clock func() time.Time) *Limits {
	return &Limits{
		config:     config,
		clock:      clock,
		epoch:      clock(),
		messages:   newPace(int64(config.Connection.Messages), "%d messages a second of a connection"),
		bytes:      newPace(config.Connection.Bytes, "%d bytes a second of a connection"),
		perMessage: config.User.limited() || config.IP.limited(),
		addresses: newTable[netip.Addr](tableConfig{
			sessions: config.PerIP, handshakes: config.Handshakes, rate: config.IP,
			burst: config.Burst, grace: config.Grace, clock: clock,
			whose: "an address", words: [3]string{"connections-ip", "handshakes", "rate-ip"},
		}),
		users: newTable[string](tableConfig{
			sessions: config.PerUser, rate: config.User,
			burst: config.Burst, grace: config.Grace, clock: clock,
			whose: "a user", words: [3]string{"connections-user", "", "rate-user"},
		}),
	}
}

// Sessions returns how many sessions are in.
func (l *Limits) Sessions() int { return int(l.total.Load()) }

// enterTotal takes one place of all, unless none is left. It never counts more
// than there are, so that a place given back is there for the next.
func (l *Limits) enterTotal() error {
	for {
		taken := l.total.Load()
		if limit := int64(l.config.Total); limit > 0 && taken >= limit {
			return exceededTotal(limit)
		}
		if l.total.CompareAndSwap(taken, taken+1) {
			return nil
		}
	}
}

// networkBits is what one customer of a provider usually has of IPv6.
const networkBits = 64

// keyOf is the address that stands for all those of one client.
func keyOf(addr netip.Addr) netip.Addr {
	addr = addr.Unmap()
	if !addr.Is6() {
		return addr
	}
	network, err := addr.Prefix(networkBits)
	if err != nil {
		return addr
	}
	return network.Addr()
}
