package gfws_test

import (
	"sync/atomic"
	"testing"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// countingBroker counts the links that are open.
type countingBroker struct {
	ws.MemoryBroker
	open atomic.Int64
}

func (b *countingBroker) Attach(node ws.Node) (ws.Link, error) {
	link, err := b.MemoryBroker.Attach(node)
	if err != nil {
		return nil, err
	}
	b.open.Add(1)
	return countedLink{link, b}, nil
}

type countedLink struct {
	ws.Link
	broker *countingBroker
}

func (l countedLink) Close() error {
	l.broker.open.Add(-1)
	return l.Link.Close()
}

// TestBrokerGetsItsLinksBack holds that a hub without sessions to come is no
// node any more, which the others would ask for its members.
func TestBrokerGetsItsLinksBack(t *testing.T) {
	twice := []gfws.Option{gfws.Path("/taken", "/ws"), gfws.Name("second")}
	for _, tt := range []struct {
		name string
		opts []gfws.Option
		use  func(t *testing.T, p *gfws.Plugin) error
		ok   bool
	}{
		{"a check", nil, check, true},
		{"a check of a push that is let in twice", pushedTwice(), check, false},
		{"a push that is let in twice", pushedTwice(), installBesideAnother, false},
		{"a route that is taken", twice, installBesideAnother, false},
		{"a message whose rules cannot be read", []gfws.Option{gfws.ValidateMessage(3)}, check, false},
		{"a removal", []gfws.Option{gfws.Path("/other"), gfws.Name("second")}, installAndRemove, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			broker := &countingBroker{}
			err := tt.use(t, gfws.New(append(tt.opts, gfws.Broker(broker))...))
			if (err == nil) != tt.ok {
				t.Errorf("got %v", err)
			}
			if n := broker.open.Load(); n != 0 {
				t.Errorf("%d links are left open", n)
			}
		})
	}
}

func pushedTwice() []gfws.Option {
	return []gfws.Option{
		gfws.Push("/push", func(*ghttp.Request) error { return nil }),
		gfws.Configure(func(c *gfws.Config) { c.Push.Token = "a token of more than thirty-two bytes" }),
	}
}

func check(_ *testing.T, p *gfws.Plugin) error { return p.Check() }

func installBesideAnother(t *testing.T, p *gfws.Plugin) error {
	return p.Install(startHost(t, gfws.New()).Server)
}

func installAndRemove(t *testing.T, p *gfws.Plugin) error {
	startHost(t, p)
	return p.Remove()
}
