package client

import (
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// renew asks for a new token and authenticates with it, since the server warned
// that the last one expires. It does not wait; a warning that comes meanwhile
// changes nothing.
func (l *link) renew() {
	if l.client.options.Dial.Token == nil {
		return
	}
	select {
	case l.renews <- struct{}{}:
	default:
		return
	}
	l.group.Go(func() {
		defer func() { <-l.renews }()
		if err := l.reauthenticate(); err != nil && l.ctx.Err() == nil {
			l.client.problem(about("new token", err))
		}
	})
}

func (l *link) reauthenticate() error {
	token, err := l.client.options.Dial.Token(l.ctx)
	if err != nil {
		return err
	}
	params, err := encodeParams(authParams{Token: token})
	if err != nil {
		return err
	}
	asked, err := l.ask(methodAuth, params)
	if err != nil {
		return err
	}
	a, ok := l.await(asked)
	if !ok {
		return gerror.NewCode(gcode.CodeOperationFailed, "the server did not answer")
	}
	return a.err
}
