package servers

import (
	"context"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// unhurried is a rate that no client comes to, where the default is 1,000
// messages a second: what is measured is the server, its counting included.
func unhurried(c *gfws.Config) { c.Rate.Messages = 1 << 30 }

// startGfws is the README's one line.
func startGfws(o Options) (string, error) {
	s := newGHTTP()
	s.Plugin(gfws.New(gfws.Configure(unhurried), gfws.Configure(func(c *gfws.Config) {
		c.Compression.Enabled = o.Deflate
	})))
	return startGHTTP(o, s)
}

func startGfwsBroadcast(o Options) (string, error) {
	s := newGHTTP()
	s.Plugin(gfws.New(gfws.Configure(unhurried), gfws.Handle(ws.HandlerFuncs{
		Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
			_, err := s.Hub().All().Send(m)
			return err
		},
	})))
	return startGHTTP(o, s)
}
