// Package envelope signs messages with a key that sender and receiver share, for
// devices that have no other credentials: HMAC-SHA256 over the message, the time
// and a nonce, so that what was overheard cannot be sent again.
package envelope

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
	"time"
	"unicode/utf8"
)

// MinKey is the fewest bytes that a key may have.
const MinKey = 16

// nonceSize is the bytes of a nonce.
const nonceSize = 16

// The words for the type of what is inside.
const (
	text   = "text"
	binary = "binary"
)

// sealed is an envelope as it is sent: JSON in a text message.
type sealed struct {
	Time      int64  `json:"ts"`    // milliseconds since 1970
	Nonce     string `json:"nonce"` // 16 bytes in base64url
	Data      string `json:"data"`  // the text, or the bytes in base64
	Type      string `json:"type"`
	Signature string `json:"sig"` // in base64url
}

// Sealer signs messages with one key. It is safe for concurrent use.
type Sealer struct {
	key []byte
}

// NewSealer returns a sealer, or false for a key of fewer than MinKey bytes.
func NewSealer(key []byte) (*Sealer, bool) {
	if len(key) < MinKey {
		return nil, false
	}
	return &Sealer{key: append([]byte{}, key...)}, true
}

// ErrText refuses text that is not UTF-8, which JSON cannot carry.
var ErrText = errors.New("text is not UTF-8")

// SealText returns the envelope of a text message, to be sent as one itself.
func (s *Sealer) SealText(data []byte) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, ErrText
	}
	return s.seal(asText(data), data, time.Now(), newNonce())
}

// SealBinary returns the envelope of a binary message, to be sent as a text
// message.
func (s *Sealer) SealBinary(data []byte) ([]byte, error) {
	return s.seal(asBinary(data), data, time.Now(), newNonce())
}

func asText(data []byte) sealed {
	return sealed{Type: text, Data: string(data)}
}

func asBinary(data []byte) sealed {
	return sealed{Type: binary, Data: base64.StdEncoding.EncodeToString(data)}
}

func newNonce() (nonce [nonceSize]byte) {
	_, _ = rand.Read(nonce[:]) // never fails, see its documentation
	return nonce
}

// seal dates and signs e, which carries data.
func (s *Sealer) seal(e sealed, data []byte, now time.Time, nonce [nonceSize]byte) ([]byte, error) {
	e.Time, e.Nonce = now.UnixMilli(), base64.RawURLEncoding.EncodeToString(nonce[:])
	e.Signature = base64.RawURLEncoding.EncodeToString(e.sign(s.key, data))
	return json.Marshal(e)
}

// sign returns the signature of data in the envelope e.
func (e *sealed) sign(key, data []byte) []byte {
	mac := hmac.New(sha256.New, key)
	head := strconv.AppendInt(nil, e.Time, 10)
	head = append(append(append(head, '\n'), e.Nonce...), '\n')
	head = append(append(head, e.Type...), '\n')
	mac.Write(head)
	mac.Write(data)
	return mac.Sum(nil)
}
