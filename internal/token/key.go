package token

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"strconv"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

// Keys finds the key that a token is to be verified with.
type Keys interface {
	// Find returns a key for algorithm, as golang-jwt takes it. id is what the
	// token says, and may be empty. Its error has gcode.CodeServerBusy where
	// keys cannot be had at the moment.
	Find(ctx context.Context, algorithm, id string) (any, error)
}

// Secret is a key that signs as well as it verifies.
type Secret []byte

const (
	// smallestRSA is the least bits of an RSA key, RFC 7518 section 3.3.
	smallestRSA = 2048
	// largestRSA is the most: verifying takes longer the larger the key is.
	largestRSA = 8192
)

// single is the one key that was given.
type single struct{ key any }

// Find implements [Keys].
func (s single) Find(_ context.Context, algorithm, _ string) (any, error) {
	if !fits(algorithm, s.key) {
		return nil, refused("the token is not valid")
	}
	if secret, ok := s.key.(Secret); ok {
		return []byte(secret), nil
	}
	return s.key, nil
}

// NewSecret returns the keys of a secret, and refuses one that is shorter than
// the longest hash among algorithms, RFC 7518 section 3.2.
func NewSecret(secret Secret, algorithms []string) (Keys, error) {
	if err := Check(algorithms, secret); err != nil {
		return nil, err
	}
	for _, algorithm := range algorithms {
		bits, err := strconv.Atoi(algorithm[2:])
		if err != nil || len(secret)*8 < bits {
			return nil, invalid("the secret has %d bytes, and %s needs at least %d", len(secret), algorithm, bits/8)
		}
	}
	return single{secret}, nil
}

// NewFile returns the keys of a PEM file with one public key or certificate.
func NewFile(name string, algorithms []string) (Keys, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, gerror.WrapCode(gcode.CodeInvalidConfiguration, err, "public key cannot be read")
	}
	key, err := parsePublicKey(data)
	if err != nil {
		return nil, gerror.WrapCodef(gcode.CodeInvalidConfiguration, err, "%s", name)
	}
	if err = Check(algorithms, key); err != nil {
		return nil, err
	}
	return single{key}, nil
}

func parsePublicKey(data []byte) (any, error) {
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, invalid("no public key in PEM")
	}
	switch block.Type {
	case "PUBLIC KEY":
		key, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return nil, gerror.Wrap(err, "public key")
		}
		return key, usable(key)
	case "RSA PUBLIC KEY":
		key, err := x509.ParsePKCS1PublicKey(block.Bytes)
		if err != nil {
			return nil, gerror.Wrap(err, "public key")
		}
		return key, usable(key)
	case "CERTIFICATE":
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, gerror.Wrap(err, "certificate")
		}
		return certificate.PublicKey, usable(certificate.PublicKey)
	}
	return nil, invalid("%s is no public key", block.Type)
}

// usable refuses keys that are weak or of a kind that no algorithm is for.
func usable(key any) error {
	switch key := key.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits < smallestRSA || bits > largestRSA {
			return invalid("the RSA key has %d bits, and must have from %d to %d", bits, smallestRSA, largestRSA)
		}
		return nil
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return nil
	}
	return invalid("the key is of no kind that a token is signed with")
}
