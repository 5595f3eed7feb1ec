package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
)

// Stats answers with the figures of the moment.
func (c *ControllerV1) Stats(ctx context.Context, req *v1.StatsReq) (res *v1.StatsRes, err error) {
	stats := c.stats()
	return &stats, nil
}
