package envelope

import (
	"sync"
	"time"
)

// Memory remembers the nonces of what was taken, for as long as any [Opener] that
// shares it needs them. They are in two sets: the one that is being filled, and the
// one before. The zero value is empty. It is safe for concurrent use.
type Memory struct {
	mu            sync.Mutex
	keep          time.Duration // the longest that was asked for
	young, old    map[string]struct{}
	youngSince    time.Time
	maxRemembered int // 0 for the default; a test has less
}

// add remembers nonce for at least keep, unless it is known.
func (m *Memory) add(nonce string, now time.Time, keep time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep = max(m.keep, keep)
	m.turn(now)
	if m.knows(nonce) {
		return ErrReplayed
	}
	if len(m.young)+len(m.old) >= m.bound() {
		return ErrFull
	}
	m.young[nonce] = struct{}{}
	return nil
}

// turn drops what is old enough. m.mu must be held.
func (m *Memory) turn(now time.Time) {
	age := now.Sub(m.youngSince)
	if m.young != nil && age < m.keep {
		return
	}
	m.old = m.young
	if age >= 2*m.keep {
		m.old = nil
	}
	m.young, m.youngSince = make(map[string]struct{}), now
}

func (m *Memory) knows(nonce string) bool {
	if _, known := m.young[nonce]; known {
		return true
	}
	_, known := m.old[nonce]
	return known
}

func (m *Memory) bound() int {
	if m.maxRemembered > 0 {
		return m.maxRemembered
	}
	return maxRemembered
}
