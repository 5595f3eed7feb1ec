package client

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// connect makes the connection that carries a ws handshake. The address comes
// from d.to, as gorilla's knows neither an empty port nor other alphabets.
func (d *dialing) connect(ctx context.Context, _, _ string) (net.Conn, error) {
	conn, err := d.reach(ctx)
	if err != nil {
		return nil, err
	}
	return d.screened(conn), nil
}

// connectTLS makes the connection that carries a wss handshake.
func (d *dialing) connectTLS(ctx context.Context, _, _ string) (net.Conn, error) {
	conn, err := d.reach(ctx)
	if err != nil {
		return nil, err
	}
	d.stage = StageTLS
	secured, err := secure(ctx, conn, d.options.tlsConfig(d.to.host))
	if err != nil {
		return nil, err
	}
	state := secured.ConnectionState()
	d.tls = &state
	return d.screened(secured), nil
}

// screened begins the handshake over conn.
func (d *dialing) screened(conn net.Conn) net.Conn {
	d.stage = StageHandshake
	d.screen = newScreen(conn, d.options.MaxMessage)
	return d.screen
}

// reach connects to the server, through a proxy if one is chosen.
func (d *dialing) reach(ctx context.Context) (net.Conn, error) {
	proxy, err := d.chooseProxy(ctx)
	if err != nil {
		d.stage = StageProxy
		return nil, err
	}
	if proxy == nil {
		return d.dialTCP(ctx, d.to.hostPort)
	}
	d.stage = StageProxy
	return d.throughProxy(ctx, proxy)
}

// chooseProxy asks Options.Proxy. The text of its error is not shown: the
// environment's address, password included, may be part of it.
func (d *dialing) chooseProxy(ctx context.Context) (*url.URL, error) {
	u := d.to.httpURL()
	request := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{}}).WithContext(ctx)
	proxy, err := d.options.Proxy(request)
	if err != nil {
		text := "the proxy could not be chosen; check HTTP_PROXY, HTTPS_PROXY or the Proxy option"
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, &withText{text: text, err: err}, "choose a proxy")
	}
	return proxy, nil
}

// dialTCP connects and lets the dial's context watch over the connection.
func (d *dialing) dialTCP(ctx context.Context, hostPort string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", hostPort)
	if err != nil {
		return nil, err
	}
	w := newWire(conn)
	d.watch(ctx, w)
	return w, nil
}

// secure makes the TLS handshake over conn, and closes conn if it fails.
func secure(ctx context.Context, conn net.Conn, config *tls.Config) (*tls.Conn, error) {
	secured := tls.Client(conn, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secured, nil
}
