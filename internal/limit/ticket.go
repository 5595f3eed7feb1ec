package limit

import (
	"math"
	"net/netip"
	"sync"
	"time"
)

// Ticket is one connection's right to be there, from before its upgrade until
// its session has ended. The zero value is of no endpoint: see [Limits.Ticket].
//
// Enter, Identify and Leave are safe for concurrent use. Spend is for the one
// goroutine that reads the connection, which is also the one that identifies.
type Ticket struct {
	limits *Limits
	ip     *member[netip.Addr]
	user   *member[string]

	due struct{ messages, bytes int64 } // see pace
	// warned is set while the connection is over a limit and has been told.
	warned bool

	mu sync.Mutex
	in bool
}

// Ticket returns a ticket that holds no place yet.
func (l *Limits) Ticket() Ticket { return Ticket{limits: l} }

// Enter takes a place for a connection from addr. Its error is an [Exceeded], and
// then no place was taken.
func (t *Ticket) Enter(addr netip.Addr) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.limits.enterTotal(); err != nil {
		return err
	}
	if table := t.limits.addresses; table != nil {
		ip, err := table.enter(keyOf(addr))
		if err != nil {
			t.limits.total.Add(-1)
			return err
		}
		t.ip = ip
	}
	t.in = true
	return nil
}

// CountsUsers reports whether anything is asked of users, and so whether Identify
// does anything.
func (t *Ticket) CountsUsers() bool { return t.limits.users != nil }

// Identify counts the connection as one of user from now on, and no longer as
// one of whom it was before; "" is nobody. On an [Exceeded] it stays as it was.
func (t *Ticket) Identify(user string) error {
	table := t.limits.users
	if table == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.in || t.isOf(user) {
		return nil
	}
	var next *member[string]
	if user != "" {
		var err error
		if next, err = table.enter(user); err != nil {
			return err
		}
	}
	if t.user != nil {
		table.leave(t.user)
	}
	t.user = next
	return nil
}

func (t *Ticket) isOf(user string) bool {
	if t.user == nil {
		return user == ""
	}
	return t.user.key == user
}

// Leave gives the place back. Only the first call does, and only after Enter.
func (t *Ticket) Leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.in {
		return
	}
	t.in = false
	t.limits.total.Add(-1)
	if t.ip != nil {
		t.limits.addresses.leave(t.ip)
	}
	if t.user != nil {
		t.limits.users.leave(t.user)
	}
}

// Verdict is what happens to a message by its sender's rate.
type Verdict struct {
	// Warn tells that the sender has just come over a limit.
	Warn bool
	// Wait is how long the sender must wait first; 0 for not at all.
	Wait time.Duration
	// Over is the limit that ends the connection; nil for none.
	Over *Exceeded
	// Limit is the limit that Warn and Wait are about, in words.
	Limit string
	// Reason is its word for logs.
	Reason string
}

// Spend counts a message of size bytes that came at now.
func (t *Ticket) Spend(now time.Time, size int) Verdict {
	l := t.limits
	at := int64(now.Sub(l.epoch))
	over := l.messages.spend(&t.due.messages, at, 1) - l.config.Burst
	text, reason := l.messages.text, "rate"
	if debt := l.bytes.spend(&t.due.bytes, at, size) - l.config.Burst; debt > over {
		over, text = debt, l.bytes.text
	}
	if l.perMessage {
		if debt, limit, word := t.spendShared(size); debt > over && debt > 0 {
			over, text, reason = debt, limit.String(), word
		}
	}
	if over <= 0 {
		t.warned = false
		return Verdict{}
	}
	return t.judge(over, text, reason)
}

// spendShared counts the message for the connection's address and user. Many
// connections do so at once, so the clock is the one of all.
func (t *Ticket) spendShared(size int) (over time.Duration, limit bucket, reason string) {
	now, refuse := t.limits.clock(), t.limits.config.Grace
	if t.limits.config.Delay {
		refuse = math.MaxInt64
	}
	if t.ip != nil {
		over, limit = t.ip.spend(now, size, refuse)
		reason = t.limits.addresses.words[2]
	}
	if t.user == nil {
		return over, limit, reason
	}
	if debt, which := t.user.spend(now, size, refuse); debt > over {
		return debt, which, t.limits.users.words[2]
	}
	return over, limit, reason
}

// judge says what happens to one who is over a limit by that much time.
func (t *Ticket) judge(over time.Duration, limit, reason string) Verdict {
	verdict := Verdict{Warn: !t.warned, Limit: limit, Reason: reason}
	t.warned = true
	switch {
	case t.limits.config.Delay:
		verdict.Wait = over
	case over > t.limits.config.Grace:
		verdict.Over = &Exceeded{Reason: reason, Limit: "more than " + limit, RetryAfter: 1}
	}
	return verdict
}
