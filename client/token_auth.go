package client

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/gfws/gf-websocket/utility/rpcwire"
	"github.com/gfws/gf-websocket/ws"
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

const (
	methodAuth     = "auth"
	methodExpiring = "auth.expiring"
)

// firstID is the id of the auth call of a dial. It is no number, so it cannot be
// taken for a call that is made later.
const firstID = `"auth"`

type authParams struct {
	Token string `json:"token"`
}

// takeToken asks for the token, if there is a source, and puts it where the
// handshake carries it.
func (d *dialing) takeToken(ctx context.Context) (string, error) {
	if d.options.Token == nil {
		return "", nil
	}
	token, err := d.options.Token(ctx)
	if err != nil {
		return "", err
	}
	if token == "" {
		return "", badToken()
	}
	d.to, d.options, err = d.options.TokenIn.withToken(d.to, d.options, token)
	return token, err
}

// authenticate makes the auth call, whose answer is the first message of a
// server that keeps to the protocol.
func (c *Conn) authenticate(ctx context.Context, token string) error {
	params, err := json.Marshal(authParams{Token: token})
	if err != nil {
		return badToken()
	}
	call := rpcwire.AppendRequest(nil, []byte(firstID), methodAuth, params)
	if err := c.Write(ctx, ws.Message{Type: ws.Text, Data: call}); err != nil {
		return err
	}
	m, err := c.Read(ctx)
	if err != nil {
		return err
	}
	return authAnswer(m.Data)
}

// authAnswer returns nil if the server's answer is a result.
func authAnswer(data []byte) error {
	messages, batch, problem := rpcwire.Parse(nil, data, 0)
	if problem != nil || batch || messages[0].Kind != rpcwire.Response {
		return gerror.NewCode(gcode.CodeInvalidRequest, "the server sent something else than an answer to auth")
	}
	if messages[0].Error != nil {
		return messages[0].Error
	}
	return nil
}

// isUnauthorized reports whether a connection ended, or was not made, because
// its token is not good, or not any more.
func isUnauthorized(err error) bool {
	var ending *ws.CloseError
	if errors.As(err, &ending) {
		return ending.Code == ws.CodeUnauthorized
	}
	var answer *HandshakeError
	if errors.As(err, &answer) {
		return answer.StatusCode == 401
	}
	var dial *DialError
	var refused *Error
	return errors.As(err, &dial) && dial.Stage == StageAuth && errors.As(err, &refused)
}
