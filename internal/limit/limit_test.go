package limit

import (
	"errors"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// manual is a clock that a test moves.
type manual struct{ at atomic.Int64 }

func (m *manual) now() time.Time          { return time.Unix(1e9, 0).Add(time.Duration(m.at.Load())) }
func (m *manual) advance(d time.Duration) { m.at.Add(int64(d)) }

func ip(text string) netip.Addr { return netip.MustParseAddr(text) }

// enter takes a place that must be had.
func enter(t *testing.T, l *Limits, addr string) *Ticket {
	t.Helper()
	ticket := l.Ticket()
	if err := ticket.Enter(ip(addr)); err != nil {
		t.Fatalf("%s: %v", addr, err)
	}
	return &ticket
}

// expectExceeded holds that err is the limit of that word.
func expectExceeded(t *testing.T, err error, reason string) *Exceeded {
	t.Helper()
	var exceeded *Exceeded
	if !errors.As(err, &exceeded) || exceeded.Reason != reason || exceeded.RetryAfter < 1 {
		t.Fatalf("got %+v, want %s", err, reason)
	}
	return exceeded
}

// TestPlaces holds who is let in beside whom, and that a place comes back.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name   string
		config Config
		inside []string
		next   string
		reason string // "" for let in
	}{
		{"nothing set", Config{}, []string{"10.0.0.1", "10.0.0.1"}, "10.0.0.1", ""},
		{"total", Config{Total: 2}, []string{"10.0.0.1", "10.0.0.2"}, "10.0.0.3", "connections"},
		{"total before the address", Config{Total: 1, PerIP: 1}, []string{"10.0.0.1"}, "10.0.0.1", "connections"},
		{"room in total", Config{Total: 3}, []string{"10.0.0.1", "10.0.0.2"}, "10.0.0.3", ""},
		{"an address", Config{PerIP: 2}, []string{"10.0.0.1", "10.0.0.1"}, "10.0.0.1", "connections-ip"},
		{"another address", Config{PerIP: 2}, []string{"10.0.0.1", "10.0.0.1"}, "10.0.0.2", ""},
		{"IPv4 in IPv6 is IPv4", Config{PerIP: 1}, []string{"10.0.0.1"}, "::ffff:10.0.0.1", "connections-ip"},
		{"the same /64", Config{PerIP: 1}, []string{"2001:db8:0:1::1"}, "2001:db8:0:1:ffff::2", "connections-ip"},
		{"another /64", Config{PerIP: 1}, []string{"2001:db8:0:1::1"}, "2001:db8:0:2::1", ""},
		{"a zone makes no other", Config{PerIP: 1}, []string{"fe80::1%eth0"}, "fe80::2%eth1", "connections-ip"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := New(c.config)
			var tickets []*Ticket
			for _, addr := range c.inside {
				tickets = append(tickets, enter(t, l, addr))
			}
			next := l.Ticket()
			err := next.Enter(ip(c.next))
			if c.reason == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if exceeded := expectExceeded(t, err, c.reason); exceeded.Total != (c.reason == "connections") {
				t.Errorf("total is %v", exceeded.Total)
			}
			next.Leave() // of one who never was in
			if l.Sessions() != len(c.inside) {
				t.Fatalf("%d are in, not %d", l.Sessions(), len(c.inside))
			}
			tickets[0].Leave()
			tickets[0].Leave()
			enter(t, l, c.next)
			if l.Sessions() != len(c.inside) {
				t.Errorf("%d are in, not %d", l.Sessions(), len(c.inside))
			}
		})
	}
}

// TestUsers holds the places of a user across identities that come and change.
func TestUsers(t *testing.T) {
	l := New(Config{PerUser: 1})
	first, second := enter(t, l, "10.0.0.1"), enter(t, l, "10.0.0.2")
	identify := func(ticket *Ticket, user, reason string) {
		t.Helper()
		err := ticket.Identify(user)
		if reason == "" && err == nil {
			return
		}
		expectExceeded(t, err, reason)
	}
	identify(first, "ann", "")
	identify(first, "ann", "")
	identify(second, "ann", "connections-user")
	identify(second, "bob", "")
	identify(second, "ann", "connections-user")
	identify(first, "bob", "connections-user") // and it stays ann
	identify(second, "ann", "connections-user")
	first.Leave()
	identify(first, "bob", "") // too late to count
	identify(second, "ann", "")
	identify(second, "", "")
	if n := l.users.len(); n != 0 {
		t.Errorf("%d users are remembered", n)
	}
	second.Leave()
}

