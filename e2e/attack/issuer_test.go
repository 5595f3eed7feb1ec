package attack

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// issuer makes the tokens that a server takes.
type issuer struct {
	// configuration is what the node websocket.auth.jwt has.
	configuration string
	header        string
	sign          signer
	secret        string          // what signs, where it is shared
	public        []byte          // the public key in PEM, where there is one
	key           *rsa.PrivateKey // nil for a secret
	fetched       *atomic.Int64   // how often its key set was asked for
}

// signer returns the signature of a text; nil signs nothing.
type signer func(text string) []byte

func withSecret(secret []byte) signer {
	return func(text string) []byte {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
}

func withRSA(key *rsa.PrivateKey) signer {
	return func(text string) []byte {
		sum := sha256.Sum256([]byte(text))
		signature, _ := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		return signature
	}
}

func withPSS(key *rsa.PrivateKey) signer {
	return func(text string) []byte {
		sum := sha256.Sum256([]byte(text))
		signature, _ := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], nil)
		return signature
	}
}

func newSecretIssuer(t *testing.T) *issuer {
	secret := rand.Text() + rand.Text()
	return &issuer{
		configuration: fmt.Sprintf("algorithms: [HS256], secret: %q", secret),
		header:        `{"alg":"HS256","typ":"JWT"}`,
		sign:          withSecret([]byte(secret)),
		secret:        secret,
	}
}

func newRSAKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// newRSAIssuer has its public key in a file.
func newRSAIssuer(t *testing.T) *issuer {
	t.Helper()
	key := newRSAKey(t)
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{header: `{"alg":"RS256","typ":"JWT"}`, sign: withRSA(key), key: key}
	i.public = pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	path := filepath.Join(t.TempDir(), "issuer.pem")
	if err = os.WriteFile(path, i.public, 0o600); err != nil {
		t.Fatal(err)
	}
	i.configuration = fmt.Sprintf("algorithms: [RS256], publicKeyFile: %q", path)
	return i
}

// keySet is a JSON Web Key Set of these keys, named key-1, key-2 and so on.
func keySet(keys ...*rsa.PrivateKey) string {
	set := `{"keys":[`
	for i, key := range keys {
		if i > 0 {
			set += ","
		}
		set += fmt.Sprintf(`{"kty":"RSA","kid":"key-%d","use":"sig","n":%q,"e":%q}`, i+1,
			encode(key.N.Bytes()), encode(big.NewInt(int64(key.E)).Bytes()))
	}
	return set + "]}"
}

// newSetIssuer publishes its key set, of two keys.
func newSetIssuer(t *testing.T) *issuer {
	t.Helper()
	key := newRSAKey(t)
	set, fetched := keySet(key, newRSAKey(t)), &atomic.Int64{}
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		fmt.Fprint(w, set)
	}))
	t.Cleanup(published.Close)
	return &issuer{
		configuration: fmt.Sprintf("algorithms: [RS256, ES256], jwksUrl: %q", published.URL),
		header:        `{"alg":"RS256","kid":"key-1"}`,
		sign:          withRSA(key),
		key:           key,
		fetched:       fetched,
	}
}

// goodClaims are those of a token that is taken, with others over them.
func goodClaims(over map[string]any) map[string]any {
	now := time.Now()
	claims := map[string]any{
		"sub": "mallory",
		"aud": "gfws",
		"iss": "https://issuer.example",
		"exp": now.Add(time.Hour).Unix(),
		"jti": rand.Text(), // so that no token is like another
	}
	for name, value := range over {
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
	}
	return claims
}

// issue returns a token that the server takes, if it takes the claims.
func (a *arena) issue(claims map[string]any) string {
	return a.forge(a.issuer.header, claims, a.issuer.sign)
}

// forge returns a token of anybody's.
func (a *arena) forge(header string, claims map[string]any, sign signer) string {
	body, err := json.Marshal(goodClaims(claims))
	if err != nil {
		a.Errorf("claims: %v", err)
	}
	text := encode([]byte(header)) + "." + encode(body)
	if sign == nil {
		return text + "."
	}
	return text + "." + encode(sign(text))
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
