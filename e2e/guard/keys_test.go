package guard

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gfws/gf-websocket/e2e/server"
	"github.com/gfws/gf-websocket/e2e/wire"
)

// binary starts the executable with this below the node websocket.
func binary(t *testing.T, format string, args ...any) *server.Server {
	t.Helper()
	return configured(t, "timeout: {close: 500ms}\n  "+format, args...)
}

// configured is binary with no key but those of format.
func configured(t *testing.T, format string, args ...any) *server.Server {
	t.Helper()
	return server.StartConfigured(t, "websocket:\n  "+fmt.Sprintf(format, args...)+"\n")
}

func TestOriginIsRequired(t *testing.T) {
	s := binary(t, "origin: {required: true}")
	refuse(t, s, http.StatusForbidden, "/ws")
	enter(t, s, "/ws", "Origin: http://"+s.Address)
}

func TestFewFragments(t *testing.T) {
	s := binary(t, "message: {maxFragments: 2}")
	begin, end := wire.Frame{Opcode: wire.Text, Payload: []byte("a"), More: true}, wire.Frame{Opcode: wire.Continuation, Payload: []byte("b")}
	more := wire.Frame{Opcode: wire.Continuation, Payload: []byte("c"), More: true}
	p := enter(t, s, "/ws")
	_ = p.Send(begin, end)
	p.hear("ab")
	_ = p.Send(begin, more, end)
	p.closed(1009, "2")
}

// TestRatesByBytes floods a session whose rate is one message of a second.
func TestRatesByBytes(t *testing.T) {
	for name, rate := range map[string]string{
		"of a connection": "bytes: 1KiB",
		"of a user":       "user: {bytes: 1KiB}",
	} {
		t.Run(name, func(t *testing.T) {
			key := newKey(t)
			s := binary(t, "message: {maxSize: 1KiB}\n  rate: {%s, burst: 1s, grace: 1s}\n  auth: {methods: [bearer], jwt: %s}", rate, key.configuration(""))
			p := enter(t, s, "/ws", bearer(key.sign(t, map[string]any{"sub": "42"})))
			for range 50 {
				_ = p.Send(wire.TextFrame(strings.Repeat("x", 1000)))
			}
			p.closed(1008, "1024 bytes a second")
			wantLogged(t, s, "action=warned reason=rate")
		})
	}
}

// issuer signs tokens with a key on P-256.
type issuer struct {
	key  *ecdsa.PrivateKey
	name string // of the key
	path string // of the key set
}

func newKey(t *testing.T) *issuer {
	t.Helper()
	i := &issuer{path: filepath.Join(t.TempDir(), "keys.json")}
	i.rotate(t)
	return i
}

// rotate puts a new key in the place of the old one.
func (i *issuer) rotate(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey.ECDH()
	if err != nil {
		t.Fatal(err)
	}
	point := public.Bytes() // a byte, and the two numbers
	i.key, i.name = key, rand.Text()
	set := fmt.Sprintf(`{"keys":[{"kty":"EC","crv":"P-256","kid":%q,"x":%q,"y":%q}]}`, i.name,
		encode(point[1:33]), encode(point[33:]))
	if err = os.WriteFile(i.path, []byte(set), 0o600); err != nil {
		t.Fatal(err)
	}
}

// configuration is the node auth.jwt, with more.
func (i *issuer) configuration(more string) string {
	return fmt.Sprintf("{algorithms: [ES256], jwksFile: %q%s}", i.path, more)
}

// sign returns a token with these claims over good ones.
func (i *issuer) sign(t *testing.T, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range claims {
		all[name] = value
	}
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	text := encode(fmt.Appendf(nil, `{"alg":"ES256","kid":%q}`, i.name)) + "." + encode(body)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, i.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encode(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// TestUserClaim takes the user from another claim.
func TestUserClaim(t *testing.T) {
	key := newKey(t)
	s := binary(t, "auth: {methods: [bearer], jwt: %s}\n  connections: {user: 1}", key.configuration(", userClaim: mail"))
	refuse(t, s, http.StatusUnauthorized, "/ws", bearer(key.sign(t, map[string]any{"sub": "42"})))
	enter(t, s, "/ws", bearer(key.sign(t, map[string]any{"mail": "ann", "sub": "1"})))
	enter(t, s, "/ws", bearer(key.sign(t, map[string]any{"mail": "ben", "sub": "1"})))
	refuse(t, s, http.StatusTooManyRequests, "/ws", bearer(key.sign(t, map[string]any{"mail": "ann", "sub": "2"})))
}

func TestLeeway(t *testing.T) {
	for leeway, status := range map[string]int{"off": http.StatusUnauthorized, "1h": http.StatusSwitchingProtocols} {
		key := newKey(t)
		s := binary(t, "auth: {methods: [bearer], jwt: %s}", key.configuration(", leeway: "+leeway))
		soon := time.Now().Add(20 * time.Minute).Unix()
		refuse(t, s, status, "/ws", bearer(key.sign(t, map[string]any{"sub": "42", "nbf": soon, "exp": soon + 3600})))
	}
}

// TestWarning comes as long before the end as the configuration says, or not at all.
func TestWarning(t *testing.T) {
	key := newKey(t)
	soon := func(in time.Duration) string {
		return bearer(key.sign(t, map[string]any{"sub": "42", "exp": time.Now().Add(in).Unix()}))
	}
	early := binary(t, "auth: {methods: [bearer], warning: 1h, jwt: %s}", key.configuration(""))
	enter(t, early, "/ws", soon(10*time.Minute)).hear(`"method":"auth.expiring"`)
	never := binary(t, "auth: {methods: [bearer], warning: off, jwt: %s}", key.configuration(", leeway: off"))
	p := enter(t, never, "/ws", soon(8*time.Second))
	if got, err := p.Receive(); err != nil || got.CloseCode() != 4401 {
		t.Errorf("got opcode %d with %q, %v, want nothing but the close", got.Opcode, got.Payload, err)
	}
}

// TestKeysAreRotated forgets an old key, and learns a new one.
func TestKeysAreRotated(t *testing.T) {
	key := newKey(t)
	s := binary(t, "auth: {methods: [bearer], jwt: %s}", key.configuration(", refresh: 10s"))
	old := bearer(key.sign(t, map[string]any{"sub": "42"}))
	enter(t, s, "/ws", old)
	key.rotate(t)
	fresh := bearer(key.sign(t, map[string]any{"sub": "42"}))
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		if _, response := ask(t, s, "/ws", fresh); response.StatusCode == http.StatusSwitchingProtocols {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the new key is not taken")
		}
	}
	refuse(t, s, http.StatusUnauthorized, "/ws", old)
}
