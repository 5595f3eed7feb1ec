package gfws

import (
	"path"
	"regexp"
	"slices"
	"strconv"
)

var (
	// plainPath is a path without the wildcards of gf's router: those match
	// without a bound, and the router remembers each match for an hour.
	plainPath = regexp.MustCompile(`^/[A-Za-z0-9\-._~/]*$`)
	// plainToken is a subprotocol, RFC 6455 section 4.1.
	plainToken = regexp.MustCompile("^[!#$%&'*+\\-.^_`|~0-9A-Za-z]+$")
)

// validate returns what contradicts itself or cannot be, each with its key.
func (c *Config) validate() error {
	// Before all else, which would only tell that they are short.
	if err := c.validateSecrets(); err != nil {
		return err
	}
	return joinInvalid(
		c.validateBounds(),
		c.validatePaths(),
		c.validateProxy(),
		c.validateAuth(),
		c.validateAsyncAPI(),
		c.validateTypes(),
		c.validateSubprotocols(),
		c.validateSizes(),
		c.validateQueue(),
		c.Room.validate(),
		c.Push.validate(),
		c.validateCompression(),
		c.validateTimes(),
		c.validateForm(),
		c.validateRate(),
	)
}

func (c *Config) validatePaths() error {
	var seen []string
	for _, endpoint := range c.Paths {
		if endpoint == "/" || !isPlainPath(endpoint) {
			return invalid("paths", `%q must be a plain path such as "/ws", without wildcards`, endpoint)
		}
		if slices.Contains(seen, endpoint) {
			return invalid("paths", "%q is listed twice", endpoint)
		}
		seen = append(seen, endpoint)
	}
	page := c.Console.Path
	if !c.Console.served() {
		return nil
	}
	if !isPlainPath(routerPath(page)) {
		return invalid("console.path", `%q must be a plain path such as "/console", or "off"`, page)
	}
	if slices.Contains(seen, routerPath(page)) {
		return invalid("console.path", "%q is a path of the endpoint already", page)
	}
	if len(c.Paths) == 0 {
		return invalid("console.path", "the page %q has no path of the endpoint to talk to", page)
	}
	return nil
}

// isPlainPath reports whether a browser asks for name exactly as it stands.
func isPlainPath(name string) bool {
	return plainPath.MatchString(name) && path.Clean(name) == name
}

func (c *Config) validateTypes() error {
	if len(c.Message.Types) == 0 {
		return invalid("message.types", `is empty, so no message could be taken: list "text", "binary" or both`)
	}
	for _, name := range c.Message.Types {
		if name != "text" && name != "binary" {
			return invalid("message.types", `%q is no type: list "text", "binary" or both`, name)
		}
	}
	return nil
}

func (c *Config) validateSubprotocols() error {
	for _, name := range c.Subprotocols {
		if !plainToken.MatchString(name) {
			return invalid("subprotocols", "%q is no token", name)
		}
	}
	return nil
}

func (c *Config) validateSizes() error {
	if c.Queue.MaxSize < 0 {
		return nil
	}
	if c.Message.MaxSize == Unlimited || c.Message.MaxSize > c.Queue.MaxSize {
		return invalid("queue.maxSize", "%d bytes cannot hold one message of message.maxSize, so it could never be echoed", c.Queue.MaxSize)
	}
	return nil
}

func (c *Config) validateQueue() error {
	if _, ok := queuePolicies[c.Queue.Full]; !ok {
		return invalid("queue.full", `%q is none of "close", "drop-oldest" and "drop-newest"`, c.Queue.Full)
	}
	return nil
}

func (c *Config) validateCompression() error {
	if level := c.Compression.Level; level < 1 || level > 9 {
		return invalid("compression.level", "must be from 1 to 9, not %s", amount(int64(level)))
	}
	if threshold := c.Compression.Threshold; threshold < 1 || threshold > 1<<30 {
		return invalid("compression.threshold", "must be from 1 byte to 1 GiB, not %s", amount(threshold))
	}
	return nil
}

// amount is n in the words of the configuration.
func amount(n int64) string {
	if n == Unlimited {
		return "unlimited"
	}
	return strconv.FormatInt(n, 10)
}

func (c *Config) validateTimes() error {
	if c.Drain.Timeout > 0 && c.Timeout.Close > c.Drain.Timeout {
		return invalid("drain.timeout", "%s is shorter than timeout.close (%s), so no close could finish", c.Drain.Timeout, c.Timeout.Close)
	}
	return nil
}
