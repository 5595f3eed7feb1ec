package token

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"strings"
	"testing"

	"github.com/gogf/gf/v2/errors/gcode"
	"github.com/gogf/gf/v2/errors/gerror"
)

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestNewSecret(t *testing.T) {
	for _, c := range []struct {
		bytes      int
		algorithms []string
		problem    string
	}{
		{32, []string{"HS256"}, ""},
		{64, []string{"HS256", "HS384", "HS512"}, ""},
		{31, []string{"HS256"}, "31 bytes"},
		{0, []string{"HS256"}, "0 bytes"},
		{32, []string{"HS256", "HS384"}, "HS384 needs at least 48"},
		{63, []string{"HS512"}, "HS512 needs at least 64"},
		{64, nil, "is empty"},
		{64, []string{"RS256"}, "a secret"},
		{64, []string{"HS256", "ES256"}, "a secret"},
		{64, []string{"none"}, `"none" is not taken`},
		{64, []string{"NONE"}, "not taken"},
		{64, []string{"HS1"}, "not taken"},
		{64, []string{""}, "not taken"},
	} {
		_, err := NewSecret(Secret(strings.Repeat("x", c.bytes)), c.algorithms)
		expectProblem(t, err, c.problem)
	}
}

func expectProblem(t *testing.T, err error, problem string) {
	t.Helper()
	if problem == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	if err == nil || gerror.Code(err) != gcode.CodeInvalidConfiguration || !strings.Contains(err.Error(), problem) {
		t.Errorf("got %v, want %q", err, problem)
	}
}

func TestNewFile(t *testing.T) {
	own := keysOfTests()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(own.rsa)
	if err != nil {
		t.Fatal(err)
	}
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&own.rsa.PublicKey)})
	for _, c := range []struct {
		name, path string
		algorithms []string
		problem    string
	}{
		{"RSA", pemFile(t, &own.rsa.PublicKey), []string{"RS256", "PS256"}, ""},
		{"RSA, PKCS 1", file(t, "k", pkcs1), []string{"RS256"}, ""},
		{"EC", pemFile(t, &own.p384.PublicKey), []string{"ES384"}, ""},
		{"Ed25519", pemFile(t, own.ed.Public()), []string{"EdDSA"}, ""},
		{"families mixed", pemFile(t, &own.rsa.PublicKey), []string{"RS256", "ES256"}, "one of RSA"},
		{"secret beside it", pemFile(t, &own.rsa.PublicKey), []string{"RS256", "HS256"}, "one of RSA"},
		{"curves mixed", pemFile(t, &own.p256.PublicKey), []string{"ES256", "ES384"}, "P-256"},
		{"EdDSA for EC", pemFile(t, &own.p256.PublicKey), []string{"EdDSA"}, "P-256"},
		{"RSA for Ed25519", pemFile(t, own.ed.Public()), []string{"RS256"}, "Ed25519"},
		{"weak", pemFile(t, &weak.PublicKey), []string{"RS256"}, "1024 bits"},
		{"private", file(t, "k", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})), []string{"RS256"}, "no public key"},
		{"no PEM", file(t, "k", []byte("hello")), []string{"RS256"}, "no public key"},
		{"no key in it", file(t, "k", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte("x")})), []string{"RS256"}, "public key"},
		{"no file", "/does/not/exist", []string{"RS256"}, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewFile(c.path, c.algorithms)
			expectProblem(t, err, c.problem)
		})
	}
}
