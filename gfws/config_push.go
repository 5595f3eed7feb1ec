package gfws

// defaultPushPath is where the API is unless the configuration says otherwise.
const defaultPushPath = "/push"

// minPushToken is the fewest bytes of a token that nobody guesses.
const minPushToken = 16

// PushConfig places the HTTP API that reaches the sessions, see [Push].
type PushConfig struct {
	// Path is what its routes begin with (push.path). Default /push.
	Path string
	// Token lets in requests with "Authorization: Bearer" and this (push.token).
	// Default "": there is no API, unless [Push] says whom to let in.
	Token Secret
}

// read reads the keys of the API.
func (c *PushConfig) read(n *node) {
	n.word("path", &c.Path)
	n.secret("token", &c.Token)
}

func (c *PushConfig) validate() error {
	if c.Path == "/" || !isPlainPath(c.Path) {
		return invalid("push.path", `%q must be a plain path such as "/push", without wildcards`, c.Path)
	}
	if c.Token != "" && len(c.Token) < minPushToken {
		return invalid("push.token", "has %d bytes, and with less than %d can be guessed", len(c.Token), minPushToken)
	}
	return nil
}
