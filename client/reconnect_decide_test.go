package client

import (
	"math"
	"testing"
	"time"
)

// FuzzRetryAfter reads whatever a server sends as a time that can be waited.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{
		"", "0", "120", " 7 ", "-1", "+5", "1.5", "1e3", "18446744073709551616", "99999999999999999999999",
		"Fri, 02 Jan 2026 03:05:05 GMT", "Friday, 02-Jan-26 03:05:05 GMT", "Fri Jan  2 03:05:05 2026", "Mon, 01 Jan 0001 00:00:00 GMT",
	} {
		f.Add(seed, int64(1767323045))
	}
	f.Fuzz(func(t *testing.T, value string, now int64) {
		wait := parseRetryAfter(value, time.Unix(now%math.MaxInt32, 0))
		if wait < 0 || wait > maxRetryAfter {
			t.Fatalf("%q at %d: %s", value, now, wait)
		}
	})
}

func TestBackoffCeiling(t *testing.T) {
	for _, test := range []struct {
		backoff Backoff
		failed  int
		want    time.Duration
	}{
		{Backoff{Min: 200 * time.Millisecond, Max: 20 * time.Second}, 1, 200 * time.Millisecond},
		{Backoff{Min: 200 * time.Millisecond, Max: 20 * time.Second}, 7, 12800 * time.Millisecond},
		{Backoff{Min: 200 * time.Millisecond, Max: 20 * time.Second}, 8, 20 * time.Second},
		{Backoff{Min: 200 * time.Millisecond, Max: 20 * time.Second}, math.MaxInt, 20 * time.Second},
		{Backoff{Min: 5, Max: 5}, 3, 5},
		{Backoff{Min: 1, Max: math.MaxInt64}, 1000, math.MaxInt64},
	} {
		if got := test.backoff.ceiling(test.failed); got != test.want {
			t.Errorf("%+v after %d: %s, want %s", test.backoff, test.failed, got, test.want)
		}
	}
}

// TestBackoffMaxHolds sets the upper bound alone, below the usual lower one.
func TestBackoffMaxHolds(t *testing.T) {
	const most = DefaultBackoffMin / 2
	options, err := ClientOptions{Backoff: Backoff{Max: most}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	if got := options.Backoff.ceiling(1); got != most {
		t.Errorf("the first wait is less than %s, want %s", got, most)
	}
}
