package gfws_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/frame/g"

	v1 "github.com/gfws/gf-websocket/api/room/v1"
	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gfws/gf-websocket/wstest"
)

// partedBroker is one whose nodes may stop answering each other.
type partedBroker struct {
	ws.MemoryBroker
	parted atomic.Bool
}

func (b *partedBroker) Attach(node ws.Node) (ws.Link, error) {
	link, err := b.MemoryBroker.Attach(node)
	return partedLink{link, b}, err
}

type partedLink struct {
	ws.Link
	broker *partedBroker
}

func (l partedLink) Members(ctx context.Context, t ws.Topic) ([]ws.Member, error) {
	if l.broker.parted.Load() {
		return nil, errors.New("the network is down")
	}
	return l.Link.Members(ctx, t)
}

// TestRoomsOnTwoNodes lets people talk who are connected to two servers, and
// has one join while these do not answer each other.
func TestRoomsOnTwoNodes(t *testing.T) {
	broker := &partedBroker{}
	near := wstest.Install(t, gfws.RoomService(), gfws.Broker(broker))
	far := wstest.Install(t, gfws.RoomService(), gfws.Broker(broker))
	ann, ben := near.Connect(wstest.As("ann")), far.Connect(wstest.As("ben"))
	join(t, ann)
	if joined := join(t, ben); len(joined.Members) != 2 {
		t.Errorf("ben sees %+v", joined.Members)
	}
	ann.AssertPush("room.joined", v1.Joined{Room: "lobby", Session: ben.Session().ID(), User: "ben", First: true})
	ann.AssertReply("room.say", g.Map{"room": "lobby", "text": "hello"}, v1.SayRes{Seq: 1})
	ben.AssertPush("room.message", nil)

	broker.parted.Store(true)
	cid := near.Connect(wstest.As("cid"))
	if joined := join(t, cid); len(joined.Members) != 2 {
		t.Errorf("cid sees %+v, want those of the same node", joined.Members)
	}
	ben.AssertPush("room.joined", v1.Joined{Room: "lobby", Session: cid.Session().ID(), User: "cid", First: true})
}
