package client

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// What a zero field of [Options] means.
const (
	DefaultHandshakeTimeout = 10 * time.Second
	DefaultCloseTimeout     = 5 * time.Second
	DefaultMaxMessage       = 1 << 20
	DefaultMaxQueued        = 64
	DefaultReadBuffer       = 4 << 10
	DefaultWriteBuffer      = 32 << 10
)

// Options says how to dial and what to accept. The zero value is ready to use;
// a negative number is an error. Dial takes what it needs, so an Options may be
// used again, but its maps and slices must not be changed while Dial runs.
type Options struct {
	// HandshakeTimeout is the longest that Dial may take in all: name lookup,
	// TCP, proxy, TLS and the server's answer. Zero means 10 seconds. The
	// context given to Dial may end it earlier.
	HandshakeTimeout time.Duration

	// CloseTimeout is the longest that Close waits for the server's close
	// frame before it cuts the connection. Zero means 5 seconds.
	CloseTimeout time.Duration

	// Proxy chooses the proxy for a handshake request, whose URL has the
	// scheme http or https; a nil URL means none. Schemes http, https, socks5
	// and socks5h are known, with user and password in the URL.
	//
	// Nil means [http.ProxyFromEnvironment]: HTTP_PROXY for ws, HTTPS_PROXY
	// for wss, NO_PROXY for exceptions, and never one for localhost. To use no
	// proxy whatever the environment says, set http.ProxyURL(nil).
	Proxy func(*http.Request) (*url.URL, error)

	// TLS is the configuration for wss, and for an https proxy. Nil means the
	// system's roots. It is cloned; ServerName defaults to the URL's host,
	// MinVersion to TLS 1.2, and NextProtos is always http/1.1.
	TLS *tls.Config

	// Header is sent with the handshake request. Nil sends none. Host,
	// Connection, Upgrade and Sec-WebSocket-* are Dial's own and an error here.
	Header http.Header

	// Origin is the Origin header, as in "https://example.com". Empty sends
	// none, as programs that are no browser do.
	Origin string

	// Subprotocols are offered to the server, the preferred one first. Empty
	// offers none. A server that chooses another one fails the handshake.
	Subprotocols []string

	// Token gives the token that Dial authenticates with, once for each
	// connection. Nil sends none.
	Token TokenSource

	// TokenIn is where the token is sent. The zero value is the Authorization
	// header.
	TokenIn TokenPlace

	// MaxMessage is the largest message taken, in bytes. Zero means 1 MiB. A
	// larger one closes the connection with code 1009.
	MaxMessage int64

	// MaxQueued is how many messages may have arrived and not been Read before
	// no more are taken from the network; pings are not answered then either.
	// Zero means 64. The same happens when they hold MaxMessage bytes in all.
	MaxQueued int

	// ReadBuffer is the size of the buffer for reading, in bytes. Zero means
	// 4 KiB.
	ReadBuffer int

	// WriteBuffer is the size of the buffer for writing, in bytes. Zero means
	// 32 KiB. A longer message is sent in several frames.
	WriteBuffer int
}

// withDefaults returns o checked and with its zero fields filled in.
func (o Options) withDefaults() (Options, error) {
	if err := o.checkNumbers(); err != nil {
		return o, err
	}
	header, err := requestHeader(o)
	if err != nil {
		return o, err
	}
	if o.TokenIn < TokenInHeader || o.TokenIn > TokenInMessage {
		return o, gerror.NewCode(gcode.CodeInvalidParameter, "TokenIn is none of the known places")
	}
	o.Header = header
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
	setDefault(&o.HandshakeTimeout, DefaultHandshakeTimeout)
	setDefault(&o.CloseTimeout, DefaultCloseTimeout)
	setDefault(&o.MaxMessage, DefaultMaxMessage)
	setDefault(&o.MaxQueued, DefaultMaxQueued)
	setDefault(&o.ReadBuffer, DefaultReadBuffer)
	setDefault(&o.WriteBuffer, DefaultWriteBuffer)
	return o, nil
}

func (o Options) checkNumbers() error {
	return checkNotNegative([]number{
		{"HandshakeTimeout", int64(o.HandshakeTimeout)},
		{"CloseTimeout", int64(o.CloseTimeout)},
		{"MaxMessage", o.MaxMessage},
		{"MaxQueued", int64(o.MaxQueued)},
		{"ReadBuffer", int64(o.ReadBuffer)},
		{"WriteBuffer", int64(o.WriteBuffer)},
	})
}

// number is a field of options.
type number struct {
	name  string
	value int64
}

func checkNotNegative(fields []number) error {
	for _, field := range fields {
		if field.value < 0 {
			return gerror.NewCodef(gcode.CodeInvalidParameter,
				"%s is negative; zero means the default", field.name)
		}
	}
	return nil
}

func setDefault[T ~int | ~int64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// tlsConfig returns the configuration for a TLS connection to host.
func (o Options) tlsConfig(host string) *tls.Config {
	config := &tls.Config{}
	if o.TLS != nil {
		config = o.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = host
	}
	if config.MinVersion == 0 {
		config.MinVersion = tls.VersionTLS12
	}
	// A configuration shared with net/http may offer h2, which cannot carry
	// this handshake.
	config.NextProtos = []string{"http/1.1"}
	return config
}
