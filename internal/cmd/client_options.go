package cmd

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/client"
)

// clientOptions is what the command line asks for.
type clientOptions struct {
	url     string
	message *string // nil when none was given
	binary  bool
	dial    client.Options
}

// timeout bounds the dial, and each wait for an answer.
func (o clientOptions) timeout() time.Duration { return o.dial.HandshakeTimeout }

// parseClientOptions reads the arguments behind the command's name.
func parseClientOptions(args []string) (clientOptions, error) {
	o := clientOptions{url: defaultClientURL, dial: client.Options{
		HandshakeTimeout: client.DefaultHandshakeTimeout,
		MaxMessage:       maxClientMessage,
		Header:           http.Header{},
	}}
	given, positional, err := scanArguments(args, clientArguments())
	if err != nil {
		return o, err
	}
	if err := o.takePositional(positional); err != nil {
		return o, err
	}
	for _, option := range given {
		if err := o.take(option); err != nil {
			return o, err
		}
	}
	o.dial.CloseTimeout = min(client.DefaultCloseTimeout, o.timeout())
	return o, nil
}

func (o *clientOptions) takePositional(positional []string) error {
	if len(positional) > 2 {
		return usagef("there are %d arguments, but only URL and MESSAGE are known; a MESSAGE with spaces needs quotes", len(positional))
	}
	if len(positional) > 0 {
		o.url = positional[0]
	}
	if len(positional) > 1 {
		o.message = &positional[1]
	}
	return nil
}

func (o *clientOptions) take(given givenOption) error {
	switch given.name {
	case optionBinary:
		o.binary = true
	case optionInsecure:
		o.tls().InsecureSkipVerify = true
	case optionCA:
		return o.trust(given.value)
	case optionHeader:
		return o.addHeader(given.value)
	case optionOrigin:
		o.dial.Origin = given.value
	case optionSubprotocol:
		o.dial.Subprotocols = append(o.dial.Subprotocols, given.value)
	case optionTimeout:
		return o.setTimeout(given.value)
	}
	return nil
}

func (o *clientOptions) tls() *tls.Config {
	if o.dial.TLS == nil {
		o.dial.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return o.dial.TLS
}

// trust adds the certificates of a file to those already trusted.
func (o *clientOptions) trust(file string) error {
	pem, err := os.ReadFile(file)
	if err != nil {
		return gerror.WrapCode(gcode.CodeInvalidParameter, err, "--ca cannot be read")
	}
	config := o.tls()
	if config.RootCAs == nil {
		config.RootCAs = systemRoots()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return usagef("--ca %s: there is no PEM certificate in it", file)
	}
	return nil
}

// systemRoots returns the system's certificates, or none where they cannot be
// had: the file may be all that is needed.
func systemRoots() *x509.CertPool {
	if roots, err := x509.SystemCertPool(); err == nil {
		return roots
	}
	return x509.NewCertPool()
}

// addHeader takes "Name: value". Errors do not repeat it, as it may be a secret.
func (o *clientOptions) addHeader(line string) error {
	name, value, found := strings.Cut(line, ":")
	if !found || strings.TrimSpace(name) == "" {
		return usagef(`--header must be in the form "Name: value"`)
	}
	o.dial.Header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	return nil
}

func (o *clientOptions) setTimeout(text string) error {
	timeout, err := time.ParseDuration(text)
	switch {
	case isNumber(text):
		return usagef("--timeout %s has no unit; write %ss for seconds", text, text)
	case err != nil:
		return usagef("--timeout %q is not a duration; write it as in 10s or 500ms", text)
	case timeout <= 0:
		return usagef("--timeout %s must be more than 0", text)
	}
	o.dial.HandshakeTimeout = timeout
	return nil
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.") == ""
}

// usagef returns an error about the command line.
func usagef(format string, args ...any) error {
	return gerror.NewCodef(gcode.CodeInvalidParameter, format, args...)
}
