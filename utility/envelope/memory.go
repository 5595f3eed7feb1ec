package envelope

import (
	"sync"
	"time"
)

// memory remembers nonces for at least a given time, in two sets: the one that
// is being filled, and the one before.
type memory struct {
	mu            sync.Mutex
	young, old    map[string]struct{}
	youngSince    time.Time
	maxRemembered int // 0 for the default; a test has less
}

// add remembers nonce for at least keep, unless it is known.
func (m *memory) add(nonce string, now time.Time, keep time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn(now, keep)
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
func (m *memory) turn(now time.Time, keep time.Duration) {
	age := now.Sub(m.youngSince)
	if m.young != nil && age < keep {
		return
	}
	m.old = m.young
	if age >= 2*keep {
		m.old = nil
	}
	m.young, m.youngSince = make(map[string]struct{}), now
}

func (m *memory) knows(nonce string) bool {
	if _, known := m.young[nonce]; known {
		return true
	}
	_, known := m.old[nonce]
	return known
}

func (m *memory) bound() int {
	if m.maxRemembered > 0 {
		return m.maxRemembered
	}
	return maxRemembered
}
