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
// first: is it a handshake, is the server draining, the origin, is there room,
// who asks, and last the application's own check. It returns who asks, and takes
// the tokens out of the request whatever it decides. Its error is a [model.Refusal].
func (s *sGuard) CheckHandshake(in model.HandshakeInput) (ws.Identity, error) {
	defer hideTokens(in.Request.Request, &in.Policy.Auth)
	if err := ws.CheckHandshake(in.Request.Request); err != nil {
		return ws.Identity{}, refuseHandshake(err)
	}
	if in.Draining {
		return ws.Identity{}, refuseDraining()
	}
	if err := checkOrigin(in.Request.Request, in.Policy); err != nil {
		return ws.Identity{}, err
	}
	// After the origin: a foreign page in a user's browser must not use up what the
	// user's address may do.
	if err := takePlace(in); err != nil {
		return ws.Identity{}, err
	}
	identity, err := authenticate(in)
	if err != nil {
		return ws.Identity{}, err
	}
	return identity, checkRequest(in)
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
