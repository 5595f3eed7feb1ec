package limit

import (
	"strings"
	"testing"
	"time"
)

// step is some messages at once and what the last one meets.
type step struct {
	after    time.Duration
	messages int
	size     int
	want     string // "", "warn", "wait" or the reason it ends for
}

// TestSpend plays floods and honest talk against each limit.
func TestSpend(t *testing.T) {
	connection := Config{Connection: Rate{Messages: 10}, Burst: 2 * time.Second, Grace: time.Second}
	bytes := Config{Connection: Rate{Bytes: 1000}, Burst: 2 * time.Second, Grace: time.Second}
	delay := Config{Connection: Rate{Messages: 10}, Burst: 2 * time.Second, Grace: time.Second, Delay: true}
	address := Config{IP: Rate{Messages: 10}, Burst: 2 * time.Second, Grace: time.Second}
	addressBytes := Config{IP: Rate{Bytes: 1000}, Burst: 2 * time.Second, Grace: time.Second}
	user := Config{User: Rate{Messages: 10}, Burst: 2 * time.Second, Grace: time.Second}
	for _, c := range []struct {
		name   string
		config Config
		steps  []step
		limit  string
	}{
		{"no limit", Config{Burst: time.Second}, []step{{0, 100000, 1 << 20, ""}}, ""},
		{"the burst", connection, []step{{0, 20, 1, ""}}, ""},
		{"one over the burst", connection, []step{{0, 21, 1, "warn"}}, "10 messages a second of a connection"},
		{"warned once", connection, []step{{0, 21, 1, "warn"}, {0, 1, 1, ""}}, ""},
		{"the grace", connection, []step{{0, 21, 1, "warn"}, {0, 9, 1, ""}, {0, 1, 1, "rate"}}, "more than 10 messages"},
		{"at the rate for ever", connection, []step{{0, 20, 1, ""}, {time.Second, 10, 1, ""}, {time.Second, 10, 1, ""}}, ""},
		{"warned again after a rest", connection, []step{{0, 21, 1, "warn"}, {10 * time.Second, 20, 1, ""}, {0, 1, 1, "warn"}}, ""},
		{"a rest saves no more than the burst", connection, []step{{time.Hour, 21, 1, "warn"}}, ""},
		{"bytes", bytes, []step{{0, 2, 1000, ""}, {0, 1, 1, "warn"}, {0, 1, 1000, "rate"}}, "more than 1000 bytes a second"},
		{"delay", delay, []step{{0, 21, 1, "wait"}, {0, 100, 1, "wait"}}, "10 messages"},
		{"an address", address, []step{{0, 20, 1, ""}, {0, 1, 1, "warn"}, {0, 10, 1, "rate-ip"}}, "more than 10 messages a second of an address"},
		{"more bytes than a bucket holds", Config{IP: Rate{Bytes: 1 << 60}, Burst: time.Hour, Grace: time.Second}, []step{{0, 10, 1 << 30, ""}}, ""},
		{"bytes of an address", addressBytes, []step{{0, 1, 2000, ""}, {0, 1, 4000, "rate-ip"}}, "more than 1000 bytes a second of an address"},
		{"a user", user, []step{{0, 20, 1, ""}, {0, 1, 1, "warn"}, {0, 10, 1, "rate-user"}}, "more than 10 messages a second of a user"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := &manual{}
			l := newLimits(c.config, clock.now)
			ticket := enter(t, l, "10.0.0.1")
			defer ticket.Leave()
			if err := ticket.Identify("ann"); err != nil {
				t.Fatal(err)
			}
			var last Verdict
			for i, s := range c.steps {
				clock.advance(s.after)
				for range s.messages {
					last = ticket.Spend(clock.now(), s.size)
				}
				if got := outcome(last); got != s.want {
					t.Fatalf("step %d: %q (%+v), want %q", i, got, last, s.want)
				}
			}
			if said := last.Limit; last.Over == nil && !strings.Contains(said, c.limit) ||
				last.Over != nil && !strings.Contains(last.Over.Limit, c.limit) {
				t.Errorf("%+v does not tell the limit %q", last, c.limit)
			}
		})
	}
}

func outcome(v Verdict) string {
	switch {
	case v.Over != nil:
		return v.Over.Reason
	case v.Wait > 0:
		return "wait"
	case v.Warn:
		return "warn"
	}
	return ""
}

// TestSharedBucketIsShared holds that the connections of one address have one
// bucket, that another address has its own, and that leaving does not refill it.
func TestSharedBucketIsShared(t *testing.T) {
	clock := &manual{}
	l := newLimits(Config{IP: Rate{Messages: 10}, Burst: time.Second, Grace: time.Second}, clock.now)
	first, second, other := enter(t, l, "10.0.0.1"), enter(t, l, "10.0.0.1"), enter(t, l, "10.0.0.2")
	for range 10 {
		first.Spend(clock.now(), 1)
	}
	if got := outcome(second.Spend(clock.now(), 1)); got != "warn" {
		t.Errorf("the second connection got %q, not a warning", got)
	}
	if got := outcome(other.Spend(clock.now(), 1)); got != "" {
		t.Errorf("another address got %q", got)
	}
	first.Leave()
	second.Leave()
	again := enter(t, l, "10.0.0.1")
	if got := outcome(again.Spend(clock.now(), 1)); got != "warn" {
		t.Errorf("after coming back it got %q, not a warning", got)
	}
}

// TestWaitsAreTheRate holds that a sender who waits as told sends at the rate.
func TestWaitsAreTheRate(t *testing.T) {
	for name, config := range map[string]Config{
		"connection": {Connection: Rate{Messages: 100}, Burst: time.Second, Delay: true},
		"address":    {IP: Rate{Messages: 100}, Burst: time.Second, Delay: true},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &manual{}
			ticket := enter(t, newLimits(config, clock.now), "10.0.0.1")
			for range 1000 {
				clock.advance(ticket.Spend(clock.now(), 1).Wait)
			}
			took := time.Duration(clock.at.Load())
			if took < 8900*time.Millisecond || took > 9100*time.Millisecond {
				t.Errorf("1000 messages took %s, not the 9 s that they have beyond the burst", took)
			}
		})
	}
}

// TestSpendAllocatesNothing holds the cost of what every message meets.
func TestSpendAllocatesNothing(t *testing.T) {
	l := New(Config{Connection: Rate{Messages: 1000, Bytes: 1 << 30}, Burst: 2 * time.Second})
	ticket := enter(t, l, "10.0.0.1")
	now := time.Now()
	allocated := testing.AllocsPerRun(1000, func() {
		now = now.Add(time.Second)
		if v := ticket.Spend(now, 128); v.Over != nil {
			t.Fatal("over")
		}
	})
	if allocated > 0 {
		t.Errorf("a message allocates %v times", allocated)
	}
}

// BenchmarkSpend is what the limits of a connection cost each message.
func BenchmarkSpend(b *testing.B) {
	l := New(Config{Connection: Rate{Messages: 1000}, Burst: 2 * time.Second})
	ticket, now := l.Ticket(), time.Now()
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(time.Millisecond)
		if ticket.Spend(now, 128).Over != nil {
			b.Fatal("over")
		}
	}
}
