package console

import (
	"context"

	"github.com/gfws/gf-websocket/api/console/v1"
)

// Settings tells the page what it must know of its endpoint.
func (c *ControllerV1) Settings(ctx context.Context, req *v1.SettingsReq) (res *v1.SettingsRes, err error) {
	settings := c.settings(ctx)
	return &settings, nil
}
