package push

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/glog"
)

// maxBody is the most bytes that a request may bring.
const maxBody = 1 << 20

// Gate is the middleware of the API: it lets in whom Authenticate lets in, with
// a body that is JSON and not too large, and answers in GoFrame's form with the
// HTTP status that belongs to the code.
type Gate struct {
	// Authenticate returns an error for a request that is not let in.
	Authenticate func(r *ghttp.Request) error
	// Logger gets a line for each of those.
	Logger func() *glog.Logger
}

// Serve is the [ghttp.HandlerFunc].
func (g *Gate) Serve(r *ghttp.Request) {
	r.Response.Header().Set("Cache-Control", "no-store")
	if err := g.authenticate(r); err != nil {
		g.Logger().Infof(r.Context(), "websocket push refused %s %s %q: %v", r.RemoteAddr, r.Method, r.URL.Path, err)
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

var (
	errTooLarge = gerror.NewCode(gcode.CodeInvalidRequest, "the body is larger than 1 MiB")
	// A form of another page cannot send this type.
	errNotJSON = gerror.NewCode(gcode.CodeInvalidRequest, "the body must be application/json")
)

// checkBody reads the body within its bound, since ghttp takes more.
func checkBody(r *ghttp.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errNotJSON
	}
	r.Body = http.MaxBytesReader(r.Response.RawWriter(), r.Body, maxBody)
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return gerror.WrapCode(gcode.CodeInvalidRequest, err, "the body cannot be read")
	}
	r.Body = newBody(body)
	return nil
}
