package limit

import (
	"container/list"
	"fmt"
	"math"
	"time"

	"golang.org/x/time/rate"
)

// member is one address or one user. Its buckets are nil where there is no
// limit.
type member[K comparable] struct {
	key        K
	handshakes *rate.Limiter
	messages   bucket
	bytes      bucket

	// What follows is guarded by the table.
	sessions int
	idle     *list.Element // nil while a session is open
	since    time.Time     // when idle began
}

func newMember[K comparable](key K, config tableConfig) *member[K] {
	m := &member[K]{
		key:      key,
		messages: newBucket(int64(config.rate.Messages), config.burst, "messages", config.whose),
		bytes:    newBucket(config.rate.Bytes, config.burst, "bytes", config.whose),
	}
	if config.handshakes > 0 {
		m.handshakes = rate.NewLimiter(rate.Limit(config.handshakes), config.handshakes)
	}
	return m
}

// spend takes a message of size bytes at now, and returns how far the member is
// over its limit, and which one. A debt of more than refuse is not charged.
func (m *member[K]) spend(now time.Time, size int, refuse time.Duration) (time.Duration, bucket) {
	over, which := m.messages.spend(now, 1, refuse), m.messages
	if debt := m.bytes.spend(now, size, refuse); debt > over {
		over, which = debt, m.bytes
	}
	return over, which
}

// bucket is a token bucket that several sessions share.
type bucket struct {
	limiter     *rate.Limiter
	unit, whose string
}

func newBucket(perSecond int64, burst time.Duration, unit, whose string) bucket {
	if perSecond <= 0 {
		return bucket{}
	}
	size := int(max(1, min(float64(perSecond)*burst.Seconds(), math.MaxInt32)))
	return bucket{limiter: rate.NewLimiter(rate.Limit(perSecond), size), unit: unit, whose: whose}
}

// String is the limit in words.
func (b bucket) String() string {
	return fmt.Sprintf("%d %s a second of %s", int64(b.limiter.Limit()), b.unit, b.whose)
}

// spend takes n units at now, more than the bucket holds in several steps, and
// returns how long it will take until they are due. One that is refused is not
// charged, so that it costs nobody else who shares the bucket.
func (b bucket) spend(now time.Time, n int, refuse time.Duration) time.Duration {
	if b.limiter == nil {
		return 0
	}
	var last *rate.Reservation
	for n > 0 {
		step := min(n, b.limiter.Burst())
		last = b.limiter.ReserveN(now, step)
		n -= step
	}
	if last == nil {
		return 0
	}
	debt := last.DelayFrom(now)
	if debt > refuse {
		last.CancelAt(now)
	}
	return debt
}
