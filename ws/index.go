package ws

import (
	"hash/maphash"
	"slices"
	"strings"
)

// index finds groups by name.
type index struct {
	shards[*group]
	hub  *Hub
	kind TopicKind
}

func newIndex(h *Hub, kind TopicKind) *index {
	return &index{shards: shards[*group]{seed: maphash.MakeSeed()}, hub: h, kind: kind}
}

// find returns the group of that name, or nil.
func (x *index) find(name string) *group {
	shard := x.of(name)
	shard.RLock()
	defer shard.RUnlock()
	return shard.values[name]
}

// obtain returns the group of that name, a new one if need be.
func (x *index) obtain(name string) *group {
	shard := x.of(name)
	shard.Lock()
	defer shard.Unlock()
	if g := shard.values[name]; g != nil {
		return g
	}
	name = strings.Clone(name) // it may be part of something larger
	g := &group{index: x, topic: Topic{x.kind, name}}
	shard.put(name, g)
	return g
}

// drop takes g out, which is gone. It may be called again.
func (x *index) drop(g *group) {
	shard := x.of(g.topic.Name)
	shard.Lock()
	defer shard.Unlock()
	if shard.values[g.topic.Name] == g {
		delete(shard.values, g.topic.Name)
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
	for i := range x.each {
		shard := &x.each[i]
		shard.RLock()
		n += len(shard.values)
		shard.RUnlock()
	}
	return n
}

// list returns the groups with their sizes, by name.
func (x *index) list() []Group {
	var groups []*group
	x.visit(func(g *group) { groups = append(groups, g) })
	listed := make([]Group, 0, len(groups))
	for _, g := range groups {
		if n := g.len(); n > 0 {
			listed = append(listed, Group{g.topic.Name, n})
		}
	}
	slices.SortFunc(listed, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	return listed
}
