// Package echo returns each message as it came.
package echo

import (
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

type sEcho struct{}

func init() {
	service.RegisterEcho(&sEcho{})
}

// Echo replies to m with the same type and the same bytes.
func (s *sEcho) Echo(session *ws.Session, m ws.Message) error {
	return session.Reply(m)
}
