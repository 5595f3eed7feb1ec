package ws

import (
	"hash/maphash"
	"sync"
)

// shardCount spreads the locks; a power of two.
const shardCount = 32

// shards keep values by name. Each name belongs to one shard, so that
// processors seldom meet at a lock.
type shards[V any] struct {
	seed maphash.Seed
	each [shardCount]shard[V]
}

// shard is one of them, used with its lock held.
type shard[V any] struct {
	sync.RWMutex
	values map[string]V // nil as long as it has none
}

// of returns the shard of a name.
func (s *shards[V]) of(name string) *shard[V] {
	return &s.each[maphash.String(s.seed, name)%shardCount]
}

// put sets the value of a name.
func (s *shard[V]) put(name string, value V) {
	if s.values == nil {
		s.values = make(map[string]V)
	}
	s.values[name] = value
}

// visit calls call for every value, with the lock of its shard held for reading.
func (s *shards[V]) visit(call func(value V)) {
	for i := range s.each {
		s.each[i].visit(call)
	}
}

func (s *shard[V]) visit(call func(value V)) {
	s.RLock()
	defer s.RUnlock()
	for _, value := range s.values {
		call(value)
	}
}
