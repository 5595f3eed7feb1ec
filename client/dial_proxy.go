package client

import (
	"bufio"
	"context"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/net/proxy"
)

// throughProxy connects to the server through a proxy.
//
// gorilla could do this too, but it panics on a status line without words,
// knows no https proxy, and tells a refusal only as text.
func (d *dialing) throughProxy(ctx context.Context, via *url.URL) (net.Conn, error) {
	if via.Hostname() == "" {
		return nil, gerror.NewCode(gcode.CodeInvalidConfiguration, "the proxy's URL names no host")
	}
	switch via.Scheme {
	case "http":
		return d.tunnel(ctx, via, proxyHostPort(via, "80"))
	case "https":
		return d.tunnel(ctx, via, proxyHostPort(via, "443"))
	case "socks5", "socks5h":
		return d.socks(ctx, via)
	default:
		return nil, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"a proxy of scheme %q is not supported; http, https, socks5 and socks5h are", via.Scheme)
	}
}

func proxyHostPort(via *url.URL, defaultPort string) string {
	port := via.Port()
	if port == "" {
		port = defaultPort
	}
	return net.JoinHostPort(via.Hostname(), port)
}

// tunnel asks an HTTP proxy to connect, RFC 9110 section 9.3.6.
func (d *dialing) tunnel(ctx context.Context, via *url.URL, hostPort string) (net.Conn, error) {
	conn, err := d.dialTCP(ctx, hostPort)
	if err != nil {
		return nil, err
	}
	if via.Scheme == "https" {
		config := d.options.tlsConfig("")
		config.ServerName = via.Hostname()
		if conn, err = secure(ctx, conn, config); err != nil {
			return nil, err
		}
	}
	if err := d.askTunnel(conn, via.User); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// askTunnel sends CONNECT and reads the answer. The dial's watch over the
// connection bounds both.
func (d *dialing) askTunnel(conn net.Conn, user *url.Userinfo) error {
	request := &http.Request{
		Method: http.MethodConnect,
		URL:    &url.URL{Opaque: d.to.hostPort},
		Host:   d.to.hostPort,
		Header: http.Header{},
	}
	if user != nil {
		request.Header.Set("Proxy-Authorization", basicAuth(user))
	}
	if err := request.Write(conn); err != nil {
		return err
	}
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, request)
	if err != nil {
		return &withText{text: "no valid answer of the proxy: " + printable(err.Error()), err: err}
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode/100 != 2 {
		return newHandshakeError("proxy", response, readBody(response.Body), nil)
	}
	if reader.Buffered() > 0 {
		return gerror.NewCode(gcode.CodeInvalidRequest, "the proxy sent data before it was asked for any")
	}
	return nil
}

func basicAuth(user *url.Userinfo) string {
	password, _ := user.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password))
}

// socks asks a SOCKS5 proxy, which also looks the name up.
func (d *dialing) socks(ctx context.Context, via *url.URL) (net.Conn, error) {
	var auth *proxy.Auth
	if via.User != nil {
		password, _ := via.User.Password()
		auth = &proxy.Auth{User: via.User.Username(), Password: password}
	}
	dialer, err := proxy.SOCKS5("tcp", proxyHostPort(via, "1080"), auth, socksForward{d})
	if err != nil {
		return nil, err
	}
	contextDialer, ok := dialer.(proxy.ContextDialer)
	if !ok {
		return nil, gerror.NewCode(gcode.CodeInternalError, "the socks5 dialer takes no context")
	}
	if _, err := contextDialer.DialContext(ctx, "tcp", d.to.hostPort); err != nil {
		return nil, err
	}
	// What the dialer returns only adds addresses to the wire it was given.
	return d.wire, nil
}

// socksForward lets the SOCKS5 dialer reach its proxy as every dial here does.
type socksForward struct{ d *dialing }

// DialContext implements proxy.ContextDialer.
func (f socksForward) DialContext(ctx context.Context, _, hostPort string) (net.Conn, error) {
	return f.d.dialTCP(ctx, hostPort)
}

// Dial implements proxy.Dialer, which has no context; it is not called, since
// the dialer prefers DialContext.
func (f socksForward) Dial(_, hostPort string) (net.Conn, error) {
	return f.d.dialTCP(context.Background(), hostPort)
}
