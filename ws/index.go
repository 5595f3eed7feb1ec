package ws

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

// shardCount spreads the locks of an index; a power of two.
const shardCount = 32

// index finds groups by name. Each name belongs to one shard, so that
// processors seldom meet at a lock.
type index struct {
	hub    *Hub
	kind   TopicKind
	seed   maphash.Seed
	shards [shardCount]struct {
		sync.RWMutex
		groups map[string]*group
	}
}

func newIndex(h *Hub, kind TopicKind) *index {
	return &index{hub: h, kind: kind, seed: maphash.MakeSeed()}
}

func (x *index) shardOf(name string) uint64 {
	return maphash.String(x.seed, name) % shardCount
}

// find returns the group of that name, or nil.
func (x *index) find(name string) *group {
	shard := &x.shards[x.shardOf(name)]
	shard.RLock()
	defer shard.RUnlock()
	return shard.groups[name]
}

// obtain returns the group of that name, a new one if need be.
func (x *index) obtain(name string) *group {
	shard := &x.shards[x.shardOf(name)]
	shard.Lock()
	defer shard.Unlock()
	if g := shard.groups[name]; g != nil {
		return g
	}
	if shard.groups == nil {
		shard.groups = make(map[string]*group)
	}
	name = strings.Clone(name) // it may be part of something larger
	g := &group{index: x, topic: Topic{x.kind, name}}
	shard.groups[name] = g
	return g
}

// drop takes g out, which is gone. It may be called again.
func (x *index) drop(g *group) {
	shard := &x.shards[x.shardOf(g.topic.Name)]
	shard.Lock()
	defer shard.Unlock()
	if shard.groups[g.topic.Name] == g {
		delete(shard.groups, g.topic.Name)
	}
}

// enter puts m into the group of that name and sets m.group.
func (x *index) enter(name string, m *membership, limit int) error {
	for {
		g := x.obtain(name)
		m.group = g
		err := g.enter(m, limit)
		if err != errGone {
			return err
		}
		x.drop(g) // whoever made it gone is about to do the same
	}
}

// len returns how many groups there are.
func (x *index) len() int {
	n := 0
	for i := range x.shards {
		shard := &x.shards[i]
		shard.RLock()
		n += len(shard.groups)
		shard.RUnlock()
	}
	return n
}

// list returns the groups with their sizes, by name.
func (x *index) list() []Group {
	var groups []*group
	for i := range x.shards {
		shard := &x.shards[i]
		shard.RLock()
		for _, g := range shard.groups {
			groups = append(groups, g)
		}
		shard.RUnlock()
	}
	listed := make([]Group, 0, len(groups))
	for _, g := range groups {
		if n := g.len(); n > 0 {
			listed = append(listed, Group{g.topic.Name, n})
		}
	}
	slices.SortFunc(listed, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	return listed
}
