package token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// issuer holds a key of each kind.
type issuer struct {
	secret Secret
	rsa    *rsa.PrivateKey
	p256   *ecdsa.PrivateKey
	p384   *ecdsa.PrivateKey
	ed     ed25519.PrivateKey
}

// keysOfTests are made once, since RSA takes its time.
var keysOfTests = sync.OnceValue(func() issuer {
	rsaKey, err := rsa.GenerateKey(rand.Reader, smallestRSA)
	p256, err2 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, err3 := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	_, ed, err4 := ed25519.GenerateKey(rand.Reader)
	for _, e := range []error{err, err2, err3, err4} {
		if e != nil {
			panic(e)
		}
	}
	return issuer{Secret("0123456789abcdef0123456789abcdef"), rsaKey, p256, p384, ed}
})

// claims are good ones, changed by change.
func claims(change func(jwt.MapClaims)) jwt.MapClaims {
	c := jwt.MapClaims{"sub": "42", "exp": time.Now().Add(time.Hour).Unix(), "iss": "issuer", "aud": "gfws"}
	if change != nil {
		change(c)
	}
	return c
}

// sign returns a token of c; id is its kid, "" for none.
func sign(t testing.TB, algorithm, id string, key any, c jwt.MapClaims) string {
	t.Helper()
	unsigned := jwt.NewWithClaims(jwt.GetSigningMethod(algorithm), c)
	if id != "" {
		unsigned.Header["kid"] = id
	}
	text, err := unsigned.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// pemFile writes the public half of a key, and returns its path.
func pemFile(t testing.TB, key crypto.PublicKey) string {
	t.Helper()
	data, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, "key.pem", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: data}))
}

func file(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// member is the public half of a key as it stands in a key set.
func member(t testing.TB, id string, key crypto.PublicKey) map[string]any {
	t.Helper()
	switch key := key.(type) {
	case *rsa.PublicKey:
		return map[string]any{"kty": "RSA", "kid": id, "use": "sig", "n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes())}
	case *ecdsa.PublicKey:
		point, err := key.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		size := (len(point) - 1) / 2
		return map[string]any{"kty": "EC", "kid": id, "crv": key.Params().Name, "x": encode(point[1 : 1+size]), "y": encode(point[1+size:])}
	case ed25519.PublicKey:
		return map[string]any{"kty": "OKP", "kid": id, "crv": "Ed25519", "x": encode(key)}
	}
	t.Fatalf("no key %T", key)
	return nil
}

// setOf returns the text of a key set.
func setOf(t testing.TB, members ...map[string]any) []byte {
	t.Helper()
	data, err := json.Marshal(map[string]any{"keys": members})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
