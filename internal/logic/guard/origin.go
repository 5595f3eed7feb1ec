package guard

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
)

const (
	anyOrigin  = "any"
	nullOrigin = "null"
)

// ParseOrigins reads the origins that a configuration lists. An entry is
// "https://app.example.com", "https://*.example.com" for the sub-domains of a
// host, "null", or "any" alone. An empty list means the same host.
func (s *sGuard) ParseOrigins(allow []string, required bool) (model.OriginPolicy, error) {
	policy := model.OriginPolicy{Required: required, Listed: len(allow) > 0, Exact: make(map[string]struct{})}
	for _, entry := range allow {
		switch strings.ToLower(entry) {
		case anyOrigin:
			policy.Any = true
			continue
		case nullOrigin:
			policy.Null = true
			continue
		}
		if err := addOrigin(&policy, entry); err != nil {
			return policy, err
		}
	}
	if policy.Any && len(allow) > 1 {
		return policy, gerror.NewCodef(gcode.CodeInvalidConfiguration, `"any" must stand alone, not beside other origins`)
	}
	return policy, nil
}

func addOrigin(policy *model.OriginPolicy, entry string) error {
	scheme, rest, _ := strings.Cut(entry, "://")
	parent, isPattern := strings.CutPrefix(rest, "*.")
	origin, ok := parseOrigin(scheme + "://" + parent)
	if !ok || strings.Contains(parent, "*") {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration,
			`%q is no origin: write "https://host", "https://*.host", "null" or "any"`, entry)
	}
	if isPattern {
		policy.Below = append(policy.Below, origin.String())
		return nil
	}
	policy.Exact[origin.String()] = struct{}{}
	return nil
}

// checkOrigin refuses a handshake from a page that may not connect, with 403.
func checkOrigin(r *http.Request, policy *model.OriginPolicy) error {
	values := r.Header["Origin"]
	switch {
	case len(values) == 0 && !policy.Required:
		return nil
	case policy.Any && len(values) > 0:
		return nil
	case len(values) == 1 && originAllowed(r, policy, values[0]):
		return nil
	}
	return &model.Refusal{
		Status:  http.StatusForbidden,
		Code:    gcode.CodeSecurityReason,
		Message: "this origin is not allowed to connect",
		Reason:  "origin",
	}
}

func originAllowed(r *http.Request, policy *model.OriginPolicy, value string) bool {
	if value == nullOrigin {
		return policy.Null
	}
	origin, ok := parseOrigin(value)
	if !ok {
		return false
	}
	if !policy.Listed {
		return origin.sameHost(r)
	}
	if _, ok = policy.Exact[origin.String()]; ok {
		return true
	}
	for _, parent := range policy.Below {
		if origin.below(parent) {
			return true
		}
	}
	return false
}

// origin is a web origin, RFC 6454, in lower case and without the port that
// its scheme implies.
type origin struct {
	scheme string
	host   string // with the port, if any
}

// longestOrigin is what a scheme, a name of 253 bytes and a port can come to.
const longestOrigin = 300

// plainOrigin is an origin as browsers write it, RFC 6454 section 6.2: a
// scheme, a host and a port, and nothing else. Names are in ASCII, those of other
// scripts in punycode.
var plainOrigin = regexp.MustCompile(`^([A-Za-z]+)://((?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+\.?|\[[0-9A-Fa-f:.]+\])(:[1-9][0-9]{0,4})?$`)

// parseOrigin reads the value of an Origin header.
func parseOrigin(value string) (origin, bool) {
	if len(value) > longestOrigin {
		return origin{}, false
	}
	parts := plainOrigin.FindStringSubmatch(value)
	if parts == nil {
		return origin{}, false
	}
	scheme, host := strings.ToLower(parts[1]), strings.ToLower(parts[2]+parts[3])
	if scheme != "http" && scheme != "https" {
		return origin{}, false
	}
	return origin{scheme, withoutDefaultPort(host, scheme)}, true
}

func (o origin) String() string {
	return o.scheme + "://" + o.host
}

// sameHost compares with the Host header. On TLS the page must be on TLS too;
// without, a proxy may have ended it, so both schemes are good.
func (o origin) sameHost(r *http.Request) bool {
	if r.TLS != nil && o.scheme != "https" {
		return false
	}
	return o.host == withoutDefaultPort(strings.ToLower(r.Host), o.scheme)
}

// below tells whether o is a true sub-domain of parent, scheme and port alike.
func (o origin) below(parent string) bool {
	scheme, host, _ := strings.Cut(parent, "://")
	return o.scheme == scheme && strings.HasSuffix(o.host, "."+host) && len(o.host) > len(host)+1
}

func withoutDefaultPort(host, scheme string) string {
	port := ":80"
	if scheme == "https" {
		port = ":443"
	}
	return strings.TrimSuffix(host, port)
}
