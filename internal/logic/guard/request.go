package guard

import (
	"errors"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
)

// statuses are the HTTP answers to the gcodes an application is likely to
// refuse with; 403 for the rest.
var statuses = map[int]int{
	gcode.CodeInvalidParameter.Code(): http.StatusBadRequest,
	gcode.CodeMissingParameter.Code(): http.StatusBadRequest,
	gcode.CodeValidationFailed.Code(): http.StatusBadRequest,
	gcode.CodeInvalidRequest.Code():   http.StatusBadRequest,
	gcode.CodeNotAuthorized.Code():    http.StatusUnauthorized,
	gcode.CodeNotFound.Code():         http.StatusNotFound,
	gcode.CodeServerBusy.Code():       http.StatusServiceUnavailable,
	gcode.CodeInternalError.Code():    http.StatusInternalServerError,
	gcode.CodeInternalPanic.Code():    http.StatusInternalServerError,
}

// checkRequest asks the application. A [model.Refusal] of its own passes as it
// is; any other error becomes one by its gcode.
func checkRequest(in model.HandshakeInput) error {
	if in.Policy.CheckRequest == nil {
		return nil
	}
	err := in.Policy.CheckRequest(in.Request)
	if err == nil {
		return nil
	}
	var refusal *model.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	code := gerror.Code(err)
	if code == gcode.CodeNil {
		code = gcode.CodeSecurityReason
	}
	status, ok := statuses[code.Code()]
	if !ok {
		status = http.StatusForbidden
	}
	return &model.Refusal{Status: status, Code: code, Message: err.Error(), Reason: "request"}
}
