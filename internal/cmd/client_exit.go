package cmd

import (
	"context"
	"crypto/tls"
	"errors"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/client"
	"github.com/gfws/gf-websocket/ws"
)

// The exit codes of the client command, besides those of every command.
const (
	ExitRefused   = 3 // nothing listens at the address
	ExitTimeout   = 4 // no connection, or no answer, in time
	ExitHandshake = 5 // no switch to WebSocket, or a certificate that is not trusted
	ExitClosed    = 6 // closed by the server, or broken
)

// clientExit gives an error of the conversation its exit code and words that
// say what to do. It returns nil for nil.
func clientExit(err error) error {
	var dial *client.DialError
	var closed *ws.CloseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &dial):
		return dialExit(dial)
	case errors.Is(err, context.DeadlineExceeded):
		return exit(ExitTimeout, err, "timed out")
	case errors.Is(err, context.Canceled):
		return exit(ExitFailure, err, "interrupted")
	case errors.As(err, &closed):
		return &ExitError{Code: ExitClosed, Err: &closedExit{closed: closed, err: err}}
	case gerror.Code(err) == gcode.CodeInvalidParameter:
		return &ExitError{Code: ExitUsage, Err: err}
	default:
		return &ExitError{Code: ExitFailure, Err: err}
	}
}

func dialExit(err *client.DialError) error {
	switch {
	case err.Refused():
		return exit(ExitRefused, err, "refused: nothing listens there")
	case err.Timeout():
		return exit(ExitTimeout, err, "timed out")
	case errors.Is(err, context.Canceled):
		return exit(ExitFailure, err, "interrupted")
	case err.Code() == gcode.CodeInvalidParameter:
		return &ExitError{Code: ExitUsage, Err: err}
	case isHandshake(err):
		return exit(ExitHandshake, err, "bad handshake"+handshakeHint(err))
	default:
		return &ExitError{Code: ExitFailure, Err: err}
	}
}

func isHandshake(err *client.DialError) bool {
	var answer *client.HandshakeError
	return err.Stage == client.StageTLS || err.Stage == client.StageHandshake || errors.As(err, &answer)
}

// handshakeHint says what may help.
func handshakeHint(err error) string {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &certificate):
		return ": the certificate is not trusted; --ca FILE trusts its issuer, --insecure trusts any"
	case errors.As(err, &record):
		return ": the server does not speak TLS there; try ws:// instead of wss://"
	default:
		return ""
	}
}

func exit(code int, err error, words string) error {
	return &ExitError{Code: code, Err: gerror.WrapCode(gcode.CodeOperationFailed, err, words)}
}

// closedExit words the end of a connection for a terminal: the reason is the
// server's and may hold anything.
type closedExit struct {
	closed *ws.CloseError
	err    error
}

// Error implements error.
func (e *closedExit) Error() string {
	text := "closed with " + e.closed.Code.String()
	switch {
	case e.closed.Code == ws.CodeAbnormal:
		return text + ": " + printable(e.err.Error())
	case e.closed.Reason != "":
		return text + ": " + printable(e.closed.Reason)
	default:
		return text
	}
}

// Unwrap returns the cause.
func (e *closedExit) Unwrap() error { return e.err }
