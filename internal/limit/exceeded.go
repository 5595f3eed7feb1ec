package limit

import (
	"fmt"
	"strconv"
	"time"
)

// Exceeded is the error of one who has come over a limit.
type Exceeded struct {
	// Reason is one word for logs and counters: "connections",
	// "connections-ip", "connections-user", "handshakes", "rate", "rate-ip" or
	// "rate-user".
	Reason string
	// Limit is the limit in words for the client.
	Limit string
	// RetryAfter is when to try again, in whole seconds, at least 1.
	RetryAfter int
	// Total tells that the server is full, and not that the client is greedy.
	Total bool
}

// Error implements error.
func (e *Exceeded) Error() string { return e.Limit }

// retryAfter is for limits that end when somebody leaves, which nobody knows.
const retryAfter = 5

func exceededTotal(limit int64) error {
	return &Exceeded{
		Reason:     "connections",
		Limit:      "the limit of " + strconv.FormatInt(limit, 10) + " connections is reached",
		RetryAfter: retryAfter,
		Total:      true,
	}
}

func exceededSessions(reason string, limit int, whose string) error {
	return &Exceeded{
		Reason:     reason,
		Limit:      fmt.Sprintf("the limit of %d connections of %s is reached", limit, whose),
		RetryAfter: retryAfter,
	}
}

func exceededHandshakes(reason string, limit int, whose string, wait time.Duration) error {
	return &Exceeded{
		Reason:     reason,
		Limit:      fmt.Sprintf("the limit of %d handshakes a second of %s is reached", limit, whose),
		RetryAfter: int(max(1, (wait+time.Second-1)/time.Second)),
	}
}
