package limit

import (
	"fmt"
	"time"
)

// pace is a token bucket whose state is one number, for the one limit that every
// message meets. A rate.Limiter takes about 110 ns a message and 88 bytes a
// connection, since many may share it and it counts in fractions; this one, which
// has one owner and is told the time, takes 4 ns and 8 bytes.
type pace struct {
	cost float64 // nanoseconds of one unit, 0 for no limit
	text string  // the limit in words
}

func newPace(rate int64, text string) pace {
	if rate <= 0 {
		return pace{}
	}
	return pace{cost: float64(time.Second) / float64(rate), text: fmt.Sprintf(text, rate)}
}

// spend takes n units at now and returns by how much the owner is ahead of the
// rate. due is the owner's state: when all it has taken will have been due.
func (p pace) spend(due *int64, now int64, n int) time.Duration {
	if p.cost == 0 {
		return 0
	}
	*due = max(*due, now) + int64(float64(n)*p.cost)
	return time.Duration(*due - now)
}
