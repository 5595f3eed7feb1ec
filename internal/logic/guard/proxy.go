package guard

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
)

// ParseProxies reads the proxies that a configuration lists: networks such as
// "10.0.0.0/8", or single addresses.
func (s *sGuard) ParseProxies(trusted []string, forwardedHost bool) (model.ProxyPolicy, error) {
	policy := model.ProxyPolicy{ForwardedHost: forwardedHost}
	for _, entry := range trusted {
		network, err := parseNetwork(entry)
		if err != nil {
			return policy, err
		}
		policy.Trusted = append(policy.Trusted, network)
	}
	return policy, nil
}

// parseNetwork refuses a network of every address: whoever connects could then
// say to be anybody.
func parseNetwork(entry string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(entry); err == nil && addr.Zone() == "" {
		addr = addr.Unmap()
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	network, err := netip.ParsePrefix(entry)
	switch {
	case err != nil || network.Addr().Is4In6():
		return network, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			`%q is no network: write "10.0.0.0/8", "2001:db8::/32" or a single address`, entry)
	case network.Bits() == 0:
		return network, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"%q is every address, so that anybody could say to be anybody: list the proxies", entry)
	case network != network.Masked():
		return network, gerror.NewCodef(gcode.CodeInvalidConfiguration,
			"%q has bits beyond its length: did you mean %s?", entry, network.Masked())
	}
	return network, nil
}

// ClientAddr returns the address of the client that sent r. It is the peer's of
// the socket, unless that is a trusted proxy: then X-Forwarded-For is walked
// from its right end, where each proxy has put whom it talked to, up to the
// first address that is no proxy. What stands further left is the client's own
// word. The zero value is a peer without an IP address.
func (s *sGuard) ClientAddr(r *http.Request, policy *model.ProxyPolicy) netip.Addr {
	return clientAddr(r, policy)
}

func clientAddr(r *http.Request, policy *model.ProxyPolicy) netip.Addr {
	addr, ok := parseHop(r.RemoteAddr)
	if !ok || len(policy.Trusted) == 0 {
		return addr
	}
	lines := r.Header["X-Forwarded-For"]
	for i := len(lines) - 1; i >= 0; i-- {
		rest, more := lines[i], true
		for more {
			if !policy.Trusts(addr) {
				return addr
			}
			var hop string
			rest, hop, more = cutLast(rest)
			next, valid := parseHop(hop)
			if !valid {
				return addr
			}
			addr = next
		}
	}
	return addr
}

// cutLast splits a list at its last comma.
func cutLast(list string) (rest, last string, more bool) {
	comma := strings.LastIndexByte(list, ',')
	if comma < 0 {
		return "", list, false
	}
	return list[:comma], list[comma+1:], true
}

// parseHop reads an address with or without a port. IPv4 in an IPv6 address is
// IPv4, and a zone is left out, so that one peer has one form.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.Trim(text, " \t")
	if !hasPort(text) {
		addr, err := netip.ParseAddr(text)
		return addr.Unmap().WithZone(""), err == nil
	}
	addr, err := netip.ParseAddrPort(text)
	return addr.Addr().Unmap().WithZone(""), err == nil
}

// hasPort tells an address with a port from one without, which for IPv6 alone
// has colons too.
func hasPort(address string) bool {
	return strings.HasPrefix(address, "[") || strings.Count(address, ":") == 1
}

// site is what a client has asked for: the host, with its port where it has
// one, and whether by TLS.
type site struct {
	host   string
	secure bool
}

// siteOf returns the site that r is for, by the word of a trusted proxy where
// that is configured. A host that is said more than once is unknown: which of
// them the client has sent cannot be told.
func siteOf(r *http.Request, policy *model.ProxyPolicy) site {
	asked := site{host: r.Host, secure: r.TLS != nil}
	if !policy.ForwardedHost {
		return asked
	}
	if peer, ok := parseHop(r.RemoteAddr); !ok || !policy.Trusts(peer) {
		return asked
	}
	if hosts := r.Header["X-Forwarded-Host"]; len(hosts) > 0 {
		asked.host = hostInASCII(single(hosts))
	}
	if schemes := r.Header["X-Forwarded-Proto"]; len(schemes) > 0 {
		scheme := strings.ToLower(single(schemes))
		asked.secure = scheme == "https" || scheme == "wss"
	}
	return asked
}

// hostInASCII returns a host as browsers send it; proxies may write it as it is
// read.
func hostInASCII(host string) string {
	if len(host) > longestOrigin {
		return host
	}
	return exactPunycode(host)
}

// single returns the one value of a header, or "" for a list.
func single(values []string) string {
	if len(values) != 1 || strings.Contains(values[0], ",") {
		return ""
	}
	return strings.Trim(values[0], " \t")
}
