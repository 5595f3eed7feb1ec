package client

import (
	"context"
	"errors"
	"net"
	"syscall"

	"github.com/gogf/gf/v2/errors/gcode"
)

// Stage tells how far a dial had come when it failed.
type Stage string

const (
	StageURL       Stage = "url"       // the URL was not usable
	StageOptions   Stage = "options"   // the options were not usable
	StageToken     Stage = "token"     // the token source, or a token that cannot be sent
	StageConnect   Stage = "connect"   // name lookup and TCP
	StageProxy     Stage = "proxy"     // choosing, reaching and asking the proxy
	StageTLS       Stage = "tls"       // the TLS handshake and its certificate
	StageHandshake Stage = "handshake" // the WebSocket handshake over HTTP
	StageAuth      Stage = "auth"      // the auth call, with TokenInMessage
)

// DialError is what [Dial] returns when it fails. It is a [net.Error].
type DialError struct {
	// Stage is where it failed.
	Stage Stage
	// URL is the address without its query; empty when it could not be parsed.
	URL string
	// Err is the cause, never nil.
	Err error
}

// Error implements error.
func (e *DialError) Error() string {
	text := "websocket dial"
	if e.URL != "" {
		text += " " + e.URL
	}
	return text + ": " + string(e.Stage) + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *DialError) Unwrap() error { return e.Err }

// Code returns GoFrame's code: CodeInvalidParameter for a bad URL or option,
// CodeOperationFailed for the rest.
func (e *DialError) Code() gcode.Code {
	if e.Stage == StageURL || e.Stage == StageOptions {
		return gcode.CodeInvalidParameter
	}
	return gcode.CodeOperationFailed
}

// wsaConnectionRefused is Windows' number for a refused connection, which
// syscall.ECONNREFUSED does not stand for there. No other system uses it.
const wsaConnectionRefused = syscall.Errno(10061)

// Refused reports whether the connection was refused: nothing listens at the
// address, or at the proxy's.
func (e *DialError) Refused() bool {
	return errors.Is(e.Err, syscall.ECONNREFUSED) || errors.Is(e.Err, wsaConnectionRefused)
}

// Timeout reports whether time ran out; errors.Is then finds
// [context.DeadlineExceeded] too.
func (e *DialError) Timeout() bool { return isTimeout(e.Err) }

// Temporary equals Timeout; [net.Error] asks for it.
func (e *DialError) Temporary() bool { return e.Timeout() }

func isTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	var network net.Error
	return errors.As(err, &network) && network.Timeout()
}

// withText gives an error another text: its own may be endless, or hold what
// must not be shown. What errors.Is and errors.As find stays.
type withText struct {
	text string
	err  error
}

func (e *withText) Error() string { return e.text }
func (e *withText) Unwrap() error { return e.err }
