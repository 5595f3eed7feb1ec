package token

import (
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	own := keysOfTests()
	ed, p256 := own.ed.Public(), &own.p256.PublicKey
	keys := []publicKey{
		{"a", "", ed}, {"b", "EdDSA", ed}, {"c", "ES256", p256}, {"d", "RS256", &own.rsa.PublicKey},
		{"e", "PS256", &own.rsa.PublicKey}, {"twice", "", ed}, {"twice", "", own.ed.Public()},
	}
	for _, c := range []struct {
		algorithm, id string
		want          bool
	}{
		{"EdDSA", "a", true}, {"EdDSA", "b", true}, {"ES256", "c", true}, {"RS256", "d", true}, {"PS256", "e", true},
		{"ES256", "", true},
		{"EdDSA", "", false}, {"EdDSA", "c", false}, {"ES384", "c", false}, {"PS256", "d", false}, {"RS512", "d", false},
		{"HS256", "a", false}, {"none", "a", false}, {"EdDSA", "twice", false}, {"EdDSA", "A", false}, {"", "a", false},
	} {
		if got := choose(keys, c.algorithm, c.id); (got != nil) != c.want {
			t.Errorf("%s %q: got %v", c.algorithm, c.id, got)
		}
	}
}

func TestParseSet(t *testing.T) {
	own := keysOfTests()
	good := member(t, "a", own.ed.Public())
	change := func(m map[string]any, name string, value any) map[string]any {
		m[name] = value
		return m
	}
	rsaMember := func() map[string]any { return member(t, "r", &own.rsa.PublicKey) }
	ecMember := func() map[string]any { return member(t, "e", &own.p256.PublicKey) }
	for _, c := range []struct {
		name string
		data []byte
		keys int // 0 for an error
	}{
		{"one of each kind", setOf(t, good, rsaMember(), ecMember(), member(t, "p", &own.p384.PublicKey)), 4},
		{"unknown kind beside", setOf(t, good, map[string]any{"kty": "new"}), 1},
		{"secret beside", setOf(t, good, map[string]any{"kty": "oct", "k": "c2VjcmV0"}), 1},
		{"for encryption", setOf(t, good, change(rsaMember(), "use", "enc")), 1},
		{"for signing alone", setOf(t, good, change(rsaMember(), "key_ops", []string{"sign"})), 1},
		{"for verifying", setOf(t, change(rsaMember(), "key_ops", []string{"verify"})), 1},
		{"point off the curve", setOf(t, good, change(ecMember(), "y", encode(make([]byte, 32)))), 1},
		{"point of another curve", setOf(t, good, change(ecMember(), "crv", "P-384")), 1},
		{"short coordinate", setOf(t, good, change(ecMember(), "x", encode(make([]byte, 31)))), 1},
		{"weak RSA", setOf(t, good, change(rsaMember(), "n", encode([]byte{255, 255, 255}))), 1},
		{"huge RSA", setOf(t, good, change(rsaMember(), "n", encode([]byte(strings.Repeat("x", 1025))))), 1},
		{"exponent 1", setOf(t, good, change(rsaMember(), "e", encode([]byte{1}))), 1},
		{"even exponent", setOf(t, good, change(rsaMember(), "e", encode([]byte{4}))), 1},
		{"huge exponent", setOf(t, good, change(rsaMember(), "e", encode([]byte{255, 255, 255, 255, 255}))), 1},
		{"padded", setOf(t, good, change(rsaMember(), "e", "AQAB==")), 1},
		{"other curve of OKP", setOf(t, good, change(member(t, "x", own.ed.Public()), "crv", "X25519")), 1},
		{"short Ed25519", setOf(t, good, change(member(t, "x", own.ed.Public()), "x", "AAAA")), 1},
		{"nothing to verify with", setOf(t, map[string]any{"kty": "oct", "k": "c2VjcmV0"}), 0},
		{"empty", setOf(t), 0},
		{"no JSON", []byte("<html>"), 0},
		{"another type", []byte(`{"keys": 1}`), 0},
		{"too many", setOf(t, make([]map[string]any, mostKeys+1)...), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := parseSet(c.data)
			if len(keys) != c.keys || (err == nil) != (c.keys > 0) {
				t.Errorf("got %d keys, %v, want %d", len(keys), err, c.keys)
			}
		})
	}
}

// FuzzParseSet holds that whatever an issuer publishes, only sound keys of
// known kinds come out.
func FuzzParseSet(f *testing.F) {
	own := keysOfTests()
	f.Add(setOf(f, member(f, "a", own.ed.Public()), member(f, "b", &own.p256.PublicKey), member(f, "c", &own.rsa.PublicKey)))
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]}`))
	f.Add([]byte(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := parseSet(data)
		if err == nil && (len(keys) == 0 || len(keys) > mostKeys) {
			t.Fatalf("%d keys", len(keys))
		}
		for _, k := range keys {
			if usable(k.key) != nil || fits("HS256", k.key) || fits("none", k.key) {
				t.Fatalf("%T came out", k.key)
			}
		}
	})
}