// TestRacingEntries holds the places exactly while a thousand want them, over
// and over, and that all come back.
func TestRacingEntries(t *testing.T) {
	const racers, places, perIP, perUser = 1000, 100, 60, 50
	l := New(Config{Total: places, PerIP: perIP, PerUser: perUser})
	addrs := []netip.Addr{ip("10.0.0.1"), ip("10.0.0.2"), ip("2001:db8::1")}
	users := []string{"ann", "bob", ""}
	var in, most atomic.Int64
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() {
			for range 20 {
				ticket := l.Ticket()
				if ticket.Enter(addrs[i%len(addrs)]) != nil {
					continue
				}
				now := in.Add(1)
				for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
				}
				_ = ticket.Identify(users[i%len(users)])
				in.Add(-1)
				wg.Go(ticket.Leave)
				ticket.Leave()
			}
		})
	}
	wg.Wait()
	if most.Load() > places || l.Sessions() != 0 || l.addresses.len() != 0 || l.users.len() != 0 {
		t.Errorf("at most %d were in; left are %d, %d addresses, %d users", most.Load(), l.Sessions(), l.addresses.len(), l.users.len())
	}
	for range perIP {
		enter(t, l, "10.0.0.1")
	}
	ticket := l.Ticket()
	expectExceeded(t, ticket.Enter(ip("10.0.0.1")), "connections-ip")
}

// TestHandshakes holds how often an address may knock, and that being let in or
// not makes no difference.
func TestHandshakes(t *testing.T) {
	clock := &manual{}
	l := newLimits(Config{Handshakes: 2, PerIP: 1}, clock.now)
	first := enter(t, l, "10.0.0.1")
	ticket := l.Ticket()
	expectExceeded(t, ticket.Enter(ip("10.0.0.1")), "connections-ip")
	expectExceeded(t, ticket.Enter(ip("10.0.0.1")), "handshakes")
	first.Leave()
	expectExceeded(t, ticket.Enter(ip("10.0.0.1")), "handshakes")
	enter(t, l, "10.0.0.2")
	clock.advance(time.Second / 2)
	enter(t, l, "10.0.0.1")
}

// TestIdleMembersAreForgotten holds that addresses are remembered for as long as
// they would get away with something otherwise, and no longer.
func TestIdleMembersAreForgotten(t *testing.T) {
	clock := &manual{}
	l := newLimits(Config{Handshakes: 1}, clock.now)
	enter(t, l, "10.0.0.1").Leave()
	stays := enter(t, l, "10.0.0.2")
	l.addresses.sweep()
	if n := l.addresses.len(); n != 2 {
		t.Fatalf("%d addresses are known, not 2", n)
	}
	clock.advance(time.Second)
	l.addresses.sweep()
	if n := l.addresses.len(); n != 1 {
		t.Errorf("%d addresses are known, not only the one that is in", n)
	}
	stays.Leave()
	clock.advance(time.Second)
	l.addresses.sweep()
	if n := l.addresses.len(); n != 0 {
		t.Errorf("%d addresses are known", n)
	}
}

// TestFloodOfAddressesIsBounded holds the memory while every handshake comes
// from another network.
func TestFloodOfAddressesIsBounded(t *testing.T) {
	clock := &manual{}
	l := newLimits(Config{Handshakes: 1}, clock.now)
	addr := ip("2001:db8::1").As16()
	for i := range maxIdle + 1000 {
		addr[4], addr[5], addr[6] = byte(i>>16), byte(i>>8), byte(i)
		ticket := l.Ticket()
		if err := ticket.Enter(netip.AddrFrom16(addr)); err != nil {
			t.Fatal(err)
		}
		ticket.Leave()
	}
	if n := l.addresses.len(); n > maxIdle {
		t.Errorf("%d addresses are known, more than %d", n, maxIdle)
	}
	clock.advance(time.Second)
	l.addresses.sweep()
	if n := l.addresses.len(); n != 0 {
		t.Errorf("%d addresses are known after the flood", n)
	}
}

// len returns how many members are known.
func (t *table[K]) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.members)
}
