package ws

import (
	"context"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// ErrBrokerClosed is returned by a [Link] that has been closed.
var ErrBrokerClosed = gerror.NewCode(gcode.CodeInvalidOperation, "link to the broker is closed")

// Broker connects the hubs of one endpoint on several nodes, so that a message
// to a room, a user or everyone reaches their sessions wherever these are. A
// hub without one is alone. [MemoryBroker] connects hubs of one process; others
// are adapters to a message server.
type Broker interface {
	// Attach connects a hub. The hub closes the link when [Hub.Shutdown] is
	// over.
	Attach(node Node) (Link, error)
}

// Link is one hub's connection to its broker. All methods are safe for
// concurrent use. Publish, Subscribe and Unsubscribe do not wait for the
// network: they queue, or fail with the reason.
type Link interface {
	// Subscribe makes envelopes of t come to [Node.Deliver], and Unsubscribe
	// ends that. The calls for one topic come in order, and never two of one
	// kind in a row; Topic{} is subscribed to all the time. A link keeps the
	// subscriptions over an interruption by itself. Errors are logged.
	Subscribe(t Topic) error
	Unsubscribe(t Topic) error

	// Publish hands e to every other node that has subscribed to e.Topic. The
	// envelopes that one goroutine publishes arrive in its order. The error is
	// the sender's: nil means on its way, not arrived.
	Publish(e Envelope) error

	// Members asks the other nodes who is in t, and waits for them until ctx
	// ends. Where a node does not answer it returns what it got, and an error.
	Members(ctx context.Context, t Topic) ([]Member, error)

	// Close ends the connection; the node is not called any more once it has
	// returned.
	Close() error
}

// Node is a hub as its broker sees it. All methods are safe for concurrent use,
// and none waits for a peer.
type Node interface {
	// ID tells this node from others, and is new at each start.
	ID() string
	// Deliver brings an envelope of another node. One that this node has
	// published itself is ignored.
	Deliver(e Envelope)
	// Members lists who is in t on this node, for the other nodes' queries.
	Members(t Topic) []Member
}

// Envelope is what travels between nodes: a message or a close for the sessions
// of a topic. It is plain data, and is not changed after it was published.
type Envelope struct {
	// Node is the id of the node that published it, and Seq counts the
	// envelopes of that node from 1: together they tell a duplicate.
	Node string
	Seq  uint64
	// Topic tells who it is for.
	Topic Topic
	// Sessions are the ids of the only ones in the topic that it is for; nil
	// for all of them.
	Sessions []string
	// Except are ids of sessions that it is not for, and ExceptUsers ids of
	// users.
	Except      []string
	ExceptUsers []string
	// Message is what is sent, unless Code says that the sessions are closed,
	// with Reason.
	Message Message
	Code    Code
	Reason  string
}
