package token

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"slices"
	"strings"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Algorithms lists those that can be chosen. "none" is not one of them.
func Algorithms() []string {
	return []string{
		"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
		"ES256", "ES384", "ES512", "EdDSA",
	}
}

// Check refuses an algorithm that is not known, and one that none of the keys
// known so far could be for: key is one, or nil for those of a key set, which
// has no secrets.
func Check(algorithms []string, key any) error {
	if len(algorithms) == 0 {
		return invalid("is empty, so no token could be taken: list those of the issuer, such as \"RS256\"")
	}
	for _, algorithm := range algorithms {
		if !slices.Contains(Algorithms(), algorithm) {
			return invalid("%q is not taken: list some of %q", algorithm, Algorithms())
		}
		if key == nil && isSecret(algorithm) {
			return invalid("%s needs a secret, and a set of public keys has none", algorithm)
		}
		if key != nil && !fits(algorithm, key) {
			return invalid("%s cannot be verified with a key that is %s", algorithm, kindOf(key))
		}
	}
	return nil
}

func invalid(format string, args ...any) error {
	return gerror.NewCodef(gcode.CodeInvalidConfiguration, format, args...)
}

func isSecret(algorithm string) bool { return strings.HasPrefix(algorithm, "HS") }

// curves are those of the algorithms that stand for one.
var curves = map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()}

// fits reports whether key is of the kind that algorithm is for. It is what
// keeps a public key from being taken for a secret.
func fits(algorithm string, key any) bool {
	switch key := key.(type) {
	case Secret:
		return isSecret(algorithm)
	case *rsa.PublicKey:
		return strings.HasPrefix(algorithm, "RS") || strings.HasPrefix(algorithm, "PS")
	case *ecdsa.PublicKey:
		curve, ok := curves[algorithm]
		return ok && curve == key.Curve
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}

// kindOf names the kind of a key, for an error.
func kindOf(key any) string {
	switch key := key.(type) {
	case Secret:
		return "a secret"
	case *rsa.PublicKey:
		return "one of RSA"
	case *ecdsa.PublicKey:
		return "one of the curve " + key.Params().Name
	case ed25519.PublicKey:
		return "one of Ed25519"
	}
	return "of no known kind"
}
