// Package guard decides who gets in and what they may say. It holds no state:
// the policy of each endpoint is passed in.
package guard

import (
	"errors"
	"net/http"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/ws"
)

type sGuard struct{}

func init() {
	service.RegisterGuard(&sGuard{})
}

// retryAfter is how many seconds a client should wait for the next server.
const retryAfter = "5"

// CheckHandshake decides about a request before any upgrade, cheapest test
// first: is it a handshake, is the server draining, the origin, and last the
// application's own check. Its error is a [model.Refusal].
func (s *sGuard) CheckHandshake(in model.HandshakeInput) error {
	if err := ws.CheckHandshake(in.Request.Request); err != nil {
		return refuseHandshake(err)
	}
	if in.Draining {
		return refuseDraining()
	}
	if err := checkOrigin(in.Request.Request, in.Policy); err != nil {
		return err
	}
	return checkRequest(in)
}

func refuseHandshake(err error) error {
	var broken *ws.HandshakeError
	if !errors.As(err, &broken) {
		return err
	}
	return &model.Refusal{
		Status:  broken.Status,
		Code:    gcode.CodeInvalidRequest,
		Message: broken.Message,
		Header:  broken.Header(),
		Reason:  "handshake",
	}
}

func refuseDraining() error {
	return &model.Refusal{
		Status:  http.StatusServiceUnavailable,
		Code:    gcode.CodeServerBusy,
		Message: "the server is shutting down",
		Header:  http.Header{"Retry-After": {retryAfter}},
		Reason:  "draining",
	}
}
