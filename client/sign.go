package client

import (
	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"

	"github.com/gfws/gf-websocket/utility/envelope"
	"github.com/gfws/gf-websocket/ws"
)

// Signer signs messages for a server that has signature.keys: each goes into an
// envelope with HMAC-SHA256 over it, the time and a nonce, which the server takes
// once and not long after. It is safe for concurrent use.
type Signer struct {
	sealer *envelope.Sealer
}

// NewSigner returns a signer with a key that the server has too, of at least 16
// bytes.
func NewSigner(key []byte) (*Signer, error) {
	sealer, ok := envelope.NewSealer(key)
	if !ok {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "the key for signatures has fewer than %d bytes", envelope.MinKey)
	}
	return &Signer{sealer: sealer}, nil
}

// Sign returns m in an envelope of its own, ready to be written. Signing the same
// message twice gives two envelopes, and both are taken. It fails for text that
// is not UTF-8.
func (s *Signer) Sign(m ws.Message) (ws.Message, error) {
	seal := s.sealer.SealText
	if m.Type == ws.Binary {
		seal = s.sealer.SealBinary
	}
	sealed, err := seal(m.Data)
	if err != nil {
		return ws.Message{}, gerror.WrapCode(gcode.CodeInvalidParameter, err, "message cannot be signed")
	}
	return ws.Message{Type: ws.Text, Data: sealed}, nil
}
