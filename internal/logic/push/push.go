// Package push reaches the sessions of an endpoint from outside of them. It
// holds no state: the endpoint's hub is passed in.
package push

import (
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// maxListed is how many users or sessions one request may name.
const maxListed = 1000

type sPush struct{}

func init() {
	service.RegisterPush(&sPush{})
}

// Send sends m and returns for how many sessions of this node it was queued. It
// waits for none of them. An error tells what is wrong with the target, or that
// the broker did not take the message for the other nodes.
func (s *sPush) Send(hub *ws.Hub, to model.PushTarget, m ws.Message) (queued int, err error) {
	audience, err := audienceOf(hub, to)
	if err != nil {
		return 0, err
	}
	return audience.Send(m)
}

// Close closes sessions and returns how many of this node. A session or a user
// that is not there is none. An error tells what is wrong with in, or that the
// broker did not take it for the other nodes.
func (s *sPush) Close(hub *ws.Hub, in model.PushClose) (closing int, err error) {
	// The rule of the request counts characters.
	if len(in.Reason) > ws.MaxReason {
		return 0, gerror.NewCodef(gcode.CodeInvalidParameter, "reason: at most %d bytes, not %d", ws.MaxReason, len(in.Reason))
	}
	audience, err := audienceOf(hub, model.PushTarget{Session: in.Session, User: in.User})
	if err != nil {
		return 0, err
	}
	return audience.Close(in.Code, in.Reason)
}

func audienceOf(hub *ws.Hub, to model.PushTarget) (ws.Audience, error) {
	var found []ws.Audience
	if to.All {
		found = append(found, hub.All())
	}
	if to.Room != "" {
		found = append(found, hub.Room(to.Room))
	}
	if to.User != "" {
		found = append(found, hub.User(to.User))
	}
	if len(to.Users) > 0 {
		found = append(found, hub.Users(to.Users...))
	}
	if to.Session != "" {
		found = append(found, hub.Sessions(to.Session))
	}
	if len(to.Sessions) > 0 {
		found = append(found, hub.Sessions(to.Sessions...))
	}
	if len(found) != 1 {
		return ws.Audience{}, gerror.NewCode(gcode.CodeInvalidParameter, "say to whom, and only once: all, room, user, users, session or sessions")
	}
	for _, list := range []struct {
		name  string
		names []string
	}{{"users", to.Users}, {"sessions", to.Sessions}, {"except.users", to.ExceptUsers}, {"except.sessions", to.ExceptSessions}} {
		if len(list.names) > maxListed {
			return ws.Audience{}, gerror.NewCodef(gcode.CodeInvalidParameter, "%s: at most %d at once, not %d", list.name, maxListed, len(list.names))
		}
	}
	return found[0].ExceptSessions(to.ExceptSessions...).ExceptUsers(to.ExceptUsers...), nil
}
