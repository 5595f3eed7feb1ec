package load

import (
	"math/bits"
	"time"
)

const (
	subBits    = 6 // 64 steps for each power of two: off by 1.6 % at most
	subBuckets = 1 << subBits
	powers     = 64 - subBits
)

// histogram counts durations in buckets that widen with the duration. Its zero
// value is empty.
type histogram struct {
	counts [powers * subBuckets]int64
	total  int64
}

func (h *histogram) add(d time.Duration) {
	h.counts[bucket(uint64(max(d, 0)))]++
	h.total++
}

func (h *histogram) merge(other *histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
}

// quantile returns the duration that the share q, from 0 to 1, of all does not
// pass; zero for an empty histogram.
func (h *histogram) quantile(q float64) time.Duration {
	if h.total == 0 {
		return 0
	}
	rank := max(int64(q*float64(h.total)+0.999999), 1)
	var seen int64
	for i, n := range h.counts {
		if seen += n; seen >= rank {
			return time.Duration(highest(i))
		}
	}
	return time.Duration(highest(len(h.counts) - 1))
}

// bucket gives values below subBuckets one each, and each following power of
// two subBuckets of them.
func bucket(value uint64) int {
	if value < subBuckets {
		return int(value)
	}
	shift := bits.Len64(value) - subBits - 1
	return (shift+1)<<subBits + int(value>>shift) - subBuckets
}

// highest is the largest value of a bucket.
func highest(bucket int) uint64 {
	if bucket < subBuckets {
		return uint64(bucket)
	}
	shift := bucket>>subBits - 1
	return (uint64(bucket&(subBuckets-1))+subBuckets+1)<<shift - 1
}
