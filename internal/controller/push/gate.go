package push

import (
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
)

// Gate is the middleware of the API: it lets in whom Authenticate lets in, with
// a body that is what the route asks for, and answers in GoFrame's form with the
// HTTP status that belongs to the code.
type Gate struct {
	// Authenticate returns an error for a request that is not let in.
	Authenticate func(r *ghttp.Request) error
	// Refused is told of each of those, and with which status it was answered.
	Refused func(r *ghttp.Request, status int)
}

// Serve is the [ghttp.HandlerFunc].
func (g *Gate) Serve(r *ghttp.Request) {
	r.Response.Header().Set("Cache-Control", "no-store")
	if err := g.authenticate(r); err != nil {
		g.Refused(r, statusOf(err))
		answerError(r, err)
		return
	}
	if err := checkBody(r); err != nil {
		answerError(r, err)
		return
	}
	r.Middleware.Next()
	if err := r.GetError(); err != nil {
		answerError(r, err)
		forgetMistake(r)
		return
	}
	if r.Response.BufferLength() == 0 {
		answer(r, http.StatusOK, ghttp.DefaultHandlerResponse{
			Code:    gcode.CodeOK.Code(),
			Message: gcode.CodeOK.Message(),
			Data:    r.GetHandlerResponse(),
		})
	}
}

// authenticate takes an error without a code for a refusal.
func (g *Gate) authenticate(r *ghttp.Request) error {
	err := g.Authenticate(r)
	if err == nil || gerror.Code(err) != gcode.CodeNil {
		return err
	}
	return gerror.NewCode(gcode.CodeSecurityReason, err.Error())
}
