package model

import "net/netip"

// ProxyPolicy tells whose word counts about where a request has come from. The
// zero value trusts nobody.
type ProxyPolicy struct {
	// Trusted are the networks of the host's own proxies, none of which covers
	// every address.
	Trusted []netip.Prefix
	// ForwardedHost takes X-Forwarded-Host and X-Forwarded-Proto of a trusted
	// proxy for what the client has asked for.
	ForwardedHost bool
}

// Trusts reports whether addr is one of the proxies.
func (p *ProxyPolicy) Trusts(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, network := range p.Trusted {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}
