package token

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"slices"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// mostKeys is how many keys of one set are looked at.
const mostKeys = 100

// jwk is a JSON Web Key, RFC 7517, with the members of public keys.
type jwk struct {
	Kind       string   `json:"kty"`
	ID         string   `json:"kid"`
	Use        string   `json:"use"`
	Operations []string `json:"key_ops"`
	Algorithm  string   `json:"alg"`
	Curve      string   `json:"crv"`
	N          string   `json:"n"`
	E          string   `json:"e"`
	X          string   `json:"x"`
	Y          string   `json:"y"`
}

// publicKey is a key of a set, and what it says of itself.
type publicKey struct {
	id, algorithm string
	key           any
}

// parseSet reads a key set. Keys that are not for signatures, not known or not
// sound are passed over, as RFC 7517 section 5 asks, but not all of them.
func parseSet(data []byte) ([]publicKey, error) {
	var set struct {
		Keys []jwk `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidParameter, err, "the key set is not JSON")
	}
	if len(set.Keys) > mostKeys {
		return nil, gerror.NewCodef(gcode.CodeInvalidParameter, "the key set has %d keys, and %d are the most", len(set.Keys), mostKeys)
	}
	var keys []publicKey
	for _, k := range set.Keys {
		if key, ok := k.public(); ok && usable(key) == nil {
			keys = append(keys, publicKey{k.ID, k.Algorithm, key})
		}
	}
	if len(keys) == 0 {
		return nil, gerror.NewCode(gcode.CodeInvalidParameter, "the key set has no public key to verify with")
	}
	return keys, nil
}

// public returns the key that k describes.
func (k jwk) public() (any, bool) {
	if k.Use != "" && k.Use != "sig" || len(k.Operations) > 0 && !slices.Contains(k.Operations, "verify") {
		return nil, false
	}
	switch k.Kind {
	case "RSA":
		return k.rsa()
	case "EC":
		return k.ecdsa()
	case "OKP":
		x, ok := decode(k.X)
		return ed25519.PublicKey(x), ok && k.Curve == "Ed25519" && len(x) == ed25519.PublicKeySize
	}
	return nil, false
}

func (k jwk) rsa() (any, bool) {
	n, ok := decode(k.N)
	e, ok2 := decode(k.E)
	exponent := new(big.Int).SetBytes(e)
	if !ok || !ok2 || exponent.BitLen() > 31 || exponent.Bit(0) == 0 || exponent.Int64() < 3 {
		return nil, false
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}, true
}

// namedCurves are the curves by their names in RFC 7518 section 6.2.1.1.
var namedCurves = map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}

func (k jwk) ecdsa() (any, bool) {
	curve, known := namedCurves[k.Curve]
	x, ok := decode(k.X)
	y, ok2 := decode(k.Y)
	if !known || !ok || !ok2 {
		return nil, false
	}
	size := (curve.Params().BitSize + 7) / 8
	if len(x) != size || len(y) != size {
		return nil, false
	}
	point := slices.Concat([]byte{4}, x, y) // uncompressed, SEC 1 section 2.3.3
	key, err := ecdsa.ParseUncompressedPublicKey(curve, point)
	return key, err == nil
}

func decode(text string) ([]byte, bool) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	return data, err == nil && len(data) > 0
}
