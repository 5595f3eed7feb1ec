package client

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/net/idna"
)

// address is a URL to dial, taken apart.
type address struct {
	url      *url.URL // scheme ws or wss, host in ASCII
	host     string   // without port and brackets
	hostPort string   // with the scheme's port where the URL names none
	shown    string   // what errors may show
}

// secure reports whether the address is wss.
func (a address) secure() bool { return a.url.Scheme == "wss" }

// httpURL returns the URL of the handshake's HTTP request.
func (a address) httpURL() *url.URL {
	u := *a.url
	u.Scheme = "http"
	if a.secure() {
		u.Scheme = "https"
	}
	return &u
}

// parseAddress takes rawURL apart, or says what is wrong with it without
// repeating what may be secret.
func parseAddress(rawURL string) (address, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return address{}, parseProblem(rawURL, err)
	}
	if err := normalizeScheme(u); err != nil {
		return address{}, err
	}
	if err := checkParts(u); err != nil {
		return address{}, err
	}
	return resolveHost(u)
}

// parseProblem says why rawURL is none. The parser's own text may quote a piece
// of a password, when one was written without percent-encoding.
func parseProblem(rawURL string, err error) error {
	if !strings.Contains(rawURL, "://") && !strings.Contains(rawURL, "@") {
		return errScheme()
	}
	var parse *url.Error
	if !errors.As(err, &parse) || strings.Contains(rawURL, "@") {
		return badURL("it cannot be parsed; characters such as @ : / ? # must be percent-encoded")
	}
	return badURL(parse.Err.Error())
}

func normalizeScheme(u *url.URL) error {
	switch u.Scheme {
	case "ws", "wss":
		return nil
	case "http":
		u.Scheme = "ws"
		return nil
	case "https":
		u.Scheme = "wss"
		return nil
	default:
		return errScheme()
	}
}

func checkParts(u *url.URL) error {
	switch {
	case u.Opaque != "":
		return badURL("two slashes must follow the scheme, as in ws://example.com/ws")
	case u.User != nil:
		return badURL("it must hold no user and password; send an Authorization header instead")
	case u.Hostname() == "":
		return badURL("it names no host")
	case u.Fragment != "" || u.RawFragment != "":
		return badURL("it must have no fragment, the part from # on")
	}
	return checkPort(u.Port())
}

func checkPort(port string) error {
	if port == "" {
		return nil
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return badURL("its port is not between 1 and 65535")
	}
	return nil
}

func resolveHost(u *url.URL) (address, error) {
	host, err := asciiHost(u.Hostname())
	// A name of nothing but characters like the soft hyphen comes back empty.
	if err != nil || host == "" {
		return address{}, badURL("its host is not a valid name")
	}
	a := address{url: u, host: host}
	if host != u.Hostname() {
		u.Host = strings.Replace(u.Host, u.Hostname(), host, 1)
	}
	u.Host = strings.TrimSuffix(u.Host, ":")
	port := u.Port()
	if port == "" {
		port = "80"
		if a.secure() {
			port = "443"
		}
	}
	a.hostPort = net.JoinHostPort(a.host, port)
	a.shown = withoutSecrets(u)
	return a, nil
}

// asciiHost returns a name of other alphabets as DNS and TLS know it.
func asciiHost(host string) (string, error) {
	for i := range len(host) {
		if host[i] >= utf8.RuneSelf {
			return idna.Lookup.ToASCII(host)
		}
	}
	return host, nil
}

// withoutSecrets returns u as errors may show it. A query often carries a token,
// and an @ in the path may be what is left of a password with a slash in it.
func withoutSecrets(u *url.URL) string {
	if strings.Contains(u.Path, "@") {
		return u.Scheme + "://…"
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	return shown.String()
}

func errScheme() error {
	return badURL("it must begin with ws:// or wss://")
}

func badURL(problem string) error {
	return gerror.NewCode(gcode.CodeInvalidParameter, "the URL is not usable: "+problem)
}
