package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

// Rooms lists rooms, by name.
func (c *ControllerV1) Rooms(ctx context.Context, req *v1.RoomsReq) (res *v1.RoomsRes, err error) {
	page, total := service.Push().Rooms(c.hub(), model.PushList{Page: req.Page, Size: req.Size})
	return &v1.RoomsRes{Total: total, Rooms: groupsOf(page)}, nil
}

func groupsOf(page []ws.Group) []v1.Group {
	groups := make([]v1.Group, 0, len(page))
	for _, g := range page {
		groups = append(groups, v1.Group{Name: g.Name, Sessions: g.Sessions})
	}
	return groups
}
