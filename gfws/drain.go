package gfws

import (
	"context"

	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/os/gctx"

	"github.com/gfws/gf-websocket/internal/model"
)

// drain closes the sessions of endpoint, and tells once how that went.
func (p *Plugin) drain(ctx context.Context, endpoint *model.Endpoint) error {
	err := endpoint.Hub.Shutdown(ctx)
	endpoint.Drained.Do(func() {
		stats := endpoint.Hub.Stats()
		p.logger().Infof(gctx.GetInitCtx(), "websocket action=drained instance=%q closed=%d cut=%d",
			endpoint.Name, stats.Drained, stats.Cut+uint64(stats.Sessions))
	})
	return err
}

// leave drains endpoint, which a later installation may have replaced already,
// since the HTTP server shuts down.
func (p *Plugin) leave(endpoint *model.Endpoint) {
	if err := p.drain(context.Background(), endpoint); err != nil {
		p.logger().Error(gctx.GetInitCtx(), gerror.Wrapf(err, "shutdown of %s", p.Name()))
	}
}
