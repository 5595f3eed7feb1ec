package websocket

import (
	"context"

	"github.com/gfws/gf-websocket/internal/audit"
	"github.com/gfws/gf-websocket/ws"
)

// permission is what the application permits, and tells the audit of what it
// does not: a handler that asks itself, as for the calls of JSON-RPC, knows
// nothing of the audit. It is nil where everything is permitted.
func (v *visit) permission() ws.Permission {
	can := v.endpoint.Policy.Auth.Can
	if can == nil {
		return nil
	}
	return func(ctx context.Context, identity ws.Identity, action string) error {
		err := can(ctx, identity, action)
		if s := v.session.Load(); err != nil && s != nil {
			v.record(ctx, s, audit.Event{Action: audit.Rejected, Reason: "forbidden", Code: int(ws.CodeForbidden)})
		}
		return err
	}
}
