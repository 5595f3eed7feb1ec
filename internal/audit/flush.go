package audit

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// flushAfter is how long suppressed lines wait for a next one of their reason,
// which tells of them too.
const flushAfter = 10 * time.Second

// untold is what was suppressed of a reason.
type untold struct {
	key
	suppressed uint64
}

// Flush tells now of what was suppressed. An audit does it by itself some time
// later, with a timer that is only there while something is untold.
func (l *Log) Flush() {
	l.mu.Lock()
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	left := l.take()
	l.mu.Unlock()
	for _, u := range left {
		e := Event{Action: u.action, Reason: u.reason}
		l.logger.Info(context.Background(), e.line(l.instance, u.suppressed))
	}
}

// flushLater has Flush called unless it will be already. l.mu must be held.
func (l *Log) flushLater() {
	if l.timer == nil {
		l.timer = time.AfterFunc(flushAfter, l.Flush)
	}
}

// take returns what is untold, and takes it for told. l.mu must be held.
func (l *Log) take() []untold {
	var left []untold
	for k, t := range l.tallies {
		if t.suppressed > 0 {
			left = append(left, untold{k, t.suppressed})
			t.suppressed = 0
		}
	}
	slices.SortFunc(left, func(a, b untold) int {
		return cmp.Or(cmp.Compare(a.action, b.action), cmp.Compare(a.reason, b.reason))
	})
	return left
}
