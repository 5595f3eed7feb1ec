// Package lease closes sessions whose time is over: that to authenticate in, or
// that of their identity.
package lease

import (
	"context"
	"encoding/json"
	"math"
	"sync"
	"time"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
)

// longestNap is how far the timer is set at most, so that a clock that is set,
// or a machine that has slept, is noticed.
const longestNap = time.Hour

// Lease is the time that a session has. It has one timer while there is an end,
// and none otherwise. It is safe for concurrent use.
type Lease struct {
	session *ws.Session
	warning time.Duration

	mu      sync.Mutex
	timer   *time.Timer // nil while there is no end
	watched bool        // the timer is stopped when the session ends
	end     time.Time
	reason  string
	warns   bool // the session is still to be told
}

// New returns the lease of a session, without an end yet. The session is told
// warning before its identity ends; 0 for not at all.
func New(session *ws.Session, warning time.Duration) *Lease {
	return &Lease{session: session, warning: warning}
}

// Await closes the session unless Follow is called within timeout.
func (l *Lease) Await(timeout time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.set(time.Now().Add(timeout), "not authenticated in time")
	l.start()
}

// Follow lets the session go on until its identity expires, or as long as it
// likes where that does not.
func (l *Lease) Follow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	// Asked with the lock held: of two changes the later one counts.
	expires := l.session.Identity().Expires
	if expires.IsZero() {
		l.stop()
		return
	}
	l.set(expires, "authentication has expired")
	l.warns = l.warning > 0
	l.start()
}

// set sets an end that the session is not told of before. l.mu must be held.
func (l *Lease) set(end time.Time, reason string) {
	l.end, l.reason, l.warns = end, reason, false
}

// start looks after the end that is set. l.mu must be held.
func (l *Lease) start() {
	if l.timer == nil {
		l.timer = time.AfterFunc(longestNap, l.tick)
	}
	if !l.watched {
		l.watched = true
		context.AfterFunc(l.session.Context(), l.release)
	}
	l.timer.Reset(l.nap())
}

// release takes the end away.
func (l *Lease) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stop()
}

// stop is release with l.mu held.
func (l *Lease) stop() {
	if l.timer == nil {
		return
	}
	l.timer.Stop()
	l.timer = nil
}

// nap returns when to look again. l.mu must be held.
func (l *Lease) nap() time.Duration {
	left := max(time.Until(l.end), 0)
	if l.warns {
		left -= l.warning
	}
	return min(max(left, 0), longestNap)
}

// tick is what the timer calls.
func (l *Lease) tick() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer == nil || l.session.Context().Err() != nil {
		return
	}
	left := time.Until(l.end)
	if l.warns && left <= l.warning {
		l.warns = false
		l.warn(max(left, 0))
	}
	if left <= 0 {
		_ = l.session.Close(ws.CodeUnauthorized, l.reason) // the code may be sent
		return
	}
	l.timer.Reset(l.nap())
}

// warn tells the session when it will be closed. Whether that arrives is the
// client's concern.
func (l *Lease) warn(left time.Duration) {
	params, err := json.Marshal(struct {
		Expires string `json:"expires"`
		Seconds int    `json:"seconds"`
	}{l.end.UTC().Format(time.RFC3339), int(math.Round(left.Seconds()))})
	if err != nil {
		return
	}
	_ = l.session.Send(ws.Message{Type: ws.Text, Data: rpcwire.AppendNotification(nil, "auth.expiring", params)})
}
