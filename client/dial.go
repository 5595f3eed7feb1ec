package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Dial connects to a WebSocket server. The URL begins with ws:// or wss://, or
// with http:// or https://, which mean the same.
//
// With Options.Token it authenticates too, wherever Options.TokenIn says.
//
// The context and Options.HandshakeTimeout bound the dial alone; the context may
// end afterwards without any effect on the connection. Redirects are not
// followed. Every error is a [*DialError].
//
// The connection must be ended with [Conn.Close] or [Conn.CloseNow].
func Dial(ctx context.Context, url string, options Options) (*Conn, error) {
	to, err := parseAddress(url)
	if err != nil {
		return nil, &DialError{Stage: StageURL, Err: err}
	}
	options, err = options.withDefaults()
	if err != nil {
		return nil, &DialError{Stage: StageOptions, URL: to.shown, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, options.HandshakeTimeout)
	defer cancel()
	d := &dialing{to: to, options: options, stage: StageToken, started: time.Now()}
	conn, err := d.connected(ctx)
	if err != nil {
		return nil, &DialError{Stage: d.stage, URL: to.shown, Err: d.cause(ctx, err)}
	}
	return conn, nil
}

// connected makes everything between the URL and a Conn that can be used.
func (d *dialing) connected(ctx context.Context) (*Conn, error) {
	token, err := d.takeToken(ctx)
	if err != nil {
		return nil, err
	}
	d.stage = StageConnect
	frames, response, err := d.handshake(ctx)
	if err != nil {
		return nil, err
	}
	conn := newConn(d, frames, response)
	if token == "" || d.options.TokenIn != TokenInMessage {
		return conn, nil
	}
	d.stage = StageAuth
	if err := conn.authenticate(ctx, token); err != nil {
		conn.CloseNow()
		return nil, err
	}
	return conn, nil
}

// dialing is one dial under way.
type dialing struct {
	to      address
	options Options
	stage   Stage
	started time.Time
	wire    *wire                // set once TCP is connected
	screen  *screen              // set once the connection can carry the handshake
	tls     *tls.ConnectionState // set once TLS is, for wss
	release func() bool          // stops the watch over ctx; false if it ended
}

// handshake makes everything up to the server's answer.
func (d *dialing) handshake(ctx context.Context) (*websocket.Conn, *http.Response, error) {
	dialer := websocket.Dialer{
		NetDialContext:    d.connect,
		NetDialTLSContext: d.connectTLS,
		Subprotocols:      d.options.Subprotocols,
		ReadBufferSize:    d.options.ReadBuffer,
		WriteBufferSize:   d.options.WriteBuffer,
	}
	frames, response, err := dialer.DialContext(ctx, d.to.url.String(), d.options.Header)
	if err != nil {
		d.unwatch()
		return nil, nil, d.badAnswer(ctx, response, err)
	}
	if err := d.checkAnswer(response); err != nil {
		d.unwatch()
		_ = d.wire.Close()
		return nil, nil, err
	}
	if !d.unwatch() {
		return nil, nil, ctx.Err()
	}
	d.wire.unbind()
	d.screen.beginFrames()
	return frames, response, nil
}

// watch closes the wire when ctx ends: gorilla observes a deadline during the
// answer, but no cancellation.
func (d *dialing) watch(ctx context.Context, w *wire) {
	d.wire = w
	d.release = context.AfterFunc(ctx, func() { _ = w.Close() })
}

// unwatch ends the watch and reports whether ctx had not ended before.
func (d *dialing) unwatch() bool {
	return d.release == nil || d.release()
}

// cause says why the dial failed: a context that ended explains every error
// that followed from it, but not an answer that came before.
func (d *dialing) cause(ctx context.Context, err error) error {
	var answer *HandshakeError
	if errors.As(err, &answer) {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	if ctx.Err() == nil && !isTimeout(err) {
		return err
	}
	after := time.Since(d.started).Round(time.Millisecond)
	return fmt.Errorf("timed out after %s: %w", after, context.DeadlineExceeded)
}
