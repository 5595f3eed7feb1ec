package gfws

// ProxyConfig tells which proxies stand before the server.
type ProxyConfig struct {
	// Trusted lists the networks of the host's own proxies, such as
	// "10.0.0.0/8", or their addresses (proxy.trusted). X-Forwarded-For counts
	// only from them. Default none.
	Trusted []string
	// ForwardedHost takes X-Forwarded-Host and X-Forwarded-Proto of a trusted
	// proxy for what the client has asked for, when its origin is compared
	// (proxy.forwardedHost). Default false.
	ForwardedHost bool
}

// readProxy reads the section "proxy".
func readProxy(n *node, c *ProxyConfig) {
	n.strings("trusted", &c.Trusted)
	n.bool("forwardedHost", &c.ForwardedHost)
}

func (c *Config) validateProxy() error {
	if c.Proxy.ForwardedHost && len(c.Proxy.Trusted) == 0 {
		return invalid("proxy.forwardedHost", "is for proxies of proxy.trusted, which lists none")
	}
	return nil
}
