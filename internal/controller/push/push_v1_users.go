package push

import (
	"context"

	"github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
)

// Users lists users, by id.
func (c *ControllerV1) Users(ctx context.Context, req *v1.UsersReq) (res *v1.UsersRes, err error) {
	page, total := service.Push().Users(c.hub(), model.PushList{Page: req.Page, Size: req.Size})
	return &v1.UsersRes{Total: total, Users: groupsOf(page)}, nil
}
