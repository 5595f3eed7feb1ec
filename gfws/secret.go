package gfws

import "slices"

// shownSecret stands in the place of a secret where a configuration is shown.
const shownSecret Secret = "(secret)"

// Secret is a text that is not shown by fmt, by loggers and by encoders. g.Dump
// shows every string as it is: dump what [Plugin.Config] returns, which has none. The word that stands there
// in its place is refused as a secret.
type Secret string

// String returns a word in the place of the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return string(shownSecret)
}

// GoString is String for the verb %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText is String for encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// withoutSecrets returns c with a word in the place of each secret.
func (c Config) withoutSecrets() Config {
	c.Auth.JWT.Secret = Secret(c.Auth.JWT.Secret.String())
	c.Push.Token = Secret(c.Push.Token.String())
	c.Signature.Keys = slices.Clone(c.Signature.Keys)
	for i, key := range c.Signature.Keys {
		c.Signature.Keys[i] = Secret(key.String())
	}
	return c
}

// validateSecrets refuses the word that [Plugin.Config] shows: everybody knows it,
// and whoever copies a configuration is to be told what did not come along.
func (c *Config) validateSecrets() error {
	return joinInvalid(
		refuseShown("auth.jwt.secret", c.Auth.JWT.Secret),
		refuseShown("push.token", c.Push.Token),
		refuseShown("signature.keys", c.Signature.Keys...),
	)
}

func refuseShown(key string, secrets ...Secret) error {
	if !slices.Contains(secrets, shownSecret) {
		return nil
	}
	return invalid(key, "%q stands for a secret where a configuration is shown: set the secret itself", string(shownSecret))
}

// secrets reads a list of strings, and shows none of them in an error.
func (n *node) secrets(name string, into *[]Secret) {
	before, plain := len(n.errs), []string(nil)
	n.strings(name, &plain)
	if len(n.errs) > before {
		n.errs = n.errs[:before]
		n.failf(name, "expected a list of strings in quotes")
	}
	if plain == nil {
		return
	}
	*into = make([]Secret, 0, len(plain))
	for _, text := range plain {
		*into = append(*into, Secret(text))
	}
}

// secret reads a text, and does not show it when it is none.
func (n *node) secret(name string, into *Secret) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	text, isString := value.(string)
	if !isString {
		n.failf(name, "expected a text in quotes")
		return
	}
	*into = Secret(text)
}
