package cmd

import (
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"github.com/gogf/gf/v2/net/ghttp"
	"github.com/gogf/gf/v2/os/gcmd"

	"github.com/gfws/gf-websocket/utility/devcert"
)

// defaultAddress is that of GoFrame's WebSocket chapter.
const defaultAddress = ":8199"

// listen is where and how the server listens.
type listen struct {
	address      string // for HTTP, or for HTTPS when that has none of its own
	httpsAddress string // for HTTPS beside HTTP
	certPath     string // with keyPath: HTTPS is on
	keyPath      string
	development  bool // the certificate is one that we made
}

// setting is a value and the name of what it was set by, for errors.
type setting struct {
	value string
	from  string
}

// choose returns what the option says, else the configuration, else an empty
// value.
func choose(ctx context.Context, parser *gcmd.Parser, option, key string) (setting, error) {
	if value := parser.GetOpt(option).String(); value != "" {
		return setting{value, "--" + option}, nil
	}
	value, err := configString(ctx, key)
	return setting{value, key}, err
}

// newListen reads the options and the node "server".
func newListen(ctx context.Context, parser *gcmd.Parser) (*listen, error) {
	if err := checkGfNodes(ctx); err != nil {
		return nil, err
	}
	settings := make(map[string]setting)
	for option, key := range map[string]string{
		"address":       "server.address",
		"https-address": "server.httpsAddr",
		"cert":          "server.httpsCertPath",
		"key":           "server.httpsKeyPath",
	} {
		chosen, err := choose(ctx, parser, option, key)
		if err != nil {
			return nil, err
		}
		settings[option] = chosen
	}
	if settings["address"].value == "" {
		settings["address"] = setting{defaultAddress, "--address"}
	}
	for _, option := range []string{"address", "https-address"} {
		if err := checkAddress(settings[option]); err != nil {
			return nil, err
		}
	}
	l := &listen{address: settings["address"].value, httpsAddress: settings["https-address"].value}
	return l, l.chooseCertificate(parser.GetOpt("tls") != nil, settings["cert"], settings["key"])
}

// chooseCertificate takes the pair that is given, or makes one for development
// when HTTPS is asked for without.
func (l *listen) chooseCertificate(asked bool, cert, key setting) error {
	switch {
	case cert.value != "" && key.value != "":
		l.certPath, l.keyPath = cert.value, key.value
	case cert.value != "":
		return alone(cert, "--key", "server.httpsKeyPath")
	case key.value != "":
		return alone(key, "--cert", "server.httpsCertPath")
	case asked || l.httpsAddress != "":
		return l.makeCertificate()
	default:
		return nil
	}
	if _, err := tls.LoadX509KeyPair(l.certPath, l.keyPath); err != nil {
		return gerror.WrapCodef(gcode.CodeInvalidConfiguration, err, "%s and %s are no certificate and its key", cert.from, key.from)
	}
	return nil
}

// alone is the error of half a pair: it names the other half in the way that
// the given one was set.
func alone(given setting, option, key string) error {
	missing := key
	if strings.HasPrefix(given.from, "--") {
		missing = option
	}
	return gerror.NewCodef(gcode.CodeInvalidConfiguration, "%s needs %s beside it", given.from, missing)
}

func (l *listen) makeCertificate() error {
	dir, err := devcert.DefaultDir()
	if err != nil {
		return err
	}
	files, err := devcert.Ensure(dir)
	if err != nil {
		return err
	}
	l.certPath, l.keyPath, l.development = files.CertPath, files.KeyPath, true
	return nil
}

// apply sets s up. With a certificate and no address for it, ghttp moves HTTPS
// to the one address.
func (l *listen) apply(s *ghttp.Server) {
	s.SetAddr(l.address)
	s.SetHTTPSAddr(l.httpsAddress)
	if l.certPath != "" {
		s.EnableHTTPS(l.certPath, l.keyPath)
	}
}

// checkAddress refuses what net.Listen would not take, and names the setting.
func checkAddress(s setting) error {
	for _, address := range strings.Split(s.value, ",") {
		if address == "" && s.value == "" || isPort(address) {
			continue
		}
		_, port, err := net.SplitHostPort(address)
		if err != nil || !isPort(port) {
			return gerror.NewCodef(gcode.CodeInvalidConfiguration, `%s: %q is no address such as ":8199" or "127.0.0.1:8199"`, s.from, address)
		}
	}
	return nil
}

func isPort(text string) bool {
	port, err := strconv.Atoi(text)
	return err == nil && port >= 0 && port <= 65535
}
