package push

import (
	"context"
	"encoding/json"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/frame/g"

	"github.com/gfws/gf-websocket/api/push/v1"
	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
)

// Send sends a message. It answers once the message is queued, and waits for
// none of its receivers.
func (c *ControllerV1) Send(ctx context.Context, req *v1.SendReq) (res *v1.SendRes, err error) {
	data, err := rawData(ctx)
	if err != nil {
		return nil, err
	}
	message, err := service.Push().Message(req.Type, data)
	if err != nil {
		return nil, err
	}
	queued, err := service.Push().Send(c.hub(), targetOf(req), message)
	if err != nil {
		return nil, err
	}
	return &v1.SendRes{Queued: queued}, nil
}

// rawData returns the member data exactly as it stands in the body: parsed into
// Go's values, long numbers would lose digits.
func rawData(ctx context.Context) ([]byte, error) {
	var body struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(g.RequestFromCtx(ctx).GetBody(), &body); err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "the body is not an object of JSON")
	}
	if body.Data == nil {
		return nil, gerror.NewCode(gcode.CodeMissingParameter, "data is missing")
	}
	return body.Data, nil
}

func targetOf(req *v1.SendReq) model.PushTarget {
	to := model.PushTarget{
		All: req.All, Room: req.Room, User: req.User, Users: req.Users, Session: req.Session, Sessions: req.Sessions,
	}
	if req.Except != nil {
		to.ExceptSessions, to.ExceptUsers = req.Except.Sessions, req.Except.Users
	}
	return to
}
