package limit

import (
	"container/list"
	"sync"
	"time"
)

// maxIdle bounds the members that are remembered although nothing of theirs is
// open. Beyond it the oldest are forgotten, which gives them a fresh bucket: a
// flood from many networks must not fill the memory.
const maxIdle = 1 << 16

// tableConfig is what all members of a table have in common.
type tableConfig struct {
	sessions   int
	handshakes int
	rate       Rate
	burst      time.Duration
	grace      time.Duration
	clock      func() time.Time
	whose      string
	words      [3]string // the reasons: sessions, handshakes, rate
}

// table knows those who have a session open, and for a while those who had one.
type table[K comparable] struct {
	tableConfig
	keep time.Duration // how long a member that has left differs from a new one

	mu      sync.Mutex
	members map[K]*member[K]
	idle    list.List // of *member[K] without a session, longest first
	timer   *time.Timer
}

// newTable returns nil where config asks for nothing.
func newTable[K comparable](config tableConfig) *table[K] {
	if config.sessions <= 0 && config.handshakes <= 0 && !config.rate.limited() {
		return nil
	}
	t := &table[K]{tableConfig: config, members: make(map[K]*member[K])}
	if config.rate.limited() {
		t.keep = config.burst + config.grace
	}
	if config.handshakes > 0 {
		t.keep = max(t.keep, time.Second)
	}
	return t
}

// enter counts one more session of key. The member must leave once.
func (t *table[K]) enter(key K) (*member[K], error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m, known := t.members[key]
	if !known {
		m = newMember(key, t.tableConfig)
		t.members[key] = m
	}
	if err := t.admit(m); err != nil {
		t.rest(m)
		return nil, err
	}
	m.sessions++
	if m.idle != nil {
		t.idle.Remove(m.idle)
		m.idle = nil
	}
	return m, nil
}

// admit judges one more session of m. t.mu must be held.
func (t *table[K]) admit(m *member[K]) error {
	if m.handshakes != nil {
		now := t.clock()
		if r := m.handshakes.ReserveN(now, 1); r.DelayFrom(now) > 0 {
			wait := r.DelayFrom(now)
			r.CancelAt(now)
			return exceededHandshakes(t.words[1], t.handshakes, t.whose, wait)
		}
	}
	if t.sessions > 0 && m.sessions >= t.sessions {
		return exceededSessions(t.words[0], t.sessions, t.whose)
	}
	return nil
}

func (t *table[K]) leave(m *member[K]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m.sessions--
	t.rest(m)
}

// rest puts a member without a session among the idle. t.mu must be held.
func (t *table[K]) rest(m *member[K]) {
	if m.sessions > 0 {
		return
	}
	if t.keep == 0 {
		delete(t.members, m.key)
		return
	}
	m.since = t.clock()
	if m.idle != nil {
		t.idle.MoveToBack(m.idle)
		return
	}
	m.idle = t.idle.PushBack(m)
	if t.idle.Len() > maxIdle {
		t.forget(t.idle.Front())
	}
	if t.timer == nil {
		t.timer = time.AfterFunc(t.keep, t.sweep)
	}
}

// sweep forgets those who would be the same if they came for the first time, and
// comes again while there are others.
func (t *table[K]) sweep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.timer = nil
	now := t.clock()
	for front := t.idle.Front(); front != nil; front = t.idle.Front() {
		if left := t.keep - now.Sub(front.Value.(*member[K]).since); left > 0 {
			t.timer = time.AfterFunc(left, t.sweep)
			return
		}
		t.forget(front)
	}
}

// forget drops an idle member. t.mu must be held.
func (t *table[K]) forget(e *list.Element) {
	delete(t.members, t.idle.Remove(e).(*member[K]).key)
}
