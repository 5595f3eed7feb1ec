package ws

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gerror"
)

// Node returns the id by which other nodes know this hub. It is new at each
// start.
func (h *Hub) Node() string {
	if h == nil {
		return ""
	}
	return h.node
}

// AllMembers lists the sessions that a has on all nodes, by id. Where a node
// does not answer before ctx ends it returns those it knows of, and the first
// error.
func (a Audience) AllMembers(ctx context.Context) ([]Member, error) {
	members := a.Members()
	if a.hub == nil || a.hub.link == nil {
		return members, nil
	}
	var failure error
	for _, t := range a.topics {
		others, err := a.hub.link.Members(ctx, t)
		members = append(members, slices.DeleteFunc(others, a.leavesOut)...)
		failure = cmp.Or(failure, gerror.Wrapf(err, "members of %s on other nodes", t))
	}
	sortMembers(members)
	return members, failure
}

// leavesOut reports whether a does not have a member of its topics.
func (a Audience) leavesOut(m Member) bool {
	return a.only != nil && !slices.Contains(a.only, m.Session) ||
		slices.Contains(a.except, m.Session) || slices.Contains(a.exceptUsers, m.User)
}

func sortMembers(members []Member) {
	slices.SortFunc(members, func(a, b Member) int { return strings.Compare(a.Session, b.Session) })
}

// publish hands e to the other nodes, once for each topic of a, and returns the
// first error: where one topic fails the next may not.
func (a Audience) publish(e Envelope) error {
	switch {
	case len(a.topics) == 0:
		return nil
	case a.hub == nil:
		return ErrNoHub
	case a.hub.link == nil:
		return nil
	}
	e.Node, e.Except, e.ExceptUsers = a.hub.node, a.except, a.exceptUsers
	if a.only != nil {
		if e.Sessions = a.elsewhere(); len(e.Sessions) == 0 {
			return nil
		}
	}
	var failure error
	for _, t := range a.topics {
		e.Topic, e.Seq = t, a.hub.published.Add(1)
		failure = cmp.Or(failure, gerror.Wrapf(a.hub.link.Publish(e), "%s was reached on this node only", t))
	}
	return failure
}

// elsewhere returns those of the listed sessions that are not on this node.
func (a Audience) elsewhere() []string {
	var ids []string
	for _, id := range a.only {
		if _, here := a.hub.directory.find(id); !here {
			ids = append(ids, id)
		}
	}
	return ids
}

// node is a hub as its broker sees it.
type node struct{ hub *Hub }

// ID implements [Node].
func (n node) ID() string { return n.hub.node }

// Members implements [Node].
func (n node) Members(t Topic) []Member {
	return Audience{hub: n.hub, topics: []Topic{t}}.Members()
}

// Deliver implements [Node].
func (n node) Deliver(e Envelope) {
	if e.Node == n.hub.node {
		return
	}
	a := Audience{hub: n.hub, topics: []Topic{e.Topic}, only: e.Sessions, except: e.Except, exceptUsers: e.ExceptUsers}
	if e.Code != 0 {
		if e.Code.Sendable() {
			a.closeAll(e.Code, e.Reason)
		}
		return
	}
	p, err := Prepare(e.Message)
	if err != nil {
		n.hub.reportBroker(e.Topic, err)
		return
	}
	a.deliver(p)
}

// attach connects the hub to its broker, where there is one.
func (h *Hub) attach() error {
	if h.config.Broker == nil {
		return nil
	}
	link, err := h.config.Broker.Attach(node{h})
	if err != nil {
		return gerror.Wrap(err, "hub cannot be attached to its broker")
	}
	h.link = link
	return nil
}

// detach ends what attach began, once.
func (h *Hub) detach() {
	if h.link == nil {
		return
	}
	h.detached.Do(func() { h.reportBroker(Topic{}, h.link.Close()) })
}
