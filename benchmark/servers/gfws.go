package servers

import (
	"context"

	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/gfws"
	"github.com/gfws/gf-websocket/ws"
)

// unhurried is a rate that no client comes to, where the default is 1,000
// messages a second: what is measured is the server, its counting included.
func unhurried(c *gfws.Config) { c.Rate.Messages = 1 << 30 }

// startGfws is the README's one line.
func startGfws(o Options) (string, error) {
	s := newGHTTP()
	if o.Deflate {
		return startGfwsDeflate(o, s)
	}
	s.Plugin(gfws.New(gfws.Configure(unhurried)))
	return startGHTTP(o, s)
}

// startGfwsDeflate sets the session engine into a route of its own, since
// compression is its setting.
func startGfwsDeflate(o Options, s *ghttp.Server) (string, error) {
	hub, err := ws.NewHub(ws.Config{Compression: ws.CompressionConfig{Enabled: true}})
	if err != nil {
		return "", err
	}
	handler := ws.HandlerFuncs{Message: func(_ context.Context, s *ws.Session, m ws.Message) error {
		return s.Reply(m)
	}}
	s.BindHandler("GET:/ws", func(r *ghttp.Request) {
		if _, err := hub.Serve(context.Background(), r.Response.Writer, r.Request, ws.Opening{}, handler); err != nil {
			r.Response.WriteStatus(400, err.Error())
		}
	})
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
