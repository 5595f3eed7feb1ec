package ws

import "hash/maphash"

// directory finds sessions by id.
type directory struct {
	shards[*Session]
}

func newDirectory() *directory {
	return &directory{shards[*Session]{seed: maphash.MakeSeed()}}
}

func (d *directory) add(s *Session) {
	shard := d.of(s.id)
	shard.Lock()
	defer shard.Unlock()
	shard.put(s.id, s)
}

func (d *directory) remove(s *Session) {
	shard := d.of(s.id)
	shard.Lock()
	defer shard.Unlock()
	delete(shard.values, s.id)
}

func (d *directory) find(id string) (*Session, bool) {
	shard := d.of(id)
	shard.RLock()
	defer shard.RUnlock()
	s, ok := shard.values[id]
	return s, ok
}
