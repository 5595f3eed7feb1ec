package ws

import (
	"hash/maphash"
	"sync"
)

// directory finds sessions by id, in shards as an index has them.
type directory struct {
	seed   maphash.Seed
	shards [shardCount]struct {
		sync.RWMutex
		sessions map[string]*Session
	}
}

func newDirectory() *directory {
	return &directory{seed: maphash.MakeSeed()}
}

func (d *directory) shardOf(id string) uint64 {
	return maphash.String(d.seed, id) % shardCount
}

func (d *directory) add(s *Session) {
	shard := &d.shards[d.shardOf(s.id)]
	shard.Lock()
	defer shard.Unlock()
	if shard.sessions == nil {
		shard.sessions = make(map[string]*Session)
	}
	shard.sessions[s.id] = s
}

func (d *directory) remove(s *Session) {
	shard := &d.shards[d.shardOf(s.id)]
	shard.Lock()
	defer shard.Unlock()
	delete(shard.sessions, s.id)
}

func (d *directory) find(id string) (*Session, bool) {
	shard := &d.shards[d.shardOf(id)]
	shard.RLock()
	defer shard.RUnlock()
	s, ok := shard.sessions[id]
	return s, ok
}

// eachOf calls visit for every session of one shard, with its lock held.
func (d *directory) eachOf(shard int, visit func(s *Session)) {
	each := &d.shards[shard]
	each.RLock()
	defer each.RUnlock()
	for _, s := range each.sessions {
		visit(s)
	}
}
