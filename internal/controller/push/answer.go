package push

import (
	"errors"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
)

// statusOf returns the HTTP status of an error by its gcode.
func statusOf(err error) int {
	switch {
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errNotJSON):
		return http.StatusUnsupportedMediaType
	}
	switch gerror.Code(err).Code() {
	case gcode.CodeInvalidParameter.Code(), gcode.CodeMissingParameter.Code(),
		gcode.CodeValidationFailed.Code(), gcode.CodeInvalidRequest.Code():
		return http.StatusBadRequest
	case gcode.CodeNotAuthorized.Code():
		return http.StatusUnauthorized
	case gcode.CodeSecurityReason.Code():
		return http.StatusForbidden
	case gcode.CodeNotFound.Code():
		return http.StatusNotFound
	case gcode.CodeServerBusy.Code():
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// answerError tells an error; what went wrong inside of the server is for its
// log only.
func answerError(r *ghttp.Request, err error) {
	code := gerror.Code(err)
	status := statusOf(err)
	message := err.Error()
	switch status {
	case http.StatusUnauthorized:
		r.Response.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusInternalServerError:
		code, message = gcode.CodeInternalError, gcode.CodeInternalError.Message()
	}
	answer(r, status, ghttp.DefaultHandlerResponse{Code: code.Code(), Message: message})
}

// forgetMistake keeps ghttp from logging, with a stack, what the client did wrong.
func forgetMistake(r *ghttp.Request) {
	if r.Response.Status < http.StatusInternalServerError {
		r.SetError(nil)
	}
}

func answer(r *ghttp.Request, status int, response ghttp.DefaultHandlerResponse) {
	r.Response.ClearBuffer()
	r.Response.WriteHeader(status)
	r.Response.WriteJson(response)
}
