// Package audit tells what was refused and who was thrown out: a line in the log
// for each, as long as they are not too many, and a counter for each reason.
package audit

import (
	"context"
	"sync"
	"time"

	"github.com/gogf/gf/v2/os/glog"
)

// Action is what was done.
type Action string

const (
	// Refused is a handshake that was not let in.
	Refused Action = "refused"
	// Closed is a session that was ended.
	Closed Action = "closed"
	// Rejected is a message that was not taken, from a session that goes on.
	Rejected Action = "rejected"
	// Warned is a session that has come over its rate.
	Warned Action = "warned"
)

// Log is the audit of one endpoint. It is safe for concurrent use.
type Log struct {
	logger   *glog.Logger
	instance string
	rate     int // lines a second for each reason, below zero for no bound
	clock    func() time.Time

	mu      sync.Mutex
	tallies map[key]*tally
	timer   *time.Timer // for Flush; nil while nothing is suppressed
}

type key struct {
	action Action
	reason string
}

// tally counts one reason.
type tally struct {
	total      uint64
	second     int64  // in which lines were last written
	lines      int    // how many then
	suppressed uint64 // how many were not, since the last line
}

// New returns an audit that writes at most rate lines a second for each reason of
// each action, any number for a rate below zero.
func New(logger *glog.Logger, instance string, rate int) *Log {
	return &Log{logger: logger, instance: instance, rate: rate, clock: time.Now, tallies: make(map[key]*tally)}
}

// Record writes the line of e, unless too many were written already, and counts
// it. The next line of the same reason then tells how many are missing, or a line
// of its own some time later.
func (l *Log) Record(ctx context.Context, e Event) {
	if suppressed, written := l.admit(key{e.Action, e.Reason}); written {
		l.logger.Info(ctx, e.line(l.instance, suppressed))
	}
	l.Count(ctx, e)
}

// Count counts e without a line, where another tells of it.
func (l *Log) Count(ctx context.Context, e Event) {
	l.mu.Lock()
	l.tally(key{e.Action, e.Reason}).total++
	l.mu.Unlock()
	count(ctx, l.instance, e)
}

// admit reports whether a line may be written, and how many were not before it.
func (l *Log) admit(k key) (suppressed uint64, written bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t, second := l.tally(k), l.clock().Unix()
	if t.second != second {
		t.second, t.lines = second, 0
	}
	if l.rate >= 0 && t.lines >= l.rate {
		t.suppressed++
		l.flushLater()
		return 0, false
	}
	t.lines++
	suppressed, t.suppressed = t.suppressed, 0
	return suppressed, true
}

// tally returns the counter of k. l.mu must be held.
func (l *Log) tally(k key) *tally {
	t, known := l.tallies[k]
	if !known {
		t = &tally{}
		l.tallies[k] = t
	}
	return t
}

// Totals returns how often each reason of an action was counted.
func (l *Log) Totals(action Action) map[string]uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	totals := make(map[string]uint64)
	for k, t := range l.tallies {
		if k.action == action {
			totals[k.reason] = t.total
		}
	}
	return totals
}
