package envelope

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"time"
)

// The errors of [Opener.Open].
var (
	// ErrMalformed is no envelope at all.
	ErrMalformed = errors.New("message is no signed envelope")
	// ErrSignature is an envelope of none of the keys, or one that was changed.
	ErrSignature = errors.New("signature is wrong")
	// ErrTime is an envelope whose time is outside of the window.
	ErrTime = errors.New("time of the signature is outside of the window")
	// ErrReplayed is an envelope that has come before.
	ErrReplayed = errors.New("message was sent before")
	// ErrFull is a good envelope that cannot be remembered any more.
	ErrFull = errors.New("too many signed messages in the window")
)

// maxRemembered bounds the nonces that are remembered, about 64 MiB of them.
const maxRemembered = 1 << 20

// Opener takes messages out of envelopes that were signed with one of its keys
// not long ago, each once. It is safe for concurrent use.
type Opener struct {
	keys   [][]byte
	window time.Duration
	clock  func() time.Time
	seen   *Memory
}

// NewOpener returns an opener for envelopes whose time differs from the clock by
// at most window. Several keys let one take the place of another. It returns
// false where there is no key, or one of fewer than MinKey bytes.
func NewOpener(keys [][]byte, window time.Duration) (*Opener, bool) {
	for _, key := range keys {
		if len(key) < MinKey {
			return nil, false
		}
	}
	return &Opener{keys: keys, window: window, clock: time.Now, seen: &Memory{}}, len(keys) > 0
}

// Sharing returns an opener of the same keys that takes nothing which another
// opener with the same memory has taken.
func (o *Opener) Sharing(seen *Memory) *Opener {
	return &Opener{keys: o.keys, window: o.window, clock: o.clock, seen: seen}
}

// Open returns what is in the envelope, or one of the errors of this package.
func (o *Opener) Open(envelope []byte) (data []byte, isBinary bool, err error) {
	e, data, ok := parse(envelope)
	if !ok {
		return nil, false, ErrMalformed
	}
	if !o.isSigned(e, data) {
		return nil, false, ErrSignature
	}
	now := o.clock()
	age := now.Sub(time.UnixMilli(e.Time))
	if age > o.window || age < -o.window {
		return nil, false, ErrTime
	}
	// One from the future is good for up to two windows from now.
	if err = o.seen.add(e.Nonce, now, 2*o.window); err != nil {
		return nil, false, err
	}
	return data, e.Type == binary, nil
}

// parse reads an envelope and what is in it. How the JSON around it is written does
// not matter: what was read is what must have been signed.
func parse(envelope []byte) (e *sealed, data []byte, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(envelope))
	decoder.DisallowUnknownFields()
	e = &sealed{}
	if decoder.Decode(e) != nil {
		return nil, nil, false
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, nil, false
	}
	if nonce, err := base64.RawURLEncoding.Strict().DecodeString(e.Nonce); err != nil || len(nonce) != nonceSize {
		return nil, nil, false
	}
	switch e.Type {
	case text:
		return e, []byte(e.Data), true
	case binary:
		data, err := base64.StdEncoding.Strict().DecodeString(e.Data)
		return e, data, err == nil
	}
	return nil, nil, false
}

// isSigned compares with every key, in a time that tells nothing of any.
func (o *Opener) isSigned(e *sealed, data []byte) bool {
	signature, err := base64.RawURLEncoding.Strict().DecodeString(e.Signature)
	if err != nil {
		return false
	}
	signed := false
	for _, key := range o.keys {
		if hmac.Equal(signature, e.sign(key, data)) {
			signed = true
		}
	}
	return signed
}
