package guard

import (
	"net/netip"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
	"golang.org/x/net/idna"

	"github.com/gfws/gf-websocket/internal/model"
)

// ParseOrigins reads the origins that a configuration lists. An entry is
// "https://app.example.com", "https://*.example.com" for the sub-domains of a
// host, "null", or "any" alone. Names of other scripts may be written in them
// or in punycode. An empty list means the same host.
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
	listed, ok := parseOrigin(scheme + "://" + toPunycode(parent))
	if !ok || strings.Contains(parent, "*") {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration,
			`%q is no origin: write "https://host", "https://*.host", "null" or "any"`, entry)
	}
	if isPattern && !hasSubdomains(listed.host) {
		return gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"%q: below one label are the hosts of everybody, and below an address are none: list the host that is yours", entry)
	}
	if isPattern {
		policy.Below = append(policy.Below, listed.text)
		return nil
	}
	policy.Exact[listed.text] = struct{}{}
	return nil
}

// hasSubdomains reports whether what is below a host, perhaps with a port, belongs
// to one owner: it is no address, and more than the label of a registry. Below
// localhost everything is this machine.
func hasSubdomains(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	name = strings.TrimSuffix(name, ".")
	_, err := netip.ParseAddr(name)
	return err != nil && (name == "localhost" || strings.Contains(name, ".")) && host[0] != '['
}

// toPunycode returns a host of the configuration as browsers send it, who take
// letters of any width and case. One that has no such form is returned as it is,
// which is no origin.
func toPunycode(host string) string { return inPunycode(idna.Lookup, host) }

// exactPunycode is toPunycode for a host that a client sends: one with letters that
// would have to be mapped to others is none.
func exactPunycode(host string) string { return inPunycode(idna.Registration, host) }

func inPunycode(profile *idna.Profile, host string) string {
	if isASCII(host) {
		return host
	}
	name, port, hasPort := strings.Cut(host, ":")
	ascii, err := profile.ToASCII(name)
	if err != nil {
		return host
	}
	if hasPort {
		return ascii + ":" + port
	}
	return ascii
}
