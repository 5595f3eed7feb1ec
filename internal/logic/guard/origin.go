package guard

import (
	"net/http"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"

	"github.com/gfws/gf-websocket/internal/model"
)

const (
	anyOrigin  = "any"
	nullOrigin = "null"
)

// errOrigin answers a page that may not connect. It is one for all, so that
// refusing costs nothing, and nobody changes it.
var errOrigin error = &model.Refusal{
	Status:  http.StatusForbidden,
	Code:    gcode.CodeSecurityReason,
	Message: "this origin is not allowed to connect",
	Reason:  "origin",
}

// checkOrigin refuses a handshake from a page that may not connect, with 403.
func checkOrigin(r *http.Request, policy *model.Policy) error {
	values := r.Header["Origin"]
	switch {
	case len(values) == 0 && !policy.Origin.Required:
		return nil
	case policy.Origin.Any && len(values) > 0:
		return nil
	case len(values) == 1 && originAllowed(r, policy, values[0]):
		return nil
	}
	return errOrigin
}

func originAllowed(r *http.Request, policy *model.Policy, value string) bool {
	if value == nullOrigin {
		return policy.Origin.Null
	}
	page, ok := parseOrigin(inASCII(value))
	if !ok {
		return false
	}
	if !policy.Origin.Listed {
		return page.sameHost(siteOf(r, &policy.Proxy))
	}
	if _, ok = policy.Origin.Exact[page.text]; ok {
		return true
	}
	for _, parent := range policy.Origin.Below {
		if page.below(parent) {
			return true
		}
	}
	return false
}

// inASCII returns an Origin header as browsers send it. Other clients may write a
// name of another script as it is read.
func inASCII(value string) string {
	if len(value) > longestOrigin || isASCII(value) {
		return value
	}
	scheme, host, _ := strings.Cut(value, "://")
	return scheme + "://" + exactPunycode(host)
}

// origin is a web origin, RFC 6454, in lower case and without the port that
// its scheme implies.
type origin struct {
	text   string // scheme://host[:port]
	scheme string
	host   string // with the port, if any
}

// longestOrigin is what a scheme, a name of 253 bytes and a port can come to.
const longestOrigin = 300

// parseOrigin reads the value of an Origin header as browsers write it, RFC
// 6454 section 6.2: a scheme, a host and a port, and nothing else. Names are in
// ASCII, those of other scripts in punycode. What browsers send costs no memory.
func parseOrigin(value string) (origin, bool) {
	if len(value) > longestOrigin {
		return origin{}, false
	}
	scheme, host, _ := strings.Cut(value, "://")
	if !isWebScheme(scheme) || !isHostPort(host) {
		return origin{}, false
	}
	value = strings.ToLower(value)
	scheme, host = value[:len(scheme)], value[len(value)-len(host):]
	trimmed := withoutDefaultPort(host, scheme)
	return origin{value[:len(value)-len(host)+len(trimmed)], scheme, trimmed}, true
}

func isWebScheme(scheme string) bool {
	return isASCII(scheme) && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// sameHost compares with the site that the client has asked for. On TLS the
// page must be on TLS too; without, a proxy may have ended it, so both schemes
// are good.
func (o origin) sameHost(asked site) bool {
	if asked.secure && o.scheme != "https" {
		return false
	}
	return o.host == withoutDefaultPort(strings.ToLower(asked.host), o.scheme)
}

// below tells whether o is a true sub-domain of parent, scheme and port alike.
func (o origin) below(parent string) bool {
	scheme, host, _ := strings.Cut(parent, "://")
	dot := len(o.host) - len(host) - 1
	return o.scheme == scheme && dot > 0 && o.host[dot] == '.' && strings.HasSuffix(o.host, host)
}

func withoutDefaultPort(host, scheme string) string {
	port := ":80"
	if scheme == "https" {
		port = ":443"
	}
	return strings.TrimSuffix(host, port)
}
