package gfws

import (
	"time"

	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/internal/model"
	"github.com/gfws/gf-websocket/internal/service"
	"github.com/gfws/gf-websocket/utility/envelope"
)

// The words of message.refuse.
const (
	refuseByClose  = "close"
	refuseByAnswer = "answer"
)

// SignatureConfig tells who may have signed the messages: each comes in an
// envelope with HMAC-SHA256 over it, its time and a nonce, and is taken once by all
// instances of a server.
type SignatureConfig struct {
	// Keys are shared with those who sign, each of at least 16 bytes; one is
	// enough, more let a new one take the place of an old one (signature.keys).
	// Default none, for messages without an envelope.
	Keys []Secret
	// Window is by how much a message's time may differ from the clock
	// (signature.window). Default 30 s.
	Window time.Duration
}

// defaultWindow is the default of signature.window.
const defaultWindow = 30 * time.Second

func readSignature(n *node, c *SignatureConfig) {
	n.secrets("keys", &c.Keys)
	n.duration("window", &c.Window)
}

// countOrOff reads a whole number above zero, or the word "off" for 0.
func (n *node) countOrOff(name string, into *int) {
	value, ok := n.value(name)
	if !ok {
		return
	}
	if value == "off" || value == false { // YAML 1.1 reads off as false
		*into = 0
		return
	}
	number, ok := wholeNumber(value)
	if !ok || number <= 0 || number > 1<<31-1 {
		n.failf(name, `expected a whole number above zero, or "off", not %v`, value)
		return
	}
	*into = int(number)
}

// validateForm judges what message and signature say of the form of messages.
func (c *Config) validateForm() error {
	if c.Message.Refuse != refuseByClose && c.Message.Refuse != refuseByAnswer {
		return invalid("message.refuse", `%q is neither "close" nor "answer"`, c.Message.Refuse)
	}
	if c.Message.JSONDepth < 0 {
		return invalid("message.jsonDepth", `expected a whole number above zero, or "off"`)
	}
	for i, key := range c.Signature.Keys {
		if len(key) < envelope.MinKey {
			return invalid("signature.keys", "key %d has fewer than %d bytes", i+1, envelope.MinKey)
		}
	}
	return nil
}

// messagePolicy returns what messages must be.
func (c Config) messagePolicy(schema any) (model.MessagePolicy, error) {
	policy := model.MessagePolicy{JSONDepth: c.Message.JSONDepth, Answer: c.Message.Refuse == refuseByAnswer}
	if len(c.Signature.Keys) > 0 {
		keys := make([][]byte, 0, len(c.Signature.Keys))
		for _, key := range c.Signature.Keys {
			keys = append(keys, []byte(key))
		}
		policy.Signature, _ = envelope.NewOpener(keys, c.Signature.Window)
	}
	if schema == nil {
		return policy, nil
	}
	var err error
	if policy.Validate, err = service.Guard().ParseRules(schema); err != nil {
		return policy, gerror.Wrap(err, "ValidateMessage")
	}
	return policy, nil
}

// sharing returns policy with that memory of signed messages.
func sharing(policy model.MessagePolicy, seen *envelope.Memory) model.MessagePolicy {
	if policy.Signature != nil {
		policy.Signature = policy.Signature.Sharing(seen)
	}
	return policy
}
