package console

import (
	"context"
	"net/url"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"

	"github.com/gfws/gf-websocket/api/console/v1"
)

// mostSubprotocols bounds a list, whose length no rule of gvalid counts: its
// max-length is that of the list as text.
const mostSubprotocols = 16

// Check makes a handshake in the name of whoever asks, up to the upgrade and no
// further, and tells what came of it. It goes through the host's middlewares and
// the guard as a handshake of the browser's own would, so it tells nobody more
// than that one does.
func (c *ControllerV1) Check(ctx context.Context, req *v1.CheckReq) (res *v1.CheckRes, err error) {
	address, err := url.ParseRequestURI(req.Address)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "address is no path")
	}
	if address.IsAbs() || address.Host != "" || !slices.Contains(c.settings(ctx).Endpoints, address.Path) {
		return nil, gerror.NewCode(gcode.CodeInvalidParameter, "address is no endpoint of this server")
	}
	if len(req.Subprotocols) > mostSubprotocols {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "subprotocols are more than %d", mostSubprotocols)
	}
	r := ghttp.RequestFromCtx(ctx)
	if r == nil {
		return nil, gerror.NewCode(gcode.CodeInternalError, "the context is of no request")
	}
	recorder := newRecorder()
	c.server.ServeHTTP(recorder, handshakeOf(r.Request, address, req.Subprotocols))
	return &v1.CheckRes{Status: recorder.answer(), Message: recorder.message()}, nil
}
