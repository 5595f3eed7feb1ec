package ws

import (
	"context"
	"sync"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// MemoryBroker is a [Broker] for hubs of one process, such as those of several
// servers, or of a test. The zero value is ready, and safe for concurrent use.
type MemoryBroker struct {
	mu    sync.RWMutex
	links map[string]*memoryLink // by the node's id
}

// Attach implements [Broker]. It fails for a node that is attached already.
func (b *MemoryBroker) Attach(node Node) (Link, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.links[node.ID()] != nil {
		return nil, gerror.NewCodef(gcode.CodeInvalidOperation, "node %s is attached already", node.ID())
	}
	if b.links == nil {
		b.links = make(map[string]*memoryLink)
	}
	l := &memoryLink{broker: b, node: node, topics: map[Topic]struct{}{{}: {}}}
	b.links[node.ID()] = l
	return l, nil
}

// others returns the links of the other nodes that have subscribed to t, or
// ErrBrokerClosed for a link that is closed.
func (b *MemoryBroker) others(l *memoryLink, t Topic) ([]Node, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.links[l.node.ID()] != l {
		return nil, ErrBrokerClosed
	}
	var nodes []Node
	for _, other := range b.links {
		if _, subscribed := other.topics[t]; subscribed && other != l {
			nodes = append(nodes, other.node)
		}
	}
	return nodes, nil
}

// memoryLink is a node of a MemoryBroker.
type memoryLink struct {
	broker *MemoryBroker
	node   Node
	topics map[Topic]struct{} // by broker.mu
}

// Subscribe implements [Link].
func (l *memoryLink) Subscribe(t Topic) error {
	l.broker.mu.Lock()
	defer l.broker.mu.Unlock()
	l.topics[t] = struct{}{}
	return nil
}

// Unsubscribe implements [Link].
func (l *memoryLink) Unsubscribe(t Topic) error {
	l.broker.mu.Lock()
	defer l.broker.mu.Unlock()
	delete(l.topics, t)
	return nil
}

// Publish implements [Link]. Deliver only queues, so it is called here and now.
func (l *memoryLink) Publish(e Envelope) error {
	nodes, err := l.broker.others(l, e.Topic)
	if err != nil {
		return err
	}
	for _, node := range nodes {
		node.Deliver(e)
	}
	return nil
}

// Members implements [Link].
func (l *memoryLink) Members(_ context.Context, t Topic) ([]Member, error) {
	nodes, err := l.broker.others(l, t)
	if err != nil {
		return nil, err
	}
	var members []Member
	for _, node := range nodes {
		members = append(members, node.Members(t)...)
	}
	return members, nil
}

// Close implements [Link].
func (l *memoryLink) Close() error {
	l.broker.mu.Lock()
	defer l.broker.mu.Unlock()
	if l.broker.links[l.node.ID()] == l {
		delete(l.broker.links, l.node.ID())
	}
	return nil
}
